"""What every record shares: JSON of the contract, names, keys for sorting."""
