"""Sheets that paint themselves."""
