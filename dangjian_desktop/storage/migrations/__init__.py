"""Revisions of the schema; each is frozen once released and imports nothing of today's tables."""
