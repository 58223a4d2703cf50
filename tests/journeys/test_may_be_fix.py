"""An officer forgets *Resolve*: his photo and place at his own report are asked about, and nothing of it is lost."""

from sandbox.chats import Message
from storage.kinds import Status
from storage.schema import Draft, Report, Task
from tests import county
from tests.journeys.backends import IN_BOTH_LANGUAGES, ON_SQLITE
from tests.journeys.conftest import Town
from tests.journeys.filing import accepted
from tests.journeys.phone import Phone
from tests.journeys.test_together import joins, team
from tests.pictures import jpeg

pytestmark = ON_SQLITE
NUMBER = "D-000001"


async def is_asked(officer: Phone) -> Message:
    """He sends a photo and a place; the question that comes of it."""
    officer.send_photo(jpeg("green"), caption="New seal")
    officer.send_location(*county.IN_A1)

    def found() -> list[Message]:
        name = officer.button("button-fix-of", number=NUMBER)
        return [one for one in officer.from_bot if name in officer.buttons(one)]

    await officer.until(found)
    return found()[-1]


async def status_of(town: Town) -> Status:
    return await town.store.read(lambda session: session.get_one(Report, 1).status)


@IN_BOTH_LANGUAGES
async def test_one_tap_says_that_it_is_the_fix(town: Town, language: str) -> None:
    officer, rider = await town.officer(7001, language=language), town.rider()
    await accepted(rider, officer)
    asked = await is_asked(officer)
    assert officer.button("button-new-report") in officer.buttons(asked)
    officer.push(asked, "button-fix-of", number=NUMBER)
    await officer.hears("resolved-done", number=NUMBER)
    await rider.until(lambda: any("New seal" in text for text in rider.said))
    assert (await status_of(town), await town.count(Report), await town.count(Draft)) == (Status.RESOLVED, 1, 0)


@IN_BOTH_LANGUAGES
async def test_a_new_report_is_one_tap_too(town: Town, language: str) -> None:
    officer, rider = await town.officer(7001, language=language), town.rider()
    await accepted(rider, officer)
    officer.push(await is_asked(officer), "button-new-report")
    await officer.hears_filed(2)
    assert await status_of(town) is Status.ACCEPTED


@IN_BOTH_LANGUAGES
async def test_while_others_are_at_work_on_it_the_proof_is_kept_for_resolve(town: Town, language: str) -> None:
    officer, rider = await town.officer(7001, language=language), town.rider()
    await team(town, "FIRE")
    sun = await joins(town, 7101, "FIRE", name="Sun")
    card = await accepted(rider, officer)
    name = "FIRE team" if language == "en" else "FIRE队"
    officer.push(card, "button-bring-in")
    await officer.until(lambda: name in officer.buttons(card))
    officer.press(card["message_id"], name)
    task = await sun.hears("task-title", number=NUMBER)
    officer.push(await is_asked(officer), "button-fix-of", number=NUMBER)
    await officer.hears("proof-kept", number=NUMBER, names=name)
    assert (await status_of(town), await town.count(Report), await town.count(Draft)) == (Status.ACCEPTED, 1, 0)
    assert await town.count(Task) == 1
    sun.push(task, "button-accept")
    await sun.until(lambda: sun.button("button-task-done") in sun.buttons(task))
    sun.push(task, "button-task-done")
    await sun.until(lambda: sun.button("button-task-done-now") in sun.buttons(task))
    sun.push(task, "button-task-done-now")
    officer.push(await officer.hears("told-tasks-all-done"), "button-resolve")

    def offered() -> list[Message]:
        return [one for one in officer.from_bot if officer.button("button-use-kept") in officer.buttons(one)]

    await officer.until(offered)
    officer.push(offered()[-1], "button-use-kept")
    await officer.hears("resolved-done", number=NUMBER)
    await rider.until(lambda: any("New seal" in text for text in rider.said))
    await town.calm()
    assert not offered()
    assert await status_of(town) is Status.RESOLVED
