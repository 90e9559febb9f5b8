"""How large dialogs are, in pixels at 100 %."""

WIDTH, MAX_HEIGHT, LABEL = 720, 560, 168
MANY_FIELDS = 640
"""The height of what asks for more than others do, and still fits a window of 1366 × 768."""
