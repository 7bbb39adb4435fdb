"""Forms, reports, lists and charts of projects."""
