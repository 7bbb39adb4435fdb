"""问题、任务、责任: prints of one record."""
