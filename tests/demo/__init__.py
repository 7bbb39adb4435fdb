"""Tests of the sample year as data."""
