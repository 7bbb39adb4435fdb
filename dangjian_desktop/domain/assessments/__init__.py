"""对标自评: a superior's table of standards, and how the branch stands against it."""
