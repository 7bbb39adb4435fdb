"""Monthly, quarterly, half-yearly and yearly summaries."""
