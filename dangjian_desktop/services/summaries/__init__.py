"""Summaries of a period and the words typed for them."""
