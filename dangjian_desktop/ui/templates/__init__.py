"""Word 模板 in the window: the templates, what each asks for, and the filled document."""
