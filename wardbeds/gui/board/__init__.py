"""Board: one item model and its views, one placing engine."""
