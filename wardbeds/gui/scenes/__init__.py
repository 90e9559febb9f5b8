"""The program's screens and dialogs, each as a picture can be drawn of it."""
