"""Where there is no Chromium, a test of the page must not pass unseen."""

import pytest

from tests.page.conftest import require


@pytest.mark.parametrize("ci", ["true", "1", "yes", "TRUE"])
def test_on_a_machine_that_checks_it_is_a_failure(ci: str) -> None:
    with pytest.raises(pytest.fail.Exception, match="THE PAGE IS NOT TESTED"):
        require(None, {"CI": ci})


@pytest.mark.parametrize("environment", [{}, {"CI": ""}, {"CI": "false"}, {"CI": "0"}])
def test_on_ones_own_it_is_skipped_with_the_reason(environment: dict[str, str]) -> None:
    with pytest.raises(pytest.skip.Exception, match="apt-get install chromium"):
        require(None, environment)


def test_where_there_is_one_nothing_is_said() -> None:
    require("/usr/bin/chromium", {"CI": "true"})
