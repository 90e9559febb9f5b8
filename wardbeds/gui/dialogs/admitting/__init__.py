"""The three steps of Admit: find the person, register a new one, the stay."""
