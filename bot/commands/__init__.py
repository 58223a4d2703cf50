"""The commands of `warmgrid`, one file a family."""
