"""Gathering facts for the rules, and what they found."""
