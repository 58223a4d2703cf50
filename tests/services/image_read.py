"""Image files that were fetched and read: what they say of themselves."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from services import pictures
from services.county import County
from services.parts import File
from storage.kinds import MediaState
from storage.schema import Attachment
from tests.moment import NOW
from tests.services.scene import Scene


@dataclass(frozen=True)
class Seen:
    """What was read from a file."""

    place: tuple[float, float] | None = None
    taken_at: datetime | None = None


def _read(
    session: Session, *, file: File | None, state: MediaState, picture: Seen | None, county: County, now: datetime
) -> None:
    """One file, else the newest, was fetched (or not)."""
    chosen = select(Attachment).order_by(Attachment.id.desc())
    row = session.scalars(chosen.where(Attachment.message_id == file.message_id) if file else chosen).first()
    assert row is not None
    row.media_state = state
    if picture is not None:
        pictures.read(session, attachment=row, picture=picture, county=county, now=now)
    elif state is MediaState.WAITING:
        row.fetch_attempts = 1
        pictures.unread(session, attachment=row, county=county, now=now)
    else:
        pictures.bad(session, attachment=row, county=county, now=now)


async def read(
    scene: Scene,
    picture: Seen | None = None,
    *,
    file: File | None = None,
    state: MediaState = MediaState.STORED,
    now: datetime = NOW,
) -> None:
    """The newest file, or this one, was fetched."""
    await scene.do(_read, file=file, state=state, picture=picture, county=scene.county, now=now)
