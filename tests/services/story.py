"""A county in which anybody may do anything at any time: what `test_any_story.py` lets Hypothesis tell stories with.

Each step is one unit of work. A step that the rules refuse must leave everything as it was; after each step the
promises of `promises.py` must hold.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from services import briefs, delivery, dispatch, duty, intake, invites, people, reports, talk
from services.county import County
from services.errors import DomainError
from storage import outbox
from storage.kinds import Language, Message, OutboxState, PlaceSource, Role, Stage
from storage.outbox import Claimed, Settlement
from storage.schema import Base, Person, Report
from tests import county
from tests.moment import NOW
from tests.services import promises
from tests.services.scene import file, pin
from views import messages
from views.card import Card

T = TypeVar("T")
ZONE = ZoneInfo("Asia/Shanghai")
REPORTERS = 2
STAFF: tuple[dict[str, Any], ...] = (
    {"role": Role.OFFICER, "grid_code": "A-01", "is_primary": True},
    {"role": Role.OFFICER, "grid_code": "A-01", "is_primary": False},
    {"role": Role.OFFICER, "grid_code": "A-02", "is_primary": True},
    {"role": Role.OFFICER, "grid_code": "B-01", "is_primary": True},
    {"role": Role.DESK},
    {"role": Role.ADMIN},
)
PLACES = (county.IN_A1, county.IN_A2, county.IN_B1, county.IN_GAP, county.OUTSIDE)
WORDS = ("water leak", "着火了", "<b>&", "\u200b", "odd")
BY_REPORTERS = ("withdraw", "words", "category", "place", "answer", "join", "new", "no photo", "start over")
BY_STAFF = ("accept", "accept", "decline", "resolve", "reject", "ask", "on", "off", "block", "unblock", "write", "join")

reporters = st.integers(0, REPORTERS - 1)
staff = st.integers(0, len(STAFF) - 1)
numbers = st.integers(0, 5)  # of a report, counted from the newest
words = st.sampled_from(WORDS)
places = st.sampled_from(PLACES)


class Story(RuleBasedStateMachine):
    """What people do; where it is stored is said by who inherits it."""

    def run(self, fn: Callable[..., T], **arguments: Any) -> T:
        """One unit of work: all or nothing."""
        raise NotImplementedError

    @initialize(there=st.sets(staff, min_size=1))
    def begin(self, there: set[int]) -> None:
        self.now, self.message, self.token = NOW, 100, 0
        self.county: County = self.run(county.build)
        self.reporters = [self.run(self._person, number=10 + n) for n in range(REPORTERS)]
        self.staff = [self.run(self._person, number=20 + n) for n in range(len(STAFF))]
        self.on_its_way: list[tuple[Claimed, Card | None]] = []
        self.screens: dict[tuple[int, int], Card] = {}
        self.past: promises.Past = {}
        for who in sorted(there):
            self._join(who)

    def _person(self, session: Session, *, number: int) -> int:
        person = Person(telegram_id=number, name=f"Person {number}", language=Language.EN, joined_at=NOW)
        session.add(person)
        session.flush()
        return person.id

    def step(self, fn: Callable[..., Any], **arguments: Any) -> Any:
        """Somebody does something, a second after what was before; it may be refused."""
        self.now += timedelta(seconds=1)
        try:
            return self.run(fn, now=self.now, **arguments)
        except DomainError:
            return None

    def _number(self, back: int) -> int:
        """A report's number, counted from the newest."""
        return max(1, self.run(self._newest) - back)

    def _newest(self, session: Session) -> int:
        return session.scalar(select(func.max(Report.id))) or 0

    # -- reporters --

    @rule(who=reporters, at=places, said=words, is_new=st.booleans())
    def report(self, who: int, at: tuple[float, float], said: str, is_new: bool) -> None:
        self._send(who, self._photo(caption=said))
        if is_new:
            self.step(intake.answer_join, person_id=self.reporters[who], joins=False, county=self.county)
        self._send(who, pin(at))

    @rule(who=reporters, part=st.sampled_from(("photo", "album", "place", "words")), at=places, said=words)
    def send_a_part(self, who: int, part: str, at: tuple[float, float], said: str) -> None:
        album = {"media_group_id": f"album {who}"} if part == "album" else {}
        parts = {"place": pin(at), "words": intake.Words(said)}
        self._send(who, parts.get(part) or self._photo(**album))

    @rule(who=reporters, what=st.sampled_from(BY_REPORTERS), report=numbers, at=places, said=words)
    def a_reporter_acts(self, who: int, what: str, report: int, at: tuple[float, float], said: str) -> None:
        me = {"person_id": self.reporters[who]}
        mine = {**me, "report_id": self._number(report)}
        where = {"latitude": at[0], "longitude": at[1], "source": PlaceSource.PIN, "place_name": None}
        steps: dict[str, tuple[Callable[..., Any], dict[str, Any]]] = {
            "withdraw": (reports.withdraw, mine),
            "words": (reports.add_words, {**mine, "words": said}),
            "category": (reports.change_category, {**mine, "code": "fire" if report % 2 else "road"}),
            "place": (reports.change_place, {**mine, **where, "county": self.county}),
            "answer": (talk.answer, {**mine, "words": said}),
            "join": (intake.answer_join, {**me, "joins": True, "county": self.county}),
            "new": (intake.answer_join, {**me, "joins": False, "county": self.county}),
            "no photo": (intake.without_photo, {**me, "county": self.county}),
            "start over": (intake.discard, me),
        }
        step, arguments = steps[what]
        self.step(step, **arguments)

    def _send(self, who: int, part: intake.Part) -> None:
        self.step(intake.take, person_id=self.reporters[who], part=part, county=self.county)

    def _photo(self, **facts: Any) -> intake.File:
        self.message += 1
        return file(self.message, **facts)

    # -- officers, desk, administrators --

    @rule(who=staff, what=st.sampled_from(BY_STAFF), report=numbers, of_mine=st.booleans())
    def one_of_the_staff_acts(self, who: int, what: str, report: int, of_mine: bool) -> None:
        me = self.staff[who]
        cases = self.run(briefs.my_cases, person_id=me, page=0)[0]
        number = cases[0].id if cases and of_mine else self._number(report)
        case = {"report_id": number, "officer_id": me}
        proof = intake.attachment_of(me, self._photo(), stage=Stage.AFTER, now=self.now)
        update = {"name": "", "language_code": "en", "default_language": Language.EN, "admin_ids": frozenset()}
        steps: dict[str, tuple[Callable[..., Any], dict[str, Any]]] = {
            "accept": (dispatch.accept, case),
            "decline": (dispatch.decline, {**case, "why": "away"}),
            "resolve": (dispatch.resolve, {**case, "proof": proof, "words": None}),
            "reject": (dispatch.reject, {**case, "why": "none"}),
            "ask": (talk.ask, {**case, "words": "Which door?"}),
            "on": (duty.switch, {"person_id": me, "on_duty": True}),
            "off": (duty.switch, {"person_id": me, "on_duty": False}),
            "block": (dispatch.reachability, {"person_id": me, "is_reachable": False}),
            "unblock": (dispatch.reachability, {"person_id": me, "is_reachable": True}),
            "write": (people.arrive, {**update, "telegram_id": 20 + who, "update_id": 0}),
        }
        if what == "join":
            self._join(who)
        else:
            step, arguments = steps[what]
            self.step(step, **arguments)

    def _join(self, who: int) -> None:
        self.token += 1
        self.step(invites.make, token=str(self.token), **STAFF[who])
        self.step(invites.redeem, token=str(self.token), person_id=self.staff[who])

    # -- the relay --

    @rule(most=st.integers(1, 5))
    def take_messages_to_send(self, most: int) -> None:
        self.now += timedelta(seconds=1)
        for claimed in self.run(outbox.claim, now=self.now, most=most):
            brief = self.run(briefs.load, claimed=claimed)
            self.on_its_way.append((claimed, messages.render(brief, now=NOW, zone=ZONE) if brief else None))

    @rule()
    def messages_arrive(self) -> None:
        settlements = [self._arrived(claimed, card) for claimed, card in self.on_its_way]
        self.step(delivery.settle, settlements=settlements)
        self.on_its_way = []

    def _arrived(self, claimed: Claimed, card: Card | None) -> Settlement:
        if card is None:
            return Settlement(claimed.id, OutboxState.CANCELLED)
        message_id = card.edits or 10_000 + claimed.id
        if claimed.message in (Message.ALERT, Message.RECEIPT, Message.CARD):
            self.screens[claimed.person_id, message_id] = card
        return Settlement(claimed.id, OutboxState.DELIVERED, sent=(message_id,))

    @rule()
    def everything_is_delivered(self) -> None:
        for _ in range(20):
            self.messages_arrive()
            self.take_messages_to_send(most=1000)
            if not self.on_its_way:
                break
            self.now += timedelta(seconds=1)
        self.run(promises.screens_are_true, screens=self.screens)

    # -- what must hold at any time --

    @invariant()
    def every_report_is_somewhere(self) -> None:
        self.run(promises.every_report_is_somewhere)

    @invariant()
    def every_history_is_a_path_and_only_grows(self) -> None:
        self.past = self.run(promises.every_history_is_a_path, past=self.past)

    @invariant()
    def who_is_owed_a_message_has_it(self) -> None:
        self.run(promises.who_is_owed_a_message_has_it)


TABLES = tuple(reversed(Base.metadata.sorted_tables))
