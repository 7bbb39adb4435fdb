"""The file itself: connecting, keys, lock, failures, migrations run."""
