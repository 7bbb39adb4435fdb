"""Declared fields as widgets."""
