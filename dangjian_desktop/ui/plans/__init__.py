"""工作计划 in the window."""
