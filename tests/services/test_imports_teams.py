"""Teams come in with their members: the code tells teams apart, the phone people."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from services.imports.grids import import_grids
from services.imports.results import Imported, ImportRefused, MissingColumns, Reason, Remark
from services.imports.teams import import_teams
from storage.kinds import Language, Role
from storage.schema import Person, PersonRole, Team, TeamMember
from storage.store import Store
from storage.tables import Row
from storage.team_kinds import Rank, TeamKind
from tests.moment import NOW
from tests.services.import_rows import grid_row, in_words, no_progress, square, table

ONE, TWO = "199-0001-0001", "199-0001-0002"


def row(number: int, code: str = "FIRE", phone: str = ONE, **values: str) -> Row:
    """A good row, but for what is said otherwise."""
    usual = {"code": code, "name_zh": "消防队", "name_en": "Fire brigade", "kind": "fire", "town": ""}
    return Row(number, {**usual, "member": f"罗海红{phone[-1:]}", "phone": phone, "rank": "lead", **values})


@pytest.fixture
async def county(store: Store) -> Store:
    """One grid, of 青梅镇."""
    rows = table(grid_row(1, "A-1", square(114.30, 25.40)))
    await store.write(import_grids, table=rows, skip_bad=False, progress=no_progress)
    return store


async def take(store: Store, *rows: Row, skip_bad: bool = False) -> Imported:
    return await store.write(
        import_teams, table=table(*rows), skip_bad=skip_bad, language=Language.ZH, now=NOW, progress=no_progress
    )


async def stored(store: Store) -> dict[str, dict[str, Rank]]:
    """The members of each team, by phone."""

    def read(session: Session) -> dict[str, dict[str, Rank]]:
        found: dict[str, dict[str, Rank]] = {code: {} for code in session.scalars(select(Team.code))}
        for code, phone, rank in session.execute(
            select(Team.code, Person.phone, TeamMember.rank)
            .join(TeamMember, TeamMember.team_id == Team.id)
            .join(Person, Person.id == TeamMember.person_id)
        ):
            found[code][phone] = rank
        return found

    return await store.read(read)


async def test_teams_and_members_are_added_and_taken_again_without_a_change(county: Store) -> None:
    rows = (
        row(1),
        row(2, phone=TWO, rank="deputy"),
        row(3, "T01-R", ONE, kind="Rescue", town="青梅镇", name_en="", name_zh="应急分队"),
        row(4, "EMPTY", "", member="", kind="utilities"),
    )
    imported = await take(county, *rows)
    assert (imported.added, imported.updated, imported.unchanged) == (3, 0, 0)
    assert imported.remarks == {Remark.NO_LEAD: ["EMPTY"]}
    one, two = ONE.replace("-", ""), TWO.replace("-", "")
    assert await stored(county) == {
        "FIRE": {one: Rank.LEAD, two: Rank.DEPUTY},
        "T01-R": {one: Rank.LEAD},
        "EMPTY": {},
    }
    again = await take(county, *rows)
    assert (again.added, again.updated, again.unchanged) == (0, 0, 3)
    teams = await county.read(lambda session: list(session.scalars(select(Team).order_by(Team.id))))
    assert [(team.kind, team.name_en) for team in teams][1] == (TeamKind.RESCUE, "应急分队")
    roles = await county.read(lambda session: list(session.scalars(select(PersonRole.role))))
    assert roles == [Role.MEMBER, Role.MEMBER]


async def test_what_the_file_says_of_a_team_replaces_what_was_there(county: Store) -> None:
    await take(county, row(1), row(2, "POWER", TWO, kind="power"))
    imported = await take(county, row(1, phone=TWO, name_zh="消防救援大队"))
    assert (imported.updated, imported.remarks) == (1, {Remark.TEAMS_KEPT: ["POWER"]})
    assert await stored(county) == {
        "FIRE": {TWO.replace("-", ""): Rank.LEAD},
        "POWER": {TWO.replace("-", ""): Rank.LEAD},
    }


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (row(2, code="A B"), Reason.BAD_CODE),
        (row(2, kind="navy"), Reason.BAD_WORD),
        (row(2, rank="boss"), Reason.BAD_WORD),
        (row(2, town="别处"), Reason.UNKNOWN_TOWN),
        (row(2, phone="12"), Reason.BAD_PHONE),
        (row(2, phone="", member="罗海红"), Reason.NO_VALUE),
        (row(2, member="", phone=TWO), Reason.NO_VALUE),
        (row(2), Reason.MEMBER_TWICE),
        (row(2, phone=TWO, kind="police"), Reason.TEAM_DIFFERS),
        (row(2, phone=TWO, name_zh="救援队"), Reason.TEAM_DIFFERS),
        (row(2, phone=TWO, language="fr"), Reason.BAD_WORD),
    ],
)
async def test_a_bad_row_is_named_and_nothing_is_taken(county: Store, bad: Row, reason: Reason) -> None:
    with pytest.raises(ImportRefused) as refused:
        await take(county, row(1), bad)
    assert [(one.number, one.reason) for one in refused.value.bad] == [(2, reason)]
    assert all(in_words(refused.value.bad[0]))
    assert await stored(county) == {}
    imported = await take(county, row(1), bad, skip_bad=True)
    assert (imported.added, len(imported.skipped)) == (1, 1)


async def test_a_file_without_its_columns_is_refused(county: Store) -> None:
    with pytest.raises(MissingColumns):
        await take(county, Row(1, {"code": "FIRE"}))
