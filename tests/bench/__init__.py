"""Benchmarks: figures side by side in one run, never pass or fail."""
