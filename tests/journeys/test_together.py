"""Whole stories of several hands: two teams brought in; an emergency from the call to the record in the chat."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from alerts.clock import Job, run_once
from sandbox.chats import Message
from services import emergency_calls, invites
from storage.kinds import Role, Status
from storage.records import number
from storage.schema import Draft, EmergencyCall, Report, Team
from storage.team_kinds import Rank, TeamKind
from tests import county
from tests.journeys.backends import IN_BOTH_LANGUAGES, ON_SQLITE
from tests.journeys.conftest import Town
from tests.journeys.filing import accepted, filed
from tests.journeys.phone import Phone
from tests.pictures import jpeg

FIRE = "着火了 fire"


async def team(town: Town, code: str, kind: TeamKind = TeamKind.FIRE, *, serves: str = "") -> None:
    def add(session: Session) -> None:
        session.add(Team(code=code, name_zh=f"{code}队", name_en=f"{code} team", kind=kind, town=serves))

    await town.store.write(add)


async def joins(town: Town, who: int, code: str, *, name: str, rank: Rank = Rank.LEAD, language: str = "en") -> Phone:
    """A member who has joined by a link."""
    phone = town.person(who, language, name=name)
    is_lead = rank is Rank.LEAD
    made = {"role": Role.MEMBER, "team": code, "is_primary": is_lead, "now": town.clock()}
    await town.store.write(invites.make, token=f"m{who}", **made)
    phone.send_text(f"/start m{who}")
    await phone.hears("joined-member", name=name)
    return phone


def has(phone: Phone, message: Message, text: str) -> bool:
    return text in str(phone.current(message).get("text", ""))


async def test_two_teams_help_and_the_report_is_resolved_when_both_are_done(town: Town) -> None:
    officer, rider = await town.officer(7001), town.rider()
    await team(town, "FIRE")
    await team(town, "POWER", TeamKind.UTILITIES, serves="Town")
    sun, qian = await joins(town, 7101, "FIRE", name="Sun"), await joins(town, 7102, "POWER", name="Qian")
    late = await joins(town, 7103, "FIRE", name="Late", language="zh")
    card = await accepted(rider, officer)
    for name in ("POWER team", "FIRE team"):  # two taps each
        officer.push(card, "button-bring-in")
        await officer.until(lambda wanted=name: wanted in officer.buttons(card))
        officer.press(card["message_id"], name)
        await officer.until(lambda: officer.button("button-bring-in") in officer.buttons(card))
    task = await sun.hears("task-title", number=number(1))
    other = await qian.hears("task-title", number=number(1))
    hers = await late.hears("task-title", number=number(1))
    sun.push(task, "button-accept")
    await officer.hears("told-task-accepted", number=number(1), name="FIRE team", who="Sun")
    late.press(hers["message_id"], data="tac:2")  # too late, on a screen that still shows the button
    await late.sees_toast("error-already-accepted", name="Sun", role="member")
    await late.until(lambda: has(late, hers, late.words("task-taken", name="Sun")))

    officer.push(card, "button-resolve")
    await officer.sees_toast("error-tasks-open", names="POWER team, FIRE team (Sun)")

    sun.push(task, "button-task-done")
    await sun.until(lambda: sun.button("button-task-done-now") in sun.buttons(task))
    sun.send_photo(jpeg("green"))
    await sun.hears("prompt-task-words-only", number=number(1))
    sun.send_text("Put it out")
    await sun.hears("task-done-said", number=number(1))
    await officer.wait_for("Put it out")
    qian.push(other, "button-accept")
    await qian.until(lambda: qian.button("button-task-done") in qian.buttons(other))
    qian.push(other, "button-task-done")
    await qian.until(lambda: qian.button("button-task-done-now") in qian.buttons(other))
    qian.push(other, "button-task-done-now")
    news = await officer.hears("told-tasks-all-done")
    officer.push(news, "button-resolve")
    await officer.hears("prompt-resolve", number=number(1), after=news["message_id"])
    officer.send_photo(jpeg("green"))
    officer.send_location(*county.IN_A1)
    await officer.hears("resolved-done", number=number(1))
    await town.calm()
    report = await town.store.read(lambda session: session.get_one(Report, 1))
    assert report.status is Status.RESOLVED
    assert sun.buttons(task) == []
    drafts = await town.store.read(lambda session: session.scalars(select(Draft.id)).all())
    assert not drafts  # the picture of the work is no hazard


@IN_BOTH_LANGUAGES
async def test_a_neighbouring_grid_is_brought_in_by_its_name(town: Town, language: str) -> None:
    officer, rider = await town.officer(7001, language=language), town.rider()
    neighbour = await town.officer(7002, grid="A-02")
    card = await accepted(rider, officer)
    officer.push(card, "button-bring-in")
    line = officer.words("bring-in-grid", at="1", code="A-02", name="Grid A-02", community="Alpha")
    await officer.until(lambda: has(officer, card, line))
    officer.press(card["message_id"], "🧩 1 Grid A-02")
    await neighbour.hears("task-title", number=number(1))


async def test_an_emergency_from_the_call_to_the_record(town: Town) -> None:
    officer, desk, rider = await town.officer(7001), await town.desk(), town.rider()
    await team(town, "FIRE")
    await team(town, "MED", TeamKind.MEDICAL)
    sun = await joins(town, 7101, "FIRE", name="Sun", language="zh")
    qian = await joins(town, 7102, "MED", name="Qian")
    deputy = await joins(town, 7103, "MED", name="Deputy", rank=Rank.DEPUTY)
    await filed(rider, words=FIRE)
    card = await officer.gets_alert(urgent=True)
    officer.push(card, "button-accept")
    await officer.until(lambda: officer.button("button-emergency") in officer.buttons(card))

    officer.push(card, "button-emergency")  # asks first whom it would call
    await officer.until(lambda: has(officer, card, "MED team"))
    officer.push(card, "button-emergency-begin")
    await officer.sees_toast("toast-emergency-begun", called=2, phone=0)
    lives = {phone: await phone.hears("emergency-title", number=number(1)) for phone in (officer, desk, sun, qian)}
    assert not any(live.get("disable_notification") for live in lives.values())
    sun.push(lives[sun], "button-set-out")
    for phone, live in lives.items():
        await phone.until(lambda p=phone, m=live: "🛵 Sun" in str(p.current(m).get("text")))
    sun.push(lives[sun], "button-arrived")
    for phone, live in lives.items():
        await phone.until(lambda p=phone, m=live: "✅ Sun" in str(p.current(m).get("text")))
    await town.calm()

    # two minutes without a word from the ambulance: it rings again, and at its deputy's
    town.clock.travel(emergency_calls.SILENT)
    clock = Job("call again", emergency_calls.SILENT, emergency_calls.tick, in_batches=True)
    await run_once(clock, store=town.store, clock=town.clock)  # beside the house's own
    again = await qian.hears("emergency-title", number=number(1), after=lives[qian]["message_id"])
    assert qian.is_gone(lives[qian])
    called = await deputy.hears("emergency-title", number=number(1))
    await desk.until(lambda: "🔴 Qian" in str(desk.current(lives[desk]).get("text")))
    deputy.push(called, "button-cannot-come")
    await qian.until(lambda: "❌ Deputy" in str(qian.current(again).get("text")))

    desk.push(lives[desk], "button-emergency-end")
    await desk.until(lambda: desk.button("button-emergency-end-yes") in desk.buttons(lives[desk]))
    desk.push(lives[desk], "button-emergency-end-yes")
    await sun.hears("told-emergency-over", number=number(1))
    for phone in (desk, officer):
        record = await phone.hears("told-emergency-record", number=number(1))
        assert record["document"]["file_name"] == f"{phone.words('emergency-record-file', number=number(1))}.pdf"
        assert record["document"]["mime_type"] == "application/pdf"
    await town.calm()
    toasts = len(sun.toasts)
    sun.press(lives[sun]["message_id"], data="emw:1")  # yesterday's card
    await sun.sees_toast("error-emergency-over", after=toasts)
    states = await town.store.read(lambda session: list(session.scalars(select(EmergencyCall.state))))
    assert sorted(map(str, states)) == ["arrived", "called", "declined"]


@ON_SQLITE
async def test_the_command_is_for_officers_and_the_desk(town: Town) -> None:
    officer, desk, rider = await town.officer(7001), await town.desk(), town.rider()
    await team(town, "FIRE")
    sun = await joins(town, 7101, "FIRE", name="Sun")
    await filed(rider, words=FIRE)
    await officer.gets_alert(urgent=True)
    for phone in (rider, sun):
        phone.send_text("/emergency 1")
        said = await phone.hears("error-no-emergency")
        assert all(number_to_call in said["text"] for number_to_call in ("119", "110", "120"))
    desk.send_text("/emergency D-000001")
    confirm = await desk.hears("emergency-confirm", number=number(1))
    desk.push(confirm, "button-back")
    await desk.until(lambda: has(desk, confirm, desk.words("case-title-urgent", number=number(1))))
    officer.send_text("/emergency")
    which = await officer.hears("emergency-which")
    officer.press(which["message_id"], number(1))
    await officer.until(lambda: has(officer, which, "FIRE team"))
    desk.send_text("/emergency")
    await desk.hears("emergency-which")
    officer.send_text("/emergency nonsense")
    await officer.hears("error-no-such-report")
    sun.send_text("/tasks")
    await sun.hears("my-tasks-none")
    stranger = town.person(4001)
    stranger.send_text("/start")
    await stranger.hears("privacy-short")
    await town.calm()
    for data in ("emb:1", "ema:1", "emy:1", "tac:1", "tbt:1:1", "tdf:1:x", "emr:1", "tsh:1"):
        toasts = len(stranger.toasts)
        stranger.press(stranger.last, data=data)
        refused = "error-no-emergency" if data == "emb:1" else "error-not-allowed"
        await stranger.sees_toast(refused, after=toasts)


@ON_SQLITE
async def test_an_administrator_invites_a_member_in_chat(town: Town) -> None:
    await team(town, "FIRE")
    admin = town.admin()
    admin.send_text("/start")
    await admin.hears("privacy-short-role")
    admin.send_text("/invite")
    shown = await admin.hears("invite-choose")
    admin.push(shown, "role-member")
    await admin.until(lambda: "FIRE team" in admin.buttons(shown))
    admin.press(shown["message_id"], "FIRE team")
    await admin.until(lambda: admin.button("rank-deputy") in admin.buttons(shown))
    admin.push(shown, "rank-deputy")
    await admin.until(lambda: "start=" in str(admin.current(shown).get("text")))
    link = str(admin.current(shown)["text"])
    token = link.partition("start=")[2].split()[0]
    sun = town.person(7101, name="Sun")
    sun.send_text(f"/start {token}")
    await sun.hears("joined-team", team="FIRE team")
