"""The editors of records."""
