"""Papers of self-checks."""
