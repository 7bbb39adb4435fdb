"""The window round the pages, and the first window."""
