"""融合成效测评: how members rate what Party work and business did for each other, unnamed."""
