"""组织生活: page, detail, editor."""
