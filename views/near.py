"""Reports near each other: is it the same hazard? For who reports, and for an officer who merges them."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from markupsafe import Markup

from storage.categories import category
from storage.records import DraftRecord, Me, NearReport, ReportRecord, number
from views.actions import AskMerge, ChooseMerge, Merge, ShowCase
from views.card import Button, Card, in_rows
from views.format import apart, lines, moment
from views.texts import plain, say


def question(draft: DraftRecord, me: Me, *, now: datetime, zone: ZoneInfo) -> list[Markup]:
    """Is it one of these, or the fix of what one has there? And when it is filed by itself."""
    parts = []
    if draft.fixes:
        named = ", ".join(number(one) for one in draft.fixes)
        parts.append(say(me.language, "draft-fix", numbers=named))
    if draft.near:
        asked = "near-ask-own" if any(one.is_mine for one in draft.near) else "near-ask"
        parts += [say(me.language, asked), *(_line(one, me, now=now, zone=zone) for one in draft.near)]
    if draft.file_at is not None:
        parts.append(say(me.language, "near-by-itself", at=moment(me.language, draft.file_at, now=now, zone=zone)))
    return parts


def picture(draft: DraftRecord, me: Me, *, now: datetime, zone: ZoneInfo) -> Card | None:
    """The picture of the nearest one that has one, above the question."""
    one = next((one for one in draft.near if one.photo is not None), None)
    if one is None or one.photo is None:
        return None
    return Card(text=_line(one, me, now=now, zone=zone), photos=(one.photo,))


def choices(report: ReportRecord, near: Sequence[NearReport], me: Me, *, now: datetime, zone: ZoneInfo) -> Card:
    """Which one is the report merged into? One tap, and one more to say that it is meant (`confirm`); of another
    category, which come last, it is asked about, too.
    """
    key = "merge-choose" if near else "merge-none"
    alike = [one for one in near if one.category == report.category]
    others = [one for one in near if one.category != report.category]
    parts: list[Markup] = [say(me.language, key, number=number(report.id))]
    parts += [_line(one, me, now=now, zone=zone) for one in alike]
    parts += [say(me.language, "merge-other-kinds")] if others else []
    parts += [_line(one, me, now=now, zone=zone) for one in others]
    rows = [*in_rows(2, _to_merge(report, alike)), *in_rows(2, _to_merge(report, others))]
    back = (Button(plain(me.language, "button-back"), ShowCase(report.id).pack()),)
    return Card(text=lines(*parts), rows=(*rows, back))


def confirm(report: ReportRecord, into: NearReport, me: Me) -> Card:
    """As which one it goes on, for good; and whether the two are of different categories."""
    own, other = category(report.category), category(into.category)
    text = say(
        me.language,
        "merge-confirm",
        icon=own.icon,
        number=number(report.id),
        category=own.names[me.language],
        into_icon=other.icon,
        into=number(into.report_id),
        into_category=other.names[me.language],
        far=apart(me.language, into.metres),
    )
    if report.category != into.category:
        text = lines(text, say(me.language, "merge-other-kind"))
    yes = Button(plain(me.language, "button-merge-yes"), Merge(report.id, into.report_id).pack())
    return Card(text=text, rows=((yes,), (Button(plain(me.language, "button-back"), ChooseMerge(report.id).pack()),)))


def _to_merge(report: ReportRecord, near: Sequence[NearReport]) -> list[Button]:
    return [
        Button(f"{category(one.category).icon} {number(one.report_id)}", AskMerge(report.id, one.report_id).pack())
        for one in near
    ]


def goes_on(me: Me, report_id: int, into_id: int) -> Markup:
    """As which one a report that was merged goes on."""
    return say(me.language, "goes-on", number=number(report_id), into=number(into_id))


def _line(one: NearReport, me: Me, *, now: datetime, zone: ZoneInfo) -> Markup:
    kind = category(one.category)
    return say(
        me.language,
        "near-line",
        icon=kind.icon,
        number=number(one.report_id),
        category=kind.names[me.language],
        metres=one.metres,
        when=moment(me.language, one.filed_at, now=now, zone=zone),
    )
