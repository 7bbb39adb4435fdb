"""What is true of a branch: frozen dataclasses and pure functions, standard library only."""
