"""问题、任务、责任: one tracked item, followed from its 挂号 to its 销号."""
