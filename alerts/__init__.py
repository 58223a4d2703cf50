"""What leaves the store and reaches people's phones, and what Warmgrid does by itself as time passes."""
