"""The parts of `scripts/make_sample_county.py`: the land, its places, its officers."""
