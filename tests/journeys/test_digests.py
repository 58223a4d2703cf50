"""The morning's digests on the phone, and turning them off."""

from datetime import time, timedelta

from alerts.clock import JOBS, run_once
from services import digests
from storage.evaluation_kinds import Digest
from storage.schema import DigestRound
from tests.journeys.backends import IN_BOTH_LANGUAGES
from tests.journeys.conftest import Town
from tests.journeys.filing import accepted
from tests.journeys.test_stats import lead

WRITE = next(job for job in JOBS if job.unit is digests.tick)


async def morning(town: Town, *, of_weekday: int | None = None) -> None:
    """It becomes 8:00 (of that day of the week), and the clock runs its job."""
    town.clock.go_to(time(8, 0, 1), town.settings)
    while of_weekday is not None and town.clock().astimezone(town.settings.zone).weekday() != of_weekday:
        town.clock.travel(timedelta(days=1))
    await run_once(WRITE, store=town.store, clock=town.clock)


@IN_BOTH_LANGUAGES
async def test_an_officer_hears_in_the_morning_what_is_open(town: Town, language: str) -> None:
    officer = await town.officer(7001, language=language)
    await accepted(town.rider(language=language), officer)
    await morning(town)
    card = await officer.hears("digest-title")
    assert "D-000001" in card["text"]
    officer.push(card, "button-day-off")
    await officer.sees_toast("toast-digest-off")
    await officer.until(lambda: officer.button("button-day-on") in officer.buttons(card))
    after = officer.last
    await morning(town)
    await town.calm()
    assert not [one for one in officer.said[after:] if officer.words("digest-title") in one]
    assert await town.count(DigestRound) == len(Digest)
    officer.send_text("/settings")
    settings = await officer.hears("settings-title", after=after)
    officer.push(settings, "button-digests")
    await officer.until(lambda: officer.button("button-day-on") in officer.buttons(settings))
    officer.push(officer.current(settings), "button-day-on")
    await officer.sees_toast("toast-digest-on")
    await morning(town)
    await officer.hears("digest-title", after=after)


@IN_BOTH_LANGUAGES
async def test_a_lead_hears_on_monday_how_last_week_went(town: Town, language: str) -> None:
    officer = await town.officer(7001, language=language)
    chen = await lead(town, language=language)
    await accepted(town.rider(language=language), officer)
    await morning(town, of_weekday=0)
    card = await chen.hears("digest-week-title")
    assert chen.words("stats-number", count=1) in card["text"]
    chen.push(card, "button-stats")
    await chen.until(lambda: chen.words("stats-title-grid") in chen.current(card)["text"])
    assert "A-01" in chen.current(card)["text"]
