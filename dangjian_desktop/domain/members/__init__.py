"""Members: spans of time, the roll of a day, identity numbers."""
