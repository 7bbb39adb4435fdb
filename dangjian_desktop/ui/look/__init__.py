"""How it looks: tokens, theme, small widgets."""
