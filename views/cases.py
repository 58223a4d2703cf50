"""What an officer sees of a report: the alert's card, what became of it, the reasons to choose from."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from markupsafe import Markup

from storage.kinds import AttachmentKind, EventKind, Level, OfferState, PlaceSource, Role, Status
from storage.records import Me, ReportRecord, number
from views import disputes, fixes, near, together, verdicts
from views.actions import (
    Accept,
    Ask,
    AskEmergency,
    AskWait,
    BackToCase,
    BringIn,
    ChooseMerge,
    Decide,
    Decline,
    GoOn,
    MoreOfCase,
    NotMine,
    Reject,
    RejectAsFalse,
    RejectFor,
    Resolve,
    ShowCase,
    ShowReport,
    WhoWasTold,
)
from views.card import Button, Card, Pin, Rows, in_rows
from views.format import at_most, is_night, lines, moment, quote
from views.maps import navigate
from views.promises import accept_by, answer_by, resolve_by
from views.report_lines import (
    affected_lines,
    follows_line,
    grid_line,
    holder,
    joined_to,
    kind_line,
    labels,
    opens_earlier,
    when_late,
    why_rejected,
)
from views.texts import plain, say

FIXED = (Status.RESOLVED, Status.REVIEW, Status.CLOSED)
WHY_NOT_MINE = ("grid", "duty", "away", "other")
WHY_REJECT = ("none", "done", "private", "false")
RAISED_TO = (Level.LEAD, Level.TOWN, Level.DESK)
"""Who has it at such a level took it over from whom it was raised past."""


def alert(report: ReportRecord, me: Me, *, now: datetime, zone: ZoneInfo) -> Card:
    """Pictures, place, and the card with its buttons. Urgent ones ring; others are silent at night."""
    shown = card(report, me, now=now, zone=zone)
    return Card(
        text=shown.text,
        photos=report.photos,
        labels=labels(report.photos, me),
        pin=Pin(report.latitude, report.longitude),
        rows=shown.rows,
        is_silent=not report.is_urgent and is_night(now, zone),
    )


def card(report: ReportRecord, me: Me, *, now: datetime, zone: ZoneInfo) -> Card:
    """The report as this officer sees it, with what this officer may do now."""
    language = me.language
    presses = report.is_urgent and report.ended_at is None
    parts: list[Markup | None] = [
        near.goes_on(me, report.came_as, report.id) if report.came_as is not None else None,
        say(language, "case-title-urgent" if presses else "case-title", number=number(report.id)),
        _broke_again(report, me),
        kind_line(report, me, says_urgent=not presses),
        grid_line(report, me),
        say(language, "case-when", when=moment(language, report.filed_at, now=now, zone=zone)),
        say(language, "case-place", name=report.place_name) if report.place_name else None,
        say(language, "case-place-exif") if report.place_source is PlaceSource.EXIF else None,
        *affected_lines(report, me),
        *_same_pictures(report, me),
    ]
    state = _state_line(report, me, now=now, zone=zone)
    below = lines(*_outcome(report, me), verdicts.my_decision(report, me), state, *together.lines_of(report, me))
    text = lines(*parts) + quote(report.words, most=2000) + "\n" + below
    rows = _rows(report, me)
    earlier = opens_earlier(report, ShowCase) if rows and report.merged_into_id is None else ()
    return Card(text=text, rows=(*rows, *earlier, *_ledger(report, me)))


def _ledger(report: ReportRecord, me: Me) -> Rows:
    """For who looks after those who are asked: whether they have seen it."""
    if report.merged_into_id is not None or not me.roles & {Role.LEAD, Role.DESK, Role.ADMIN}:
        return ()
    return ((Button(plain(me.language, "button-ledger"), WhoWasTold(report.id).pack()),),)


def more(report: ReportRecord, me: Me, *, now: datetime, zone: ZoneInfo) -> Card:
    """The same card, with what is seldom done about a case that one has."""
    shown = card(report, me, now=now, zone=zone)
    if report.status is not Status.ACCEPTED or report.officer_id != me.id:
        return shown

    def button(key: str, action: str) -> Button:
        return Button(plain(me.language, key), action)

    merge = button("button-merge", ChooseMerge(report.id).pack())
    is_paused = report.waiting_for is not None
    return replace(
        shown,
        rows=(
            (merge,) if is_paused else (button("button-wait", AskWait(report.id).pack()), merge),
            (button("button-not-mine", NotMine(report.id).pack()), button("button-reject", Reject(report.id).pack())),
            (button("button-back", BackToCase(report.id).pack()),),
        ),
    )


def _broke_again(report: ReportRecord, me: Me) -> Markup | None:
    """Of which one it is the same again, and what was said of that one."""
    line = follows_line(report, me)
    return line + quote(report.first_words) if line is not None else None


def _same_pictures(report: ReportRecord, me: Me) -> list[Markup]:
    """Which other report has one of its pictures: the latest that was found."""
    found = [e.facts.get("report") for e in report.events if e.kind is EventKind.SAME_PICTURE]
    return [say(me.language, "case-same-picture", number=number(int(found[-1] or 0)))] if found else []


def merged(report: ReportRecord, me: Me) -> Card:
    """As which one a report goes on, to whoever had to do with it."""
    assert report.merged_into_id is not None
    target = report.merged_into_id
    action = ShowReport(target) if report.is_mine else ShowCase(target)
    row = (Button(plain(me.language, "button-open", number=number(target)), action.pack()),)
    return Card(text=near.goes_on(me, report.id, target), rows=(row,), is_silent=True)


def replaced(report: ReportRecord, me: Me) -> Card:
    """In place of a card that has a newer one below it."""
    return Card(text=say(me.language, "case-replaced", number=number(report.id)))


def not_fixed(report: ReportRecord, me: Me, *, now: datetime, zone: ZoneInfo) -> Card | None:
    """To the officer who has it again. None: he has it no more."""
    if report.status is not Status.ACCEPTED or report.officer_id != me.id:
        return None
    by = resolve_by(report, me, now=now, zone=zone)
    text = say(me.language, "told-not-fixed", number=number(report.id), by=by)
    return Card(text=lines(text, *verdicts.objections(report, me)), rows=_rows(report, me))


def _concerns(report: ReportRecord, me: Me) -> bool:
    """Whether what is said of the fix is for this person: not for who passed it on, or was not the first."""
    return report.officer_id == me.id or report.is_to_decide or report.my_offer in (None, OfferState.OFFERED)


def _outcome(report: ReportRecord, me: Me) -> list[Markup]:
    """Where the fix was proved; of one that was none, why."""
    found = list(verdicts.objections(report, me)) if report.round or report.status is Status.REVIEW else []
    proof = (fixes.place_of_proof(report, me), fixes.looks_same(report, me)) if report.status in FIXED else ()
    shown = [*(line for line in proof if line), *found] if _concerns(report, me) else []
    disputed = disputes.told_of(report, me) if _concerns(report, me) or disputes.is_marked_by(report) else []
    return [*shown, *disputed]


def why_not_mine(report: ReportRecord, me: Me, *, goes_to: Level) -> Card:
    """Why not? One tap passes it on; behind the last officer is the county desk."""
    shown = _reasons(report, me, "decline", WHY_NOT_MINE)
    if goes_to is not Level.DESK or report.level is Level.DESK:
        return shown
    return replace(shown, text=lines(shown.text, say(me.language, "decline-to-desk")))


def why_reject(report: ReportRecord, me: Me) -> Card:
    """Why is it no case? One tap, or words."""
    return _reasons(report, me, "reject", WHY_REJECT)


def more_photos(report: ReportRecord, me: Me, *, by_another: bool = False) -> Card:
    """More pictures, or recordings, of a report; from its reporter, or from another person who has the same trouble."""
    is_picture = any(one.kind in (AttachmentKind.PHOTO, AttachmentKind.IMAGE_FILE) for one in report.photos)
    key = ("told-photos" if is_picture else "told-recording") if not by_another else "told-added-by-another"
    return Card(text=say(me.language, key, number=number(report.id)), photos=report.photos)


def more_words(report: ReportRecord, me: Me, words: str, *, by_another: bool = False) -> Card:
    """More words of a report; from whom, as for pictures."""
    key = "told-words-by-another" if by_another else "told-words"
    return Card(text=say(me.language, key, number=number(report.id)) + quote(words, most=2500))


def withdrawn(report: ReportRecord, me: Me) -> Card:
    """Taken back by the reporter."""
    facts = {"number": number(report.id)}
    if (older := joined_to(report)) is not None:
        return Card(text=say(me.language, "told-joined", **facts, older=number(older)), is_silent=True)
    return Card(text=say(me.language, "told-withdrawn", **facts), is_silent=True)


def _reasons(report: ReportRecord, me: Me, family: str, codes: tuple[str, ...]) -> Card:
    make = Decline if family == "decline" else RejectFor
    acts = {code: make(report.id, code).pack() for code in codes}
    if family == "reject":
        acts["false"] = RejectAsFalse(report.id).pack()  # that one needs words
    buttons = [Button(plain(me.language, f"why-{family}-{code}"), act) for code, act in acts.items()]
    rows = in_rows(2, buttons)
    back = (Button(plain(me.language, "button-back"), ShowCase(report.id).pack()),)
    return Card(text=say(me.language, f"ask-why-{family}", number=number(report.id)), rows=(*rows, back))


def _state_line(report: ReportRecord, me: Me, *, now: datetime, zone: ZoneInfo) -> Markup:
    language = me.language
    if report.merged_into_id is not None:
        return near.goes_on(me, report.id, report.merged_into_id)
    if report.status is Status.OPEN:
        if report.my_offer is OfferState.DECLINED:
            return say(language, "case-passed-on")
        if report.my_offer is not OfferState.OFFERED and verdicts.my_decision(report, me) is not None:
            return say(language, "case-put-to", level=say(language, f"level-{report.level}"))
        if report.my_offer is not OfferState.OFFERED:
            return say(language, "case-with-others")
        by = moment(language, report.accept_by, now=now, zone=zone)
        if report.accept_by < now < (own := answer_by(report, now=now)):
            return say(language, "case-accept-still", promised=by, by=moment(language, own, now=now, zone=zone))
        if report.accept_by < now:
            key, facts = when_late("case-accept-late", report, me)
            return say(language, key, by=by, **facts)
        by = accept_by(report, me, now=now, zone=zone)
        if report.is_half_gone:
            return say(language, "case-accept-soon", by=by, left=at_most(language, report.accept_by - now))
        return say(language, "case-accept-by", by=by)
    if report.status is Status.ACCEPTED:
        if report.my_offer is OfferState.RAISED:
            facts = {"name": report.officer_name or "", "by": moment(language, report.resolve_by, now=now, zone=zone)}
            if report.waiting_until is None:
                return say(language, "case-raised", **facts)
            until = moment(language, report.waiting_until, now=now, zone=zone)
            return say(language, f"case-raised-{report.waiting_for}", **facts, until=until)
        if report.officer_id != me.id:
            return say(language, "case-taken", **holder(report))
        if report.waiting_for is not None and report.waiting_until is not None:
            until = moment(language, report.waiting_until, now=now, zone=zone)
            return say(language, f"case-paused-{report.waiting_for}", until=until)
        by = moment(language, report.resolve_by, now=now, zone=zone)
        if report.resolve_by < now:
            if report.is_at_top:
                return say(language, "case-resolve-late-top", by=by)
            raised_to_me = report.level is report.my_level and report.level in RAISED_TO
            level = "level-you" if raised_to_me else f"level-{report.level}"
            return say(language, "case-resolve-late", by=by, level=say(language, level))
        by = resolve_by(report, me, now=now, zone=zone)
        if report.is_half_gone:
            return say(language, "case-resolve-soon", by=by, left=at_most(language, report.resolve_by - now))
        return say(language, "case-resolve-by", by=by)
    if disputes.is_to_decide(report):
        return disputes.to_decide(report, me, now=now, zone=zone)
    if report.is_to_decide:
        return say(language, "case-decide")
    if report.status is Status.REJECTED:
        if disputes.was_fixed(report):
            return say(language, "case-rejected-later", why=why_rejected(report, me))
        return say(language, "case-rejected", why=why_rejected(report, me), **holder(report))
    if (older := joined_to(report)) is not None:
        return say(language, "case-joined", number=number(older))
    if report.status is Status.CLOSED and any(e.kind is EventKind.CLOSED and e.by_clock for e in report.events):
        return say(language, "case-closed-unopposed")
    return say(language, f"case-{report.status}", **holder(report))


def _rows(report: ReportRecord, me: Me) -> Rows:
    language = me.language

    def button(key: str, action: str) -> Button:
        return Button(plain(language, key), action)

    route = Button(
        plain(language, "button-navigate"),
        url=navigate(language, report.latitude, report.longitude, number(report.id)),
    )
    merge = button("button-merge", ChooseMerge(report.id).pack())
    if report.merged_into_id is not None:
        into = plain(language, "button-open", number=number(report.merged_into_id))
        return ((Button(into, ShowCase(report.merged_into_id).pack()),),)
    if report.status is Status.OPEN and report.my_offer is OfferState.OFFERED:
        accept = button("button-accept", Accept(report.id).pack())
        return ((accept,), (button("button-not-mine", NotMine(report.id).pack()), route), (merge,))
    if report.status is Status.ACCEPTED and report.my_offer is OfferState.RAISED:
        goes_on = ((button("button-clock-on", GoOn(report.id).pack()),),) if report.waiting_for is not None else ()
        return (*goes_on, (button("button-take-over", Accept(report.id).pack()), route), (merge,))
    if disputes.is_to_decide(report):
        return (*disputes.decisions(report, me), (route,))
    if report.is_to_decide:
        back = button("button-back-to-work", Decide(report.id, is_fixed=False).pack())
        return ((button("button-fixed", Decide(report.id, is_fixed=True).pack()), back), (route,))
    if report.status is Status.ACCEPTED and report.officer_id == me.id:
        resolve = button("button-resolve", Resolve(report.id).pack())
        ask, rest = button("button-ask", Ask(report.id).pack()), button("button-more", MoreOfCase(report.id).pack())
        others = [button("button-bring-in", BringIn(report.id).pack())]
        if report.emergency_id is None:
            others.append(button("button-emergency", AskEmergency(report.id).pack()))
        rows = ((resolve, rest), (ask, route), tuple(others))
        is_paused = report.waiting_for is not None
        return ((button("button-clock-on", GoOn(report.id).pack()),), *rows) if is_paused else rows
    if report.status in (Status.OPEN, Status.ACCEPTED) and me.roles & {Role.LEAD, Role.DESK, Role.ADMIN}:
        return ((merge,),)
    if disputes.may_mark(report, me):
        return ((button("button-not-true", RejectAsFalse(report.id).pack()),),)
    return ()
