"""What goes up to the superior (报送): packages, and the delivery check."""
