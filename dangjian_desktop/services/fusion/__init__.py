"""What a user does with indicators and business priorities."""
