"""What goes up to the superior (报送), read back as files."""
