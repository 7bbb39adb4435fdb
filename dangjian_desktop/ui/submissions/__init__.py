"""报送 in the window: packages, what becomes of them, and the check before they go up."""
