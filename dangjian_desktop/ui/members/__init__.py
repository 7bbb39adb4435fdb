"""党员: page, card, editor, import."""
