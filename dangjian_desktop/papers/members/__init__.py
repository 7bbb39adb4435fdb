"""Papers about the roster."""
