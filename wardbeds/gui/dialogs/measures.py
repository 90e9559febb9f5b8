"""How large dialogs are, in pixels at 100 %."""

WIDTH, MAX_HEIGHT, LABEL = 720, 560, 168
