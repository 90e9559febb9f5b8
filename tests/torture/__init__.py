"""Many stations at once, stopped, raced and killed: what no race or fault may do to the board (HAZARDS H2, H3, H5)."""
