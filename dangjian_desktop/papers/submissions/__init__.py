"""Papers about what went up to the superior."""
