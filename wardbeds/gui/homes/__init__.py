"""Homes by role, one file each."""
