"""The board as it was last known, while the server does not answer from the start."""
