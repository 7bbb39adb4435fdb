"""Papers of 融合成效测评."""
