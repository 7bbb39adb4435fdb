"""Meetings: what was held, its kinds, who is not counted."""
