"""Papers of 责任状."""
