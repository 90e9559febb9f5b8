"""The first start: one page after the other, from this PC to the first ward; the side says how far one is."""
