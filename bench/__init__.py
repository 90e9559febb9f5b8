"""Benchmarks anyone can run again: ratios to a floor measured in the same run. ``make bench``."""
