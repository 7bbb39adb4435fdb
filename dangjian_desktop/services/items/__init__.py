"""What can be done with tracked items."""
