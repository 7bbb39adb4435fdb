"""Word templates with placeholders: their fields, what they misspell, and filling them."""
