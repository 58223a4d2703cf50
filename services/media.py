"""Which attachments are still to be fetched from Telegram, and what follows when one was, or could not be.

The fetching itself is the bot's (`bot/fetching.py`). An attachment that is being fetched is on a lease: its `fetch_at`
lies ahead, so that no other process takes it, and one that was killed loses it soon.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, case, select, update
from sqlalchemy.orm import Session

from services import drafts, lifecycle, pictures, same_picture
from services.county import County
from storage.kinds import AttachmentKind, MediaState
from storage.media import Picture
from storage.prepared import Prepared
from storage.schema import Attachment

LEASE = timedelta(seconds=20)
"""How long a fetch is left alone by others; a longer one renews it."""
WAITS = (
    timedelta(seconds=2),
    timedelta(seconds=10),
    timedelta(minutes=1),
    timedelta(minutes=10),
    timedelta(hours=1),
    timedelta(hours=6),
)
"""Before the next try, after each failed one; the last is for all that follow."""

_columns = Attachment.__table__.c

_DUE = Prepared(
    select(_columns.id, _columns.kind, _columns.file_id, _columns.fetch_attempts)
    .where(_columns.media_state == MediaState.WAITING, _columns.fetch_at <= bindparam("now"))
    # a draft waits for what an image file carries
    .order_by(case((_columns.kind == AttachmentKind.IMAGE_FILE, 0), else_=1), _columns.fetch_at, _columns.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_LEASE = Prepared(
    update(Attachment.__table__)  # type: ignore[arg-type]
    .where(
        _columns.id == bindparam("wanted"),
        _columns.file_id == bindparam("file"),
        _columns.media_state == MediaState.WAITING,
    )
    .values(fetch_at=bindparam("until"))
)
_BELONGS_TO = Prepared(
    select(_columns.person_id, _columns.draft_id, _columns.report_id).where(_columns.id == bindparam("wanted"))
)
_NEXT = Prepared(
    select(_columns.fetch_at).where(_columns.media_state == MediaState.WAITING).order_by(_columns.fetch_at).limit(1)
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """An attachment to be fetched."""

    attachment_id: int
    kind: AttachmentKind
    file_id: str
    attempts: int  # failed ones so far


def claim(session: Session, *, now: datetime, most: int) -> list[Wanted]:
    """Take attachments that are due, image files first, for the length of a lease."""
    rows = _DUE.all(session, now=now, most=most)
    taken = [Wanted(row.id, row.kind, row.file_id, row.fetch_attempts) for row in rows]
    renew(session, held=taken, now=now)
    return taken


def renew(session: Session, *, held: Sequence[Wanted], now: datetime) -> None:
    """Make the leases of what is still being fetched last longer."""
    if held:
        leases = [{"wanted": one.attachment_id, "file": one.file_id, "until": now + LEASE} for one in held]
        _LEASE.run_all(session, leases)


def next_fetch(session: Session) -> datetime | None:
    """When the next attachment is due (a moment that is past: at once); None: nothing waits."""
    due: datetime | None = _NEXT.scalar(session)
    return due


def take(session: Session, *, now: datetime, most: int) -> tuple[list[Wanted], datetime | None]:
    """`claim`, and then `next_fetch`."""
    return claim(session, now=now, most=most), next_fetch(session)


def stored(
    session: Session, *, wanted: Wanted, media_hash: str, picture: Picture | None, county: County, now: datetime
) -> None:
    """The file is in the media folder; ``picture`` is what was read from it, None for a video or voice message."""
    attachment = _lock(session, wanted)
    if attachment is None:
        return
    attachment.media_state, attachment.media_hash = MediaState.STORED, media_hash
    if picture is not None and picture.looks is not None:
        same_picture.keep(session, attachment, picture.looks, now=now)
    if attachment.kind is AttachmentKind.IMAGE_FILE and picture is not None:
        pictures.read(session, attachment=attachment, picture=picture, county=county, now=now)


def bad(session: Session, *, wanted: Wanted, county: County, now: datetime) -> None:
    """What was sent as a picture is none."""
    attachment = _lock(session, wanted)
    if attachment is None:
        return
    attachment.media_state = MediaState.BAD
    if attachment.kind is AttachmentKind.IMAGE_FILE:
        pictures.bad(session, attachment=attachment, county=county, now=now)


def failed(
    session: Session,
    *,
    wanted: Wanted,
    county: County,
    now: datetime,
    gone: bool = False,
    retry_at: datetime | None = None,
) -> None:
    """The file could not be fetched.

    Args:
        session: the store's.
        wanted: what was to be fetched.
        county: the map, for a draft that may now go on without what the file would have said.
        now: the moment.
        gone: there is no use in trying again.
        retry_at: when to try again, if that was named; else the wait grows with the attempts.
    """
    attachment = _lock(session, wanted)
    if attachment is None:
        return
    is_first = attachment.fetch_attempts == 0
    wait = WAITS[min(attachment.fetch_attempts, len(WAITS) - 1)]
    attachment.fetch_attempts += 1
    attachment.fetch_at = retry_at or now + wait
    if gone:
        attachment.media_state = MediaState.GONE
    if attachment.kind is not AttachmentKind.IMAGE_FILE:
        return
    if gone:
        pictures.bad(session, attachment=attachment, county=county, now=now)
    elif is_first:
        pictures.unread(session, attachment=attachment, county=county, now=now)


def _lock(session: Session, wanted: Wanted) -> Attachment | None:
    """The attachment, if it still waits to be fetched; nobody else can change it meanwhile.

    Its number alone will not do: a draft may have been thrown away and SQLite may have given the number anew.
    """
    its = _BELONGS_TO.first(session, wanted=wanted.attachment_id)
    if its is not None and its.report_id is not None:  # first what it belongs to, as everywhere
        lifecycle.hold(session, [its.report_id])
    elif its is not None and its.draft_id is not None:
        drafts.load(session, its.person_id)
    return session.scalar(
        select(Attachment)
        .where(
            Attachment.id == wanted.attachment_id,
            Attachment.file_id == wanted.file_id,
            Attachment.media_state == MediaState.WAITING,
        )
        .with_for_update()
    )
