"""What a user can do: one public method, one intention, one transaction."""
