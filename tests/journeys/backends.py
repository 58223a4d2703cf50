"""On which store, and in which language, a journey runs."""

import pytest

ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""For journeys whose point is not the store."""
IN_BOTH_LANGUAGES = pytest.mark.parametrize("language", ["en", "zh"])
IN_TURN = pytest.mark.parametrize(
    ("database_url", "language"), [("sqlite", "en"), ("postgres", "zh")], indirect=["database_url"]
)
"""Both stores and both languages in two runs instead of four."""
