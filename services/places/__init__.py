"""Service places: finding them, what is true of them just now, who keeps them, who is warned."""
