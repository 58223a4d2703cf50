"""The moment at which tests begin."""

from datetime import UTC, datetime

NOW = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
"""Noon in the county, a Monday."""
OVER = datetime(2028, 11, 23, 4, 0, tzinfo=UTC)
"""When points lapse that were earned then."""
