"""融合成效测评 of one library."""
