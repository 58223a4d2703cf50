"""The audit log: on an administrator's phone, and as an Excel file."""

import json
from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from markupsafe import Markup

from storage.kinds import Language
from storage.records import AuditRecord, Me, number
from views import fairness
from views.actions import ShowAudit
from views.card import Card
from views.format import lines, moment, shorten
from views.paged import turn
from views.texts import has, plain, say
from views.workbooks import MOMENT, Column, Sheet, Value, Workbook

WORDS = 80
"""UTF-16 units of what was said that a line shows."""
COLUMNS: tuple[tuple[str, int, str | None], ...] = (
    ("column-when", 18, MOMENT),
    ("column-who", 24, None),
    ("column-deed", 28, None),
    ("column-about", 24, None),
    ("column-report", 12, None),
    ("column-facts", 60, None),
)


def page(found: Sequence[AuditRecord], me: Me, *, at: int, pages: int, now: datetime, zone: ZoneInfo) -> Card:
    """Newest first."""
    if not found:
        return Card(text=say(me.language, "audit-none"))
    told = [_line(one, me.language, now=now, zone=zone) for one in found]
    text = lines(say(me.language, "audit-title"), *told)
    return Card(text=text, rows=turn(me, ShowAudit, at=at, pages=pages))


def workbook(found: Sequence[AuditRecord], language: Language, *, zone: ZoneInfo) -> Workbook:
    """All of it, in one sheet."""
    columns = tuple(Column(plain(language, key), width, shown_as) for key, width, shown_as in COLUMNS)
    rows = tuple(_row(one, language, zone) for one in found)
    return Workbook((Sheet(plain(language, "sheet-audit"), columns, rows),))


def _line(one: AuditRecord, language: Language, *, now: datetime, zone: ZoneInfo) -> Markup:
    about = [_who(one.person_id, one.person_name, language)] if one.person_id is not None else []
    about += [number(one.report_id)] if one.report_id is not None else []
    return say(
        language,
        "audit-line",
        when=moment(language, one.at, now=now, zone=zone),
        who=_who(one.by_id, one.by_name, language),
        what=" · ".join((plain(language, f"deed-{one.deed}"), *about, *_facts(one, language, most=WORDS))),
    )


def _row(one: AuditRecord, language: Language, zone: ZoneInfo) -> tuple[Value, ...]:
    return (
        one.at.astimezone(zone).replace(tzinfo=None),
        _who(one.by_id, one.by_name, language),
        plain(language, f"deed-{one.deed}"),
        _who(one.person_id, one.person_name, language) if one.person_id is not None else "",
        number(one.report_id) if one.report_id is not None else "",
        json.dumps(one.facts, ensure_ascii=False) if one.facts else "",
    )


def _who(person_id: int | None, name: str | None, language: Language) -> str:
    if person_id is None:
        return plain(language, "audit-house")
    return name or plain(language, "audit-person", id=str(person_id))


def _facts(one: AuditRecord, language: Language, *, most: int) -> list[str]:
    """What a line has room for: words, a role, grids, a post, the reports that it is about."""
    told = [shorten(" ".join(str(one.facts["words"]).split()), most=most)] if "words" in one.facts else []
    role = f"role-{one.facts.get('role')}"
    told += [plain(language, role)] if has(language, role) else []
    told += [plain(language, "between").join(one.facts["grids"][:8])] if one.facts.get("grids") else []
    told += [one.facts["land"]] if "land" in one.facts else []
    told += [plain(language, f"warning-{one.facts['kind']}")] if "warning" in one.facts else []
    told += ["→ " + number(one.facts["into"])] if "into" in one.facts else []
    told += [fairness.numbers(one.facts["reports"], language)] if "reports" in one.facts else []
    return told
