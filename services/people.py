"""People: who an update comes from, what they chose, whether they can be reached."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, exists, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from services import audit, ledger, notices, presence
from services.errors import NotAllowed
from services.team_names import MOST_TEAM
from services.words import clean, clean_name
from storage.kinds import Deed, Language, ReporterKind, Role
from storage.prepared import Prepared
from storage.records import Me
from storage.schema import Conversation, HandledUpdate, Person, PersonRole

_p = Person.__table__.c
_c = Conversation.__table__.c
_role = PersonRole.__table__.c

_ARRIVE = Prepared(
    select(
        _p.id,
        _p.telegram_id,
        _p.name,
        _p.language,
        _p.kind,
        _p.team,
        _p.platform,
        _p.on_duty,
        _p.is_reachable,
        _p.menu,
        _c.state,
        _c.data,
        select(HandledUpdate.update_id)
        .where(HandledUpdate.update_id == bindparam("update_id"))
        .exists()
        .label("is_handled"),
        _role.role,  # a row for each
    )
    .outerjoin(PersonRole.__table__, _role.person_id == _p.id)
    .outerjoin(
        Conversation,
        (_c.chat_id == _p.telegram_id) & (_c.user_id == _p.telegram_id) & (_c.destiny == "default"),
    )
    .where(_p.telegram_id == bindparam("telegram_id"))
)
_NEW = {
    dialect: insert(Person.__table__).on_conflict_do_nothing(index_elements=["telegram_id"])  # type: ignore[arg-type]
    for dialect, insert in (("sqlite", sqlite.insert), ("postgresql", postgresql.insert))
}
_ASKED = Prepared(
    update(Person.__table__)  # type: ignore[arg-type]
    .where(
        _p.id == bindparam("person_id"),
        _p.kind.is_(None),
        _p.was_asked_kind.is_(False),
        ~exists().where(_role.person_id == _p.id),
    )
    .values(was_asked_kind=True)
)


@dataclass(frozen=True, slots=True)
class Arrival:
    """What the store knows when an update comes in."""

    me: Me
    state: str | None  # of the dialog, if one is going on
    data: dict[str, Any]
    is_handled: bool  # this update took effect before
    is_new: bool  # never seen before


def language_of(code: str | None, default: Language) -> Language:
    """The language for a Telegram `language_code`: `zh*` is Chinese, none is the default, all else English."""
    if not code:
        return default
    return Language.ZH if code.lower().startswith("zh") else Language.EN


def chosen_language(session: Session, *, telegram_id: int) -> Language | None:
    """What the person is spoken to in; None: nobody we know."""
    return session.scalar(select(Person.language).where(Person.telegram_id == telegram_id))


def arrive(
    session: Session,
    *,
    telegram_id: int,
    name: str,
    language_code: str | None,
    default_language: Language,
    admin_ids: frozenset[int],
    update_id: int,
    now: datetime,
    is_back: bool = True,
    pressed: int | None = None,
    task: int | None = None,
) -> Arrival:
    """Find (or make) the person of an update, with the dialog's state.

    ``is_back``: the update shows that the person can be reached (all do but `my_chat_member`). ``pressed``: the report
    that the pressed button belongs to; ``task``: likewise.
    """
    name = clean_name(name)
    rows = _ARRIVE.all(session, telegram_id=telegram_id, update_id=update_id)
    is_new = not rows
    if is_new:
        connection = session.connection()
        connection.execute(
            _NEW[connection.dialect.name],
            {
                "telegram_id": telegram_id,
                "name": name,
                "language": language_of(language_code, default_language),
                "is_reachable": True,
                "on_duty": True,
                "joined_at": now,
            },
        )
        rows = _ARRIVE.all(session, telegram_id=telegram_id, update_id=update_id)
    row = rows[0]
    is_reachable = row.is_reachable or is_back
    if row.name != name or is_reachable != row.is_reachable:
        session.execute(update(Person).where(Person.id == row.id).values(name=name, is_reachable=is_reachable))
    roles = frozenset(one.role for one in rows if one.role is not None)
    is_new_admin = telegram_id in admin_ids and Role.ADMIN not in roles
    if is_new_admin:
        grant(session, person_id=row.id, role=Role.ADMIN, now=now)
        roles |= {Role.ADMIN}
    if is_new_admin or (roles and is_reachable and not row.is_reachable):
        presence.rescue(session, now=now)  # somebody more can be asked
    if pressed is not None:
        ledger.opened(session, report_id=pressed, person_id=row.id, now=now)
    if task is not None:
        ledger.task_opened(session, task_id=task, person_id=row.id, now=now)
    me = Me(
        id=row.id,
        telegram_id=telegram_id,
        name=name,
        language=row.language,
        kind=row.kind,
        team=row.team,
        platform=row.platform,
        roles=roles,
        on_duty=row.on_duty,
        is_reachable=is_reachable,
        menu=row.menu,
    )
    return Arrival(me, row.state, row.data or {}, row.is_handled, is_new)


def load_me(session: Session, *, person_id: int) -> Me:
    """The person as views want it."""
    person = session.get_one(Person, person_id)
    roles = session.scalars(select(PersonRole.role).where(PersonRole.person_id == person_id))
    return Me(
        id=person.id,
        telegram_id=person.telegram_id or 0,
        name=person.name,
        language=person.language,
        kind=person.kind,
        team=person.team,
        platform=person.platform,
        roles=frozenset(roles),
        on_duty=person.on_duty,
        is_reachable=person.is_reachable,
        menu=person.menu,
    )


def grant(session: Session, *, person_id: int, role: Role, now: datetime, by: int | None = None) -> None:
    """Give a role; nothing happens when the person has it already. ``by`` is for the audit log."""
    if session.get(PersonRole, (person_id, role)) is None:
        session.add(PersonRole(person_id=person_id, role=role, granted_at=now))
        session.flush()
        audit.note(session, Deed.ROLE_GRANTED, by=by, person_id=person_id, facts={"role": str(role)}, now=now)


def require(session: Session, *, person_id: int, role: Role) -> None:
    """Check a role.

    Raises:
        NotAllowed: the person lacks it.
    """
    if session.get(PersonRole, (person_id, role)) is None:
        raise NotAllowed(role=role)


def has_any(session: Session, person_id: int, *roles: Role) -> bool:
    """Whether the person has one of these roles."""
    held = select(PersonRole.role).where(PersonRole.person_id == person_id, PersonRole.role.in_(roles))
    return session.scalar(held.limit(1)) is not None


def administrators(session: Session) -> list[int]:
    """All of them, in one order."""
    chosen = select(PersonRole.person_id).where(PersonRole.role == Role.ADMIN)
    return list(session.scalars(chosen.order_by(PersonRole.person_id)))


def check_role(session: Session, *, person_id: int, role: Role, now: datetime) -> None:
    """`require` as a unit of work."""
    require(session, person_id=person_id, role=role)


def choose_language(session: Session, *, person_id: int, language: Language, now: datetime) -> Me:
    """Speak this language with the person from now on."""
    session.get_one(Person, person_id).language = language
    session.flush()
    return load_me(session, person_id=person_id)


def choose_kind(session: Session, *, person_id: int, kind: ReporterKind, now: datetime) -> Me:
    """Note whether the person is a resident or a rider."""
    person = session.get_one(Person, person_id)
    person.kind = kind
    if kind is ReporterKind.RESIDENT:
        person.team = person.platform = None
    session.flush()
    return load_me(session, person_id=person_id)


def choose_platform(session: Session, *, person_id: int, platform: str, now: datetime) -> Me:
    """Note which platform a rider rides for."""
    session.get_one(Person, person_id).platform = clean(platform, most=40)
    session.flush()
    return load_me(session, person_id=person_id)


def forget_team(session: Session, *, person_id: int) -> str | None:
    """The rider has said no team after all; return what stood for it."""
    person = session.get_one(Person, person_id)
    team, person.team = person.team, None
    session.flush()
    return team


def choose_team(session: Session, *, person_id: int, team: str, now: datetime) -> Me:
    """Note a rider's team.

    Raises:
        NoWords, WordsTooLong: it is empty or too long.
    """
    session.get_one(Person, person_id).team = clean(team, most=MOST_TEAM)
    session.flush()
    return load_me(session, person_id=person_id)


def note_asked_kind(session: Session, *, person_id: int, now: datetime) -> None:
    """The person is being asked what he is."""
    session.get_one(Person, person_id).was_asked_kind = True


def ask_kind_once(session: Session, *, person_id: int, now: datetime) -> None:
    """Ask what the person is, if he has not said so, has no role that says it, and was never asked."""
    if _ASKED.run(session, person_id=person_id):
        notices.ask_kind(session, person_id, now=now)


def remember_menu(session: Session, *, person_id: int, menu: str) -> None:
    """Note which commands Telegram shows to the person now."""
    session.get_one(Person, person_id).menu = menu


def standings(session: Session, *, telegram_ids: Collection[int]) -> dict[int, tuple[ReporterKind | None, set[Role]]]:
    """How each of these describes himself, and the roles that he has; who has not begun is left out."""
    asked = select(Person.telegram_id, Person.kind, PersonRole.role).outerjoin(
        PersonRole, PersonRole.person_id == Person.id
    )
    found: dict[int, tuple[ReporterKind | None, set[Role]]] = {}
    for telegram_id, kind, role in session.execute(asked.where(Person.telegram_id.in_(telegram_ids))):
        assert telegram_id is not None
        roles = found.setdefault(telegram_id, (kind, set()))[1]
        if role is not None:
            roles.add(role)
    return found


def count(session: Session) -> int:
    """How many people the store knows."""
    return session.scalar(select(func.count(Person.id))) or 0
