"""书记项目: page, detail, editor."""
