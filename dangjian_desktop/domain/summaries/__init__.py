"""Figures of a period, each with the records it was counted from."""
