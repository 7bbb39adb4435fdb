"""Pages, lists and editors that every record shares."""
