"""The preview and the printer."""
