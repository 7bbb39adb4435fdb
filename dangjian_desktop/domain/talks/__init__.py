"""谈心谈话: who talked with whom, and who has not yet."""
