"""The place of a draft: what its sender said, or else what a picture says of itself."""

from collections.abc import Sequence

from services.county import County, check_place
from services.draft_contents import File, shown
from services.drafts import OpenDraft
from services.errors import BadPlace
from services.parts import Place
from services.words import clean_name
from storage.kinds import PlaceSource


def put_place(draft: OpenDraft, place: Place, county: County) -> str | None:
    """Put the place in; return the key of what is wrong with it, if it is not.

    One outside the county is put in only while there is no better one: it is shown as such and not used, unless the
    county's map turns out to reach there.
    """
    try:
        check_place(place.latitude, place.longitude)
    except BadPlace as problem:
        return problem.key
    is_inside = county.contains(place.latitude, place.longitude)
    if not is_inside and draft.latitude is not None and not draft.is_outside:
        return "error-outside"
    name = clean_name(place.name, most=300) if place.name else None
    set_place(draft, (place.latitude, place.longitude), place.source, name=name, is_outside=not is_inside)
    return None


def place_by_picture(draft: OpenDraft, files: Sequence[File], county: County) -> None:
    """Where the person has sent no place that can be used, the first picture's that can; it goes with its picture."""
    is_sent = draft.place_source not in (None, PlaceSource.EXIF)
    if is_sent and not draft.is_outside:
        return
    if is_sent and draft.latitude is not None and draft.longitude is not None:
        draft.is_outside = not county.contains(draft.latitude, draft.longitude)  # the map may be a new one
        if not draft.is_outside:
            return
    places = [(f.latitude, f.longitude) for f in shown(files) if f.latitude is not None]
    inside = next((place for place in places if county.contains(*place)), None)
    if inside is not None:
        set_place(draft, inside, PlaceSource.EXIF)
    elif places and not is_sent:
        set_place(draft, places[0], PlaceSource.EXIF, is_outside=True)
    elif not is_sent:
        set_place(draft, (None, None), None)


def set_place(
    draft: OpenDraft,
    place: tuple[float | None, float | None],
    source: PlaceSource | None,
    *,
    name: str | None = None,
    is_outside: bool = False,
) -> None:
    """Put it into the draft as it is; no place at all is a pair of none."""
    draft.latitude, draft.longitude = place
    draft.place_source, draft.place_name, draft.is_outside = source, name, is_outside
