"""What every record keeps: revisions, drafts, journal, batches."""
