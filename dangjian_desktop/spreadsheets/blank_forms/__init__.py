"""A superior's blank form in Excel: read, and filled so that nothing else changes in it."""
