"""What a user does with projects."""
