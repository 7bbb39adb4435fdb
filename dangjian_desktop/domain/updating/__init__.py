"""Update packages: what one says of itself, and whether it fits this computer."""
