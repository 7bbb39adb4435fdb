"""What a user does with meetings."""
