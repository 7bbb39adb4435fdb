"""What goes up to the superior (报送): packages, what was asked for, and the delivery check."""
