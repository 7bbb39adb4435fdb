"""Word templates with placeholders: which fields they may use, and what one misspells."""
