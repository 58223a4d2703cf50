"""Pictures of a draft that were taken at another place than it is about: a second hazard, perhaps."""

from collections.abc import Sequence

from services import distance
from services.county import County
from services.draft_contents import File
from services.drafts import OpenDraft
from storage.records import Elsewhere


def find(draft: OpenDraft, files: Sequence[File], county: County | None) -> tuple[Elsewhere, tuple[int, ...]] | None:
    """The first one that is too far away to be of the same thing, with those taken where it was; and their ids.

    Those outside the county cannot be reported, so nothing is asked about them; without a map they are found, too.
    """
    if draft.latitude is None or draft.longitude is None:
        return None
    here = draft.latitude, draft.longitude
    first: distance.Point | None = None
    its: list[File] = []
    for file in files:
        if file.latitude is None or file.longitude is None:
            continue
        there = file.latitude, file.longitude
        if distance.metres(here, there) <= distance.REACH or (county is not None and not county.contains(*there)):
            continue
        if first is None or distance.metres(first, there) <= distance.REACH:
            first = first or there
            its.append(file)
    if first is None:
        return None
    apart = round(distance.metres(here, first))
    return Elsewhere(its[0].message_id, len(its), apart, first), tuple(file.id for file in its)
