"""Previewing and writing papers."""
