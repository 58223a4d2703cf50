"""Read the rows of a file of teams, a member a row, and hold them against each other."""

from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.imports.officer_rows import normal_phone
from services.imports.results import BadRow, Reason
from services.imports.values import Unfit, code, maybe_text, one_of, refuse_extra, text
from storage.kinds import Language
from storage.schema import Grid
from storage.tables import Row
from storage.team_kinds import Rank, TeamKind


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A member as the file has him."""

    name: str
    phone: str
    rank: Rank
    language: Language | None


@dataclass(frozen=True, slots=True)
class TeamRow:
    """A team as the file has it."""

    number: int  # of the first row that names it
    code: str
    name_zh: str
    name_en: str
    kind: TeamKind
    town: str
    members: dict[str, MemberRow] = field(default_factory=dict, compare=False)  # by phone

    def differs_in(self, other: "TeamRow") -> str | None:
        """The first column in which two rows say different things of one team."""
        columns = ("name_zh", "name_en", "kind", "town")
        return next((one for one in columns if getattr(self, one) != getattr(other, one)), None)


class TeamReader:
    """Reads row by row; rows with the same code are members of one team."""

    def __init__(self, session: Session) -> None:
        self.towns = set(session.scalars(select(Grid.town).distinct()))
        self.teams: dict[str, TeamRow] = {}
        self.bad: list[BadRow] = []
        self._seen: dict[tuple[str, str], int] = {}  # number of the row, by team and phone

    def read(self, row: Row) -> None:
        """Add the row's member to its team, or the row to the bad ones."""
        try:
            self._read(row)
        except Unfit as unfit:
            self.bad.append(unfit.at(row.number))

    def _read(self, row: Row) -> None:
        refuse_extra(row)
        team, member = self._team(row), self._member(row)
        known = self.teams.get(team.code, team)
        if (column := team.differs_in(known)) is not None:
            raise Unfit(Reason.TEAM_DIFFERS, code=team.code, column=column, number=known.number)
        if member is not None:
            seen = self._seen.setdefault((team.code, member.phone), row.number)
            if seen != row.number:
                raise Unfit(Reason.MEMBER_TWICE, code=team.code, phone=member.phone, number=seen)
            known.members[member.phone] = member
        self.teams[team.code] = known

    def _team(self, row: Row) -> TeamRow:
        shown = code(row, "code")
        name = text(row, "name_zh", most=120)
        kind = TeamKind(one_of(TeamKind, text(row, "kind", most=40), column="kind"))
        town = row.values.get("town", "").strip()
        if town and town not in self.towns:
            raise Unfit(Reason.UNKNOWN_TOWN, town=town)
        name_en = maybe_text(row, "name_en", most=120) or name
        return TeamRow(row.number, shown, name, name_en, kind, town)

    def _member(self, row: Row) -> MemberRow | None:
        """A row without name and phone only names a team."""
        if not (row.values.get("member", "").strip() or row.values.get("phone", "").strip()):
            return None
        rank, language = row.values.get("rank", ""), row.values.get("language", "")
        return MemberRow(
            text(row, "member", most=200),
            normal_phone(text(row, "phone", most=40)),
            Rank(one_of(Rank, rank, column="rank")) if rank else Rank.LEAD,
            Language(one_of(Language, language, column="language")) if language else None,
        )
