"""The rules for what may come in from files: grids, officers."""
