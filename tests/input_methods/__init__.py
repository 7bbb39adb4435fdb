"""The program under a real input method, in a session of its own; a command, not a test."""
