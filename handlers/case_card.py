"""The card of a case once more, after a press."""

from handlers.here import Here
from services import briefs
from storage.records import Me
from storage.work import Work
from views import cases
from views.card import Card


async def case_card(work: Work, me: Me, here: Here, report_id: int) -> Card:
    """As the report stands now, with what this person may do with it."""
    report = await work.look(briefs.report_for, report_id=report_id, person_id=me.id)
    return cases.card(report, me, now=work.now, zone=here.zone)
