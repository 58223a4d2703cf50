"""A county in which anybody may do anything at any time: what `test_any_story.py` lets Hypothesis tell stories with.

Each step is one unit of work. A step that the rules refuse must leave everything as it was; after each step the
promises of `promises.py` must hold.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from hypothesis import note
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from services import (
    again,
    asking,
    delivery,
    dispatch,
    duty,
    escalation,
    fairness,
    following,
    intake,
    invites,
    lifecycle,
    merging,
    outgoing,
    people,
    presence,
    proofs,
    reports,
    talk,
    verdicts,
    waiting,
    withdrawing,
)
from services.cases import open_case
from services.county import County
from services.errors import DomainError
from services.parts import File, Part, Words, attachment_of
from services.proofs import Proof, Standing
from storage import outbox
from storage.kinds import (
    Language,
    Level,
    Message,
    OfferState,
    OutboxState,
    PlaceSource,
    Role,
    Stage,
    Status,
    WaitingFor,
)
from storage.outbox import Claimed, Settlement
from storage.schema import Offer, Person, Post, Report
from tests import county
from tests.moment import NOW
from tests.services import promises
from tests.services.scene import file, pin
from views import messages
from views.card import Card

T = TypeVar("T")
SHOWN = (Message.ALERT, Message.CASE, Message.RAISED, Message.RECEIPT, Message.RESOLVED, Message.CARD)
ZONE = ZoneInfo("Asia/Shanghai")
HOUR = timedelta(hours=1)
REPORTERS = 2
STAFF: tuple[dict[str, Any], ...] = (
    {"role": Role.OFFICER, "grids": ["A-01"], "is_primary": True},
    {"role": Role.OFFICER, "grids": ["A-01"], "is_primary": True},
    {"role": Role.OFFICER, "grids": ["A-01"], "is_primary": False},
    {"role": Role.OFFICER, "grids": ["A-02"], "is_primary": True},
    {"role": Role.OFFICER, "grids": ["B-01"], "is_primary": True},
    {"role": Role.DESK},
    {"role": Role.ADMIN},
    {"role": Role.LEAD},
)
FOLLOWERS = 1
PLACES = (county.IN_A1, county.IN_A2, county.IN_B1, county.IN_GAP, county.OUTSIDE)
ADDING = (following.same, merging.merge, merging.merge_own, reports.add)
"""What adds to a report, or puts two together: nobody who has the trouble may lose by it."""
WORDS = ("water leak", "水管爆了", "着火了", "<b>&", "\u200b", "odd")
BY_REPORTERS = ("withdraw", "words", "category", "place", "answer", "taken as answer", "join", "new")
BY_REPORTERS += ("no photo", "start over", "dispute", "dispute", "same", "same", "another", "unfollow", "merge own")
ON_A_CASE = (
    "accept",
    "accept",
    "decline",
    "resolve",
    "resolve",
    "also",
    "reject",
    "ask",
    "ask",
    "open",
    "off",
    "block",
    "wait",
    "go on",
    "false",
    "merge",
)
ON_A_FIX = ("fixed", "fixed", "not fixed", "not fixed", "shown", "rate", "again", "words", "decide", "decide", "again")
BY_STAFF = ("accept", "decline", "resolve", "on", "off", "on", "off", "block", "unblock", "write", "write", "join")
BY_STAFF += ("judge", "judge")


class Story(RuleBasedStateMachine):
    """What people do; where it is stored is said by who inherits it."""

    def run(self, fn: Callable[..., T], **arguments: Any) -> T:
        """One unit of work: all or nothing."""
        raise NotImplementedError

    @initialize(dice=st.randoms(use_true_random=True))
    def begin(self, dice: Any) -> None:
        """One seed a story: choices that are independent of each other meet in more ways than those that shrink."""
        self.dice = dice
        self.now, self.message, self.token = NOW, 100, 0
        self.county: County = self.run(county.build)
        self.reporters = [self.run(self._person, number=10 + n) for n in range(REPORTERS)]
        self.followers = [self.run(self._person, number=15 + n) for n in range(FOLLOWERS)]
        self.staff = [self.run(self._person, number=20 + n) for n in range(len(STAFF))]
        self.run(self._post, person=self.staff[-1])
        self.on_its_way: list[tuple[Claimed, Card | None]] = []
        self.screens: dict[tuple[int, int], Card] = {}
        self.past: promises.Past = {}
        for who in dice.sample(range(len(STAFF)), dice.randint(0, 3)):
            self._join(who)

    @rule()
    def somebody_does_something(self) -> None:
        acts = (
            self._report,
            self._somebody_has_the_same,
            self._send_a_part,
            self._reporter_acts,
            self._staff_acts,
            self._case_moves,
            self._two_are_merged,
            self._fix_is_judged,
            self._relay,
            self._time_passes,
        )
        self.dice.choices(acts, (2, 1, 1, 2, 4, 6, 2, 6, 3, 2))[0]()

    def _person(self, session: Session, *, number: int) -> int:
        person = Person(telegram_id=number, name=f"Person {number}", language=Language.EN, joined_at=NOW)
        session.add(person)
        session.flush()
        return person.id

    def _post(self, session: Session, *, person: int) -> None:
        session.add(Post(person_id=person, level=Level.LEAD, town="Town", community="Alpha"))

    def step(self, fn: Callable[..., Any], **arguments: Any) -> Any:
        """Somebody does something, a second after what was before; it may be refused."""
        self.now += timedelta(seconds=1)
        note(f"{fn.__name__} {arguments}")
        before = self.run(promises.promised, now=self.now) if fn in ADDING else {}
        try:
            done = self.run(fn, now=self.now, **arguments)
        except DomainError:
            return None
        self.run(promises.nobody_loses, before=before, now=self.now)
        return done

    def _reporter_of(self, session: Session, *, number: int) -> int | None:
        return session.scalar(select(Report.reporter_id).where(Report.id == number))

    def _newest(self, session: Session) -> int:
        return session.scalar(select(func.max(Report.id))) or 0

    # -- reporters --

    def _report(self) -> None:
        who = self.dice.choice(self.reporters)
        self._send(who, self._photo(caption=self.dice.choice(WORDS)))
        if self.dice.random() < 0.7:
            self.step(intake.answer_join, person_id=who, joins=False, county=self.county)
        self._send(who, pin(self.dice.choice(PLACES)))

    def _somebody_has_the_same(self) -> None:
        """A photo of what is at work already, and from there; «The same», or nothing is said; it may end meanwhile."""
        at_work = self.run(self._at_work)
        if not at_work:
            return
        report, place, words = self.dice.choice(at_work)
        who = self.dice.choice(self.followers)
        self._send(who, self._photo(caption=self.dice.choice((words, words, "水管爆了"))))
        self.step(intake.answer_join, person_id=who, joins=False, county=self.county)
        self._send(who, pin(place))
        if self.dice.random() < 0.5:
            self.step(following.same, person_id=who, report_id=report, county=self.county)
        else:
            self.now += asking.WAIT
            self.run(following.file_unanswered, now=self.now)
            self._deliver_everything()
            if self.dice.random() < 0.5:  # the receipt asks still
                self.step(withdrawing.withdraw, report_id=report, person_id=self.run(self._reporter_of, number=report))
                self._deliver_everything()

    def _at_work(self, session: Session) -> list[tuple[int, tuple[float, float], str | None]]:
        chosen = select(Report).where(Report.status.in_(lifecycle.ACTIVE))
        return [(one.id, (one.latitude, one.longitude), one.words) for one in session.scalars(chosen)]

    def _send_a_part(self) -> None:
        who = self.dice.choice(self.reporters)
        album = self._photo(media_group_id=f"album {who}")
        parts = (self._photo(), album, pin(self.dice.choice(PLACES)), Words(self.dice.choice(WORDS)))
        self._send(who, self.dice.choice(parts))

    def _reporter_acts(self) -> None:
        said, at, newest = self.dice.choice(WORDS), self.dice.choice(PLACES), self.run(self._newest)
        number = max(1, newest - self.dice.randint(0, 4))
        reporter = self.run(self._reporter_of, number=number)
        me = {"person_id": reporter if reporter and self.dice.random() < 0.8 else self.dice.choice(self.reporters)}
        mine = {**me, "report_id": number}
        here = {"county": self.county}
        where = {"latitude": at[0], "longitude": at[1], "source": PlaceSource.PIN, "place_name": None}
        steps: dict[str, tuple[Callable[..., Any], dict[str, Any]]] = {
            "withdraw": (withdrawing.withdraw, mine),
            "words": (reports.add, {**mine, "words": said}),
            "category": (reports.change_category, {**mine, "code": self.dice.choice(("fire", "road", "nonsense"))}),
            "place": (reports.change_place, {**mine, **where, "county": self.county}),
            "answer": (talk.answer, {**mine, "said": self._said(me["person_id"])}),
            "taken as answer": (intake.take_as_answer, mine),
            "join": (intake.answer_join, {**me, "joins": True, "county": self.county}),
            "new": (intake.answer_join, {**me, "joins": False, "county": self.county}),
            "no photo": (intake.without_photo, {**me, "county": self.county}),
            "start over": (intake.discard, me),
            "dispute": (fairness.dispute, {**mine, "words": said}),
            "same": (following.same, {**mine, **here}),
            "another": (following.another, {**me, **here}),
            "unfollow": (following.leave, mine),
            "merge own": (merging.merge_own, {**mine, "into_id": max(1, number - 1)}),
        }
        step, arguments = steps[self.dice.choice(BY_REPORTERS)]
        self.step(step, **arguments)

    def _send(self, who: int, part: Part) -> None:
        self.step(intake.take, person_id=who, part=part, county=self.county)

    def _said(self, who: int) -> talk.Said:
        """Words, or a photo, or one of an album."""
        if self.dice.random() < 0.5:
            return talk.Said(self.dice.choice(WORDS))
        photo = self._photo(media_group_id=self.dice.choice((None, f"album {who}")))
        return talk.Said(None, (attachment_of(who, photo, stage=Stage.TALK, now=self.now),))

    def _photo(self, **facts: Any) -> File:
        self.message += 1
        return file(self.message, **facts)

    # -- officers, desk, administrators --

    def _staff_acts(self) -> None:
        self._act(self.dice.choice(self.staff), self.dice.choice(BY_STAFF), report=self.run(self._newest))

    def _case_moves(self) -> None:
        """Somebody who has a case, or was asked to take one, does something about it."""
        cases = self.run(self._cases)
        if cases:
            person, report = self.dice.choice(cases)
            self._act(person, self.dice.choice(ON_A_CASE), report=report)

    def _two_are_merged(self) -> None:
        """Somebody who has the one, or was asked about it, puts it into another at the same place."""
        at_work = self.run(self._at_work)
        pairs = [(one, into) for one, here, _ in at_work for into, there, _ in at_work if one != into and here == there]
        if pairs:
            report, into = self.dice.choice(pairs)
            asked = [person for person, number in self.run(self._cases) if number == report]
            who = self.dice.choice(asked or self.staff)
            self.step(merging.merge, report_id=report, into_id=into, officer_id=who)

    def _cases(self, session: Session) -> list[tuple[int, int]]:
        states = (OfferState.OFFERED, OfferState.ACCEPTED)
        alive = select(Offer.person_id, Offer.report_id).join(Report).where(Report.status.in_(lifecycle.ACTIVE))
        return [(row.person_id, row.report_id) for row in session.execute(alive.where(Offer.state.in_(states)))]

    def _act(self, me: int, what: str, *, report: int) -> None:
        case = {"report_id": report, "officer_id": me}
        photo = attachment_of(me, self._photo(), stage=Stage.AFTER, now=self.now)
        here, why = self.dice.choice(PLACES), self.dice.choice((None, "gps", "gps"))
        proof = Proof([photo], None, self.dice.choice((None, Standing(*here), Standing(*here, 1500))), why)
        number = 20 + self.staff.index(me)
        update = {
            "name": f"Person {number}",
            "language_code": "en",
            "default_language": Language.EN,
            "admin_ids": frozenset(),
        }
        steps: dict[str, tuple[Callable[..., Any], dict[str, Any]]] = {
            "accept": (dispatch.accept, case),
            "decline": (dispatch.decline, {**case, "why": "away"}),
            "resolve": (proofs.resolve, {**case, "proof": proof}),
            "also": (proofs.also, {**case, "others": None}),
            "reject": (dispatch.reject, {**case, "why": "none"}),
            "false": (fairness.mark_false, {**case, "why": "nothing there"}),
            "judge": (
                fairness.decide_dispute,
                {"report_id": report, "person_id": me, "is_false": self.dice.random() < 0.5},
            ),
            "ask": (talk.ask, {**case, "said": self._said(me)}),
            "open": (open_case, {"report_id": report, "person_id": me}),
            "wait": (waiting.wait_for, {**case, "waiting_for": WaitingFor.REPORTER, "until": self.now + HOUR}),
            "go on": (waiting.go_on, case),
            "merge": (merging.merge, {**case, "into_id": self.dice.randint(1, max(1, report))}),
            "on": (duty.switch, {"person_id": me, "on_duty": True}),
            "off": (duty.switch, {"person_id": me, "on_duty": False}),
            "block": (presence.reachability, {"person_id": me, "is_reachable": False}),
            "unblock": (presence.reachability, {"person_id": me, "is_reachable": True}),
            "write": (people.arrive, {**update, "telegram_id": number, "update_id": 0}),
        }
        if what == "join":
            self._join(self.staff.index(me))
        else:
            step, arguments = steps[what]
            self.step(step, **arguments)

    # -- the verdict on a fix --

    def _fix_is_judged(self) -> None:
        """Somebody says something of a fix: often who may, of the fix that there is."""
        fixes = self.run(self._fixes)
        if not fixes:
            return
        report, reporter, decider, fix = self.dice.choice(fixes)
        who = self.dice.choice((reporter, reporter, self.followers[0], self.dice.choice(self.reporters)))
        judged = {"report_id": report, "person_id": who, "fix": fix if self.dice.random() < 0.9 else fix + 1}
        photo = attachment_of(who, self._photo(), stage=Stage.BEFORE, now=self.now)
        lead = decider if decider and self.dice.random() < 0.8 else self.dice.choice(self.staff)
        mine = {"report_id": report, "person_id": who}
        steps: dict[str, tuple[Callable[..., Any], dict[str, Any]]] = {
            "fixed": (verdicts.fixed, judged),
            "not fixed": (verdicts.not_fixed, {**judged, "why": self.dice.choice(("still", *WORDS))}),
            "shown": (verdicts.not_fixed, {**judged, "why": None, "photo": photo}),
            "rate": (verdicts.rate, {**mine, "stars": self.dice.randint(0, 6)}),
            "again": (again.say_again, {**mine, "county": self.county}),
            "words": (reports.add, {**mine, "words": self.dice.choice(WORDS)}),
            "decide": (
                verdicts.decide,
                {"report_id": report, "lead_id": lead, "is_fixed": self.dice.random() < 0.5},
            ),
        }
        step, arguments = steps[self.dice.choice(ON_A_FIX)]
        self.step(step, **arguments)

    def _fixes(self, session: Session) -> list[tuple[int, int, int | None, int]]:
        chosen = select(Report).where(Report.status.in_((Status.RESOLVED, Status.REVIEW, Status.CLOSED)))
        return [(one.id, one.reporter_id, one.responsible_id, one.reopened) for one in session.scalars(chosen)]

    def _join(self, who: int) -> None:
        self.token += 1
        self.step(invites.make, token=str(self.token), **STAFF[who])
        self.step(invites.redeem, token=str(self.token), person_id=self.staff[who])

    # -- the clock --

    def _time_passes(self) -> None:
        """Minutes, an hour, or days in which the process was stopped."""
        self.now += timedelta(minutes=self.dice.choice((2, 2, 5, 15, 60, 3000)))
        for job in (fairness.tick, escalation.tick, following.file_unanswered):
            while self.run(job, now=self.now):
                pass

    # -- the relay --

    def _relay(self) -> None:
        works = (
            self._deliver_everything,
            self._messages_arrive,
            lambda: self._take_messages_to_send(self.dice.randint(1, 5)),
        )
        self.dice.choice(works)()

    def _take_messages_to_send(self, most: int) -> None:
        self.now += timedelta(seconds=1)
        for claimed in self.run(outbox.claim, now=self.now, most=most):
            brief = self.run(outgoing.load, claimed=claimed, now=self.now)
            self.on_its_way.append((claimed, messages.render(brief, now=NOW, zone=ZONE) if brief else None))

    def _messages_arrive(self) -> None:
        settlements = [self._arrived(claimed, card) for claimed, card in self.on_its_way]
        self.step(delivery.settle, settlements=settlements)
        self.on_its_way = []

    def _arrived(self, claimed: Claimed, card: Card | None) -> Settlement:
        if card is None:
            return Settlement(claimed.id, OutboxState.CANCELLED)
        message_id = card.edits or 10_000 + claimed.id
        if claimed.message in SHOWN:
            self.screens[claimed.person_id, message_id] = card
        return Settlement(claimed.id, OutboxState.DELIVERED, sent=(message_id,), names=card.names)

    def _deliver_everything(self) -> None:
        for _ in range(20):
            self._messages_arrive()
            self._take_messages_to_send(1000)
            if not self.on_its_way:
                break
            self.now += timedelta(seconds=1)
        self.run(promises.screens_are_true, screens=self.screens)

    # -- what must hold at any time --

    @invariant()
    def every_report_is_somewhere(self) -> None:
        self.run(promises.every_report_is_somewhere)

    @invariant()
    def the_clock_looks_in_time(self) -> None:
        self.run(promises.the_clock_looks_in_time, now=self.now)

    @invariant()
    def every_history_is_a_path_and_only_grows(self) -> None:
        self.past = self.run(promises.every_history_is_a_path, past=self.past)

    @invariant()
    def a_chat_has_one_live_card_of_a_report(self) -> None:
        self.run(promises.a_chat_has_one_live_card_of_a_report)

    @invariant()
    def who_is_owed_a_message_has_it(self) -> None:
        self.run(promises.who_is_owed_a_message_has_it)
