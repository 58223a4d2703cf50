"""What every update passes, one a file."""
