"""A superior's blank form in Word: read, and filled so that nothing else changes in it."""
