"""The verdicts of the 体检."""
