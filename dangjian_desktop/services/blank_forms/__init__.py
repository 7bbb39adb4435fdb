"""Filling the superior's own blank forms out of a library."""
