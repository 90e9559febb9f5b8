"""What a ward is made of and which rules hold there. No I/O, no Qt, no SQL."""
