"""One function per thing a person can do, and the reads the screens need. Rights are required here."""
