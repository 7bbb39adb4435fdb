"""责任状: what two sides sign for, and nothing that anybody has to be reminded of."""
