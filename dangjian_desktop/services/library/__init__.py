"""The library file: opening, copying, branch, drafts, search."""
