"""上级空表 in the window: which blank takes what, and the filled form."""
