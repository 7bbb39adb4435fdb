"""责任状 in the window."""
