"""What a user does with the roster."""
