"""What the rules say, in lines."""
