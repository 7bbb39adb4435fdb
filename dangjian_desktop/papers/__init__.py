"""What can be printed: each paper gathers its facts and composes a document."""
