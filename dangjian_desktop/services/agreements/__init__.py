"""责任状 of one library."""
