"""Officers join by a one-time link that an administrator makes in chat."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from sandbox.chats import Message
from services import people
from storage.kinds import Language, Role
from storage.schema import Duty, Grid, Invite, Person
from tests.journeys.backends import IN_BOTH_LANGUAGES, ON_SQLITE
from tests.journeys.conftest import Town
from tests.journeys.filing import filed
from tests.journeys.phone import Phone
from tests.moment import NOW

pytestmark = ON_SQLITE


async def asked_for_grids(admin: Phone, rank: str = "primary") -> Message:
    """An invite for an officer, as far as the grids; returns the message that asks for them."""
    admin.send_text("/invite")
    asked = await admin.hears("invite-choose", after=admin.last)
    admin.push(asked, "role-officer")
    await admin.until(lambda: admin.words("invite-rank") in admin.current(asked)["text"])
    admin.push(admin.current(asked), f"button-{rank}")
    question = admin.words("invite-grid", rank=admin.words(rank))
    await admin.until(lambda: question in admin.current(asked)["text"])
    return asked


async def invite_for(admin: Phone, grid: str, rank: str = "primary") -> str:
    """What somebody sends who opens the link that the administrator gets."""
    await asked_for_grids(admin, rank)
    admin.send_text(grid)
    link = await admin.wait_for("https://t.me/", after=admin.last)
    found = re.search(r"https://t\.me/(\w+)\?start=(\S+)", link["text"])
    assert found is not None
    return f"/start {found[2]}"


@IN_BOTH_LANGUAGES
async def test_an_administrator_invites_in_chat_and_the_link_works_once(town: Town, language: str) -> None:
    admin = town.admin(language)
    admin.send_text("/start")
    await admin.until(lambda: admin.keyboard and admin.button("key-invite") in admin.keyboard[-1])
    start = await invite_for(admin, " a-02 ")
    officer, other = town.person(7001, language), town.person(7002, language)
    officer.send_text(start)
    joined = await officer.hears("joined-officer", name="Zhou")
    primary = officer.words("primary")
    assert officer.words("duty-grid", code="A-02", name="Grid A-02", rank=primary) in joined["text"]
    assert officer.words("first-officer") in joined["text"]
    assert officer.buttons(await officer.hears("privacy-short-role")) == [officer.button("button-privacy")]
    assert officer.keyboard is not None
    assert officer.button("key-my-cases") in officer.keyboard[1]
    other.send_text(start)
    await other.hears("error-invite-used")
    officer.send_text("/duty")
    shown = await officer.hears("duty-on")
    assert officer.words("duty-grid", code="A-02", name="Grid A-02", rank=primary) in shown["text"]


@IN_BOTH_LANGUAGES
async def test_a_link_may_make_a_deputy_of_several_grids(town: Town, language: str) -> None:
    admin, officer = town.admin(language), town.person(7001, language)
    start = await invite_for(admin, "a-02，B-01 a-01", "deputy")
    ranked = {"role": admin.words("role-officer"), "rank": admin.words("deputy")}
    passed_on = await admin.hears("invite-title-ranked", **ranked)
    deputy = admin.words("deputy")
    assert admin.words("duty-grid", code="B-01", name="Grid B-01", rank=deputy) in passed_on["text"]
    officer.send_text(start)
    joined = await officer.hears("joined-officer", name="Zhou")
    for code in ("A-01", "A-02", "B-01"):
        assert officer.words("duty-grid", code=code, name=f"Grid {code}", rank=deputy) in joined["text"]
    officer.send_text("/duty")
    shown = await officer.hears("duty-on")
    assert shown["text"].count(officer.words("deputy")) == 3


async def test_a_link_for_an_imported_officer_says_so_with_all_the_grids(town: Town) -> None:
    await town.store.write(_import_officer, grids={"A-01": True, "B-01": False})
    admin, officer = town.admin(), town.person(7001)
    start = await invite_for(admin, "A-01")
    passed_on = await admin.hears("invite-meant-for", name="Chen Jing")
    officer.send_text(start)
    joined = await officer.hears("joined-officer", name="Zhou")
    for code, rank in (("A-01", "primary"), ("B-01", "deputy")):
        line = admin.words("duty-grid", code=code, name=f"Grid {code}", rank=admin.words(rank))
        assert line in passed_on["text"]
        assert line in joined["text"]


async def test_a_link_lasts_seven_days(town: Town) -> None:
    admin = town.admin()
    start = await invite_for(admin, "A-01")
    town.clock.travel(timedelta(days=7, minutes=1))
    late = town.person(7001)
    late.send_text(start)
    await late.hears("error-invite-expired")
    late.send_text("/start no-such-invite")
    await late.hears("error-invite-unknown")


async def test_all_wrong_codes_are_said_and_may_be_sent_again(town: Town) -> None:
    admin = town.admin()
    await asked_for_grids(admin)
    admin.send_text("A-01 <z> Q-7")
    await admin.hears("error-no-such-grid", code="<Z> Q-7")
    admin.send_text("B-01")
    await admin.wait_for("https://t.me/")
    assert await town.count(Invite) == 1


@pytest.mark.parametrize("role", ["desk", "admin"])
async def test_other_roles_need_no_grid(town: Town, role: str) -> None:
    admin, person = town.admin(), town.person(7001)
    admin.send_text("/invite")
    asked = await admin.hears("invite-choose")
    admin.push(asked, f"role-{role}")
    await admin.until(lambda: "https://t.me/" in admin.current(asked)["text"])
    assert admin.current(asked)["text"].splitlines()[0].endswith(admin.words(f"role-{role}"))
    person.send_text(f"/start {admin.current(asked)['text'].split('start=')[1].split()[0]}")
    await person.hears(f"joined-{role}", name="Zhou")


@IN_BOTH_LANGUAGES
async def test_a_lead_is_of_a_community_or_of_the_whole_town(town: Town, language: str) -> None:
    admin = town.admin(language)
    for number, (choice, land) in enumerate((("Alpha", "Town Alpha"), ("button-whole-town", "Town"))):
        admin.send_text("/invite")
        asked = await admin.hears("invite-choose", after=admin.last)
        admin.push(asked, "role-lead")
        await admin.until(lambda asked=asked: admin.words("invite-town") in admin.current(asked)["text"])
        admin.press(asked["message_id"], "Town")
        of_town = admin.words("invite-community", town="Town")
        await admin.until(lambda asked=asked, of_town=of_town: of_town in admin.current(asked)["text"])
        admin.press(asked["message_id"], admin.words(choice) if choice.startswith("button") else choice)
        await admin.until(lambda asked=asked: "https://t.me/" in admin.current(asked)["text"])
        lead = town.person(7001 + number, language)
        lead.send_text(f"/start {admin.current(asked)['text'].split('start=')[1].split()[0]}")
        joined = await lead.hears("joined-lead", name="Zhou")
        assert lead.words("joined-lands", lands=land) in joined["text"]


async def test_an_administrator_may_think_better_of_it(town: Town) -> None:
    admin = town.admin()
    admin.send_text("/invite")
    asked = await admin.hears("invite-choose")
    admin.push(asked, "role-officer")
    await admin.until(lambda: admin.button("button-cancel") in admin.buttons(asked))
    admin.push(admin.current(asked), "button-cancel")
    await admin.sees_toast("toast-cancelled")
    admin.send_text("A-01")
    await admin.hears("draft-needs-both")


async def test_nobody_else_invites(town: Town) -> None:
    rider = town.rider()
    rider.send_text("/invite")
    message = await rider.hears("error-not-allowed")
    for data in ("iv:officer", "iv:admin"):
        rider.press(message["message_id"], data=data)
    await rider.until(lambda: len(rider.toasts) == 2)
    assert {toast["text"] for toast in rider.toasts} == {rider.words("error-not-allowed")}
    rider.send_text("A-01")
    await rider.hears("draft-needs-both")
    assert await town.count(Invite) == 0


async def test_a_report_that_nobody_could_be_asked_about_finds_the_officer_who_joins(town: Town) -> None:
    rider = town.rider()
    receipt = await filed(rider)
    assert rider.words("next-open-with", level=rider.words("level-desk")) in receipt["text"]
    officer = await town.officer(7001)
    await officer.gets_alert()
    await rider.until(lambda: rider.words("next-open") in rider.current(receipt)["text"])


def _import_officer(session: Session, *, grids: dict[str, bool]) -> None:
    """Somebody who has not joined yet; of each grid, whether as primary."""
    person = Person(name="Chen Jing", language=Language.EN, on_duty=True, joined_at=NOW)
    session.add(person)
    session.flush()
    people.grant(session, person_id=person.id, role=Role.OFFICER, now=NOW)
    for code, is_primary in grids.items():
        grid_id = session.scalar(select(Grid.id).where(Grid.code == code))
        session.add(Duty(person_id=person.id, grid_id=grid_id, is_primary=is_primary))
