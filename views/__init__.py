"""How things look: pure functions from records to cards, and the texts in both languages."""
