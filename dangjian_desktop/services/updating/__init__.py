"""Updating the installed program from a file."""
