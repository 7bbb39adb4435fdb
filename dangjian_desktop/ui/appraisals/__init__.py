"""融合成效测评 in the window."""
