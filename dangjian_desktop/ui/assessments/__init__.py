"""The page of self-checks."""
