"""What every page stands on: shell, jobs, messages, settings of this machine."""
