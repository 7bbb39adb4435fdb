"""Ledgers in the window: all of them, the rows of one, and the maker of a branch's own."""
