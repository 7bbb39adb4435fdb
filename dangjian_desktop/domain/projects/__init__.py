"""书记项目: the record, its states, figures and rules."""
