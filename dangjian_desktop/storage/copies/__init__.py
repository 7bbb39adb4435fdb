"""Copies of a library with its attachments: backup, verify, restore."""
