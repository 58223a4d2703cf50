"""Where a fix was proved, as cards and timelines say it."""

from typing import Any

from markupsafe import Markup

from storage.kinds import EventKind
from storage.records import Me, ReportRecord
from views.format import apart, shorten
from views.texts import has, plain, say

TOLD = 60
"""UTF-16 units of a reason in words that a line shows."""


def place_of_proof(report: ReportRecord, me: Me) -> Markup | None:
    """How far from the report the newest fix was proved, and why; None: there is none, or nobody said."""
    facts = next((event.facts for event in reversed(report.events) if event.kind is EventKind.RESOLVED), None)
    return None if facts is None else of_event(facts, me)


def looks_same(report: ReportRecord, me: Me) -> Markup | None:
    """That the picture of the newest fix is one of the hazard, for who judges it; None: it is not."""
    kinds = [event.kind for event in report.events if event.kind in (EventKind.RESOLVED, EventKind.FIX_LOOKS_SAME)]
    return say(me.language, "proof-looks-same") if kinds and kinds[-1] is EventKind.FIX_LOOKS_SAME else None


def of_event(facts: dict[str, Any], me: Me) -> Markup | None:
    """The same of one fix; ``facts`` as `services/proofs.py` has them."""
    metres, why = facts.get("metres"), facts.get("why")
    reason = _reason(me, str(why)) if why else None
    if isinstance(metres, int):
        far = apart(me.language, metres)
        return say(me.language, "proof-far", far=far, why=reason) if reason else say(me.language, "proof-near", far=far)
    return say(me.language, "proof-without-place", why=reason) if reason else None


def _reason(me: Me, why: str) -> str:
    key = f"why-proof-{why}"
    return plain(me.language, key) if has(me.language, key) else shorten(" ".join(why.split()), most=TOLD)
