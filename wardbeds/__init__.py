"""Wardbeds: the bed board of a hospital ward."""

__version__ = "0.1.0"
