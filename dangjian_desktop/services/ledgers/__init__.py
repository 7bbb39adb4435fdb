"""What a user does with ledgers: rows, declarations, imports, counts, prints."""
