"""Opening hours: when a place or a shop is open, as people write it, as it is kept, and asked at any moment."""
