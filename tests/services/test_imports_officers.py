"""Officers come in with their duties; the phone tells them apart."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from services.imports.grids import import_grids
from services.imports.officer_rows import normal_phone
from services.imports.officers import import_officers
from services.imports.results import Imported, ImportRefused, MissingColumns, Reason, Remark
from services.imports.values import Unfit
from storage.kinds import Language, Role
from storage.schema import Duty, Grid, Person, PersonRole
from storage.store import Store
from storage.tables import Row, Table
from tests.moment import NOW
from tests.services.import_rows import grid_row, in_words, no_progress, officer_row, square, table

ONE, TWO, THREE = "199-0000-0001", "199-0000-0002", "199-0000-0003"


@dataclass(frozen=True)
class Stored:
    """An officer as the store has it."""

    name: str
    language: Language
    duties: dict[str, bool]


@pytest.fixture
async def county(store: Store) -> Store:
    """Three grids in a row: two of one village, one of the next."""
    rows = table(
        grid_row(1, "A-1", square(114.30, 25.40)),
        grid_row(2, "A-2", square(114.31, 25.40)),
        grid_row(3, "B-1", square(114.32, 25.40), community="上坪村"),
    )
    await store.write(import_grids, table=rows, skip_bad=False, progress=no_progress)
    return store


async def take(store: Store, *rows: Row, skip_bad: bool = False, later: timedelta = timedelta(0)) -> Imported:
    return await store.write(
        import_officers,
        table=rows[0] if isinstance(rows[0], Table) else table(*rows),
        skip_bad=skip_bad,
        language=Language.ZH,
        now=NOW + later,
        progress=no_progress,
    )


async def stored(store: Store) -> dict[str, Stored]:
    """All who are officers, by phone."""

    def read(session: Session) -> dict[str, Stored]:
        people = session.scalars(select(Person).join(PersonRole).where(PersonRole.role == Role.OFFICER)).all()
        duties = session.execute(select(Duty.person_id, Grid.code, Duty.is_primary).join(Grid)).all()
        return {
            str(person.phone): Stored(
                person.name, person.language, {code: primary for owner, code, primary in duties if owner == person.id}
            )
            for person in people
        }

    return await store.read(read)


async def test_officers_come_in_with_their_duties(county: Store) -> None:
    result = await take(
        county,
        officer_row(2, ONE, "A-1;A-2", duty="primary; Deputy", community="石桥村", name="陈志强"),
        officer_row(3, TWO, "a-2\uff1bB-1", language="en", name="Li Lei"),
    )
    assert (result.added, result.updated, result.unchanged, result.remarks) == (2, 0, 0, {})
    assert await stored(county) == {
        "19900000001": Stored("陈志强", Language.ZH, {"A-1": True, "A-2": False}),
        "19900000002": Stored("Li Lei", Language.EN, {"A-2": True, "B-1": True}),
    }


async def test_importing_again_changes_nothing(county: Store) -> None:
    rows = [officer_row(2, ONE, "A-1;A-2", duty="primary;deputy"), officer_row(3, TWO, "A-2;B-1")]
    await take(county, *rows)
    before = await stored(county)
    again = await take(county, *rows, later=timedelta(days=1))
    assert (again.added, again.updated, again.unchanged) == (0, 0, 2)
    assert await stored(county) == before


async def test_the_file_replaces_what_the_store_had(county: Store) -> None:
    await take(county, officer_row(2, ONE, "A-1;A-2"), officer_row(3, TWO, "B-1"))
    result = await take(
        county, officer_row(2, "+86 199 0000 0001", "A-1", name="陈建国"), officer_row(3, TWO, "B-1;A-2")
    )
    assert (result.added, result.updated, result.unchanged) == (0, 2, 0)
    officers = await stored(county)
    assert (officers["19900000001"].name, officers["19900000001"].duties) == ("陈建国", {"A-1": True})
    assert officers["19900000002"].duties == {"A-2": True, "B-1": True}


async def test_who_has_joined_keeps_name_and_language_of_the_chat(county: Store) -> None:
    await take(county, officer_row(2, ONE, "A-1;A-2;B-1"))

    def join(session: Session) -> None:
        session.execute(update(Person).values(telegram_id=77, name="Zhiqiang", language=Language.EN))

    await county.write(join)
    again = await take(county, officer_row(2, ONE, "A-1;A-2;B-1", language="zh"))
    assert again.unchanged == 1
    assert (await take(county, officer_row(2, ONE, "A-1;A-2", language="zh"))).updated == 1
    assert await stored(county) == {"19900000001": Stored("Zhiqiang", Language.EN, {"A-1": True, "A-2": True})}


async def test_a_person_who_lost_the_role_gets_it_back(county: Store) -> None:
    rows = [officer_row(2, ONE, "A-1;A-2;B-1")]
    await take(county, *rows)
    await county.write(lambda session: session.execute(delete(PersonRole)) and None)
    assert (await take(county, *rows)).updated == 1
    assert set(await stored(county)) == {"19900000001"}


async def test_officers_who_vanished_are_kept_and_named(county: Store) -> None:
    await take(county, officer_row(2, ONE, "A-1;A-2", name="陈志强"), officer_row(3, TWO, "B-1"))
    result = await take(county, officer_row(2, TWO, "B-1"))
    assert result.remarks == {Remark.OFFICERS_KEPT: ["陈志强"]}
    assert (await stored(county))["19900000001"].duties == {"A-1": True, "A-2": True}


async def test_a_grid_given_to_somebody_else_has_one_primary(county: Store) -> None:
    await take(county, officer_row(2, ONE, "A-1;A-2", name="陈志强"), officer_row(3, TWO, "B-1"))
    result = await take(county, officer_row(2, THREE, "A-1"), officer_row(3, TWO, "B-1"))
    assert result.remarks == {Remark.OFFICERS_KEPT: ["陈志强"], Remark.NOW_DEPUTY: ["陈志强"]}
    officers = await stored(county)
    assert officers["19900000001"].duties == {"A-1": False, "A-2": True}
    assert officers["19900000003"].duties == {"A-1": True}


async def test_two_officers_may_swap_their_grids(county: Store) -> None:
    await take(county, officer_row(2, ONE, "A-1;A-2"), officer_row(3, TWO, "B-1"))
    result = await take(county, officer_row(2, ONE, "B-1"), officer_row(3, TWO, "A-1;A-2"))
    assert (result.updated, result.remarks) == (2, {})


async def test_grids_without_a_primary_are_named(county: Store) -> None:
    result = await take(county, officer_row(2, ONE, "A-1;A-2", duty="primary;deputy"))
    assert result.remarks == {Remark.NO_PRIMARY: ["A-2", "B-1"]}


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (officer_row(7, ONE, ""), Reason.NO_VALUE),
        (officer_row(7, ONE, " ; "), Reason.NO_VALUE),
        (officer_row(7, ONE, "A-1;Z-9"), Reason.UNKNOWN_GRID),
        (officer_row(7, ONE, "A-1;A-1"), Reason.GRID_TWICE),
        (officer_row(7, ONE, "A-1", duty="chief"), Reason.BAD_WORD),
        (officer_row(7, ONE, "A-1;A-2", duty="primary;deputy;deputy"), Reason.DUTIES_UNEVEN),
        (officer_row(7, ONE, "B-1"), Reason.SECOND_PRIMARY),
        (officer_row(7, ONE, "A-1;A-2", community="上坪村"), Reason.OTHER_COMMUNITY),
        (officer_row(7, ONE, "A-1", language="fr"), Reason.BAD_WORD),
        (officer_row(7, ONE, "A-1", name=""), Reason.NO_VALUE),
        (officer_row(7, ONE, "A-1", name="x" * 201), Reason.TOO_LONG),
        (officer_row(7, "", "A-1"), Reason.NO_VALUE),
        (officer_row(7, "1.99E+10", "A-1"), Reason.BAD_PHONE),
        (officer_row(7, "+86 199 0000 0002", "A-1"), Reason.PHONE_TWICE),
        (Row(7, officer_row(7, ONE, "A-1").values, extra=("slipped",)), Reason.TOO_MANY_VALUES),
    ],
)
async def test_a_bad_row_is_named_and_can_be_skipped(county: Store, row: Row, reason: Reason) -> None:
    good = officer_row(2, TWO, "B-1")
    with pytest.raises(ImportRefused) as caught:
        await take(county, good, row)
    assert [(bad.number, bad.reason) for bad in caught.value.bad] == [(7, reason)]
    assert all(in_words(bad) for bad in caught.value.bad)
    assert await stored(county) == {}
    result = await take(county, good, row, skip_bad=True)
    assert (result.added, [bad.number for bad in result.skipped]) == (1, [7])
    assert set(await stored(county)) == {"19900000002"}


async def test_a_file_of_something_else_is_refused(county: Store) -> None:
    with pytest.raises(MissingColumns) as caught:
        await take(county, Row(2, {"name": "陈志强", "code": "A-1"}))
    assert caught.value.facts == {"columns": "phone, grid"}


@pytest.mark.parametrize(
    "written",
    ["19900000001", "199-0000-0001", "199 0000 0001", "+86 199-0000-0001", "0086 19900000001", "(86) 199 0000 0001"],
)
def test_one_phone_however_it_is_written(written: str) -> None:
    assert normal_phone(written) == "19900000001"


@pytest.mark.parametrize(("written", "kept"), [("0797-8720000", "07978720000"), ("+44 20 7946 0018", "+442079460018")])
def test_other_phones_keep_their_prefix(written: str, kept: str) -> None:
    assert normal_phone(written) == kept


@pytest.mark.parametrize("written", ["none", "12", "199-0000-000x", "1" * 30])
def test_what_is_no_phone_is_refused(written: str) -> None:
    with pytest.raises(Unfit):
        normal_phone(written)
