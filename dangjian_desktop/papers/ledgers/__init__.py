"""What a ledger prints: tables, cards, sheets and grids, as its declaration says."""
