"""Merchants: the shops that take points, their people, the till, riders' meals, settlement."""
