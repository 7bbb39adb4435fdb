"""Minutes in both layouts and the sign-in sheet."""
