"""What a user does with self-checks."""
