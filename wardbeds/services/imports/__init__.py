"""Import of a hospital's own lists (DESIGN 8): files in, a report out, the same again changes nothing."""
