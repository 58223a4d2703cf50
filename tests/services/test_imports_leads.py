"""Leads come in with what they look after: the phone tells people apart, a row is a post."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from services import escalation, invites
from services.errors import NoSuchPlace
from services.imports.grids import import_grids
from services.imports.leads import import_leads
from services.imports.results import Imported, ImportRefused, MissingColumns, Reason, Remark
from services.posts import Land
from storage.kinds import Language, Level, Role
from storage.schema import Person, PersonRole, Post
from storage.store import Store
from storage.tables import Row
from tests.moment import NOW
from tests.services.import_rows import grid_row, no_progress, square, table
from tests.services.scene import Scene

ONE, TWO = "199-0002-0001", "199-0002-0002"
COMMUNITY = "府前社区"


def row(number: int, phone: str = ONE, community: str = "", **values: str) -> Row:
    """A good row, but for what is said otherwise."""
    return Row(
        number, {"name": f"罗海红{phone[-1:]}", "phone": phone, "town": "青梅镇", "community": community, **values}
    )


@pytest.fixture
async def county(store: Store) -> Store:
    """One grid, of 青梅镇."""
    rows = table(grid_row(1, "A-1", square(114.30, 25.40), community=COMMUNITY))
    await store.write(import_grids, table=rows, skip_bad=False, progress=no_progress)
    return store


async def take(store: Store, *rows: Row, skip_bad: bool = False) -> Imported:
    return await store.write(
        import_leads, table=table(*rows), skip_bad=skip_bad, language=Language.ZH, now=NOW, progress=no_progress
    )


async def stored(store: Store) -> set[tuple[str, Level, str]]:
    """Phone, level and community of each post of somebody who is a lead."""

    def read(session: Session) -> set[tuple[str, Level, str]]:
        posts = (
            select(Person.phone, Post.level, Post.community)
            .join(Post, Post.person_id == Person.id)
            .join(PersonRole, (PersonRole.person_id == Person.id) & (PersonRole.role == Role.LEAD))
        )
        return {(phone or "", level, community) for phone, level, community in session.execute(posts)}

    return await store.read(read)


async def test_a_row_is_a_post_and_taking_the_file_again_changes_nothing(county: Store) -> None:
    rows = (row(1, community=COMMUNITY), row(2), row(3, TWO))
    assert (await take(county, *rows)).added == 2
    both = {(ONE.replace("-", ""), level, where) for level, where in ((Level.LEAD, COMMUNITY), (Level.TOWN, ""))}
    assert await stored(county) == both | {(TWO.replace("-", ""), Level.TOWN, "")}
    again = await take(county, *rows)
    assert (again.added, again.updated, again.unchanged) == (0, 0, 2)


async def test_the_file_replaces_what_a_lead_had_and_keeps_whom_it_does_not_name(county: Store) -> None:
    await take(county, row(1), row(2, TWO))
    changed = await take(county, row(1, community=COMMUNITY))
    assert (changed.updated, changed.remarks) == (1, {Remark.LEADS_KEPT: ["罗海红2"]})
    assert await stored(county) == {
        (ONE.replace("-", ""), Level.LEAD, COMMUNITY),
        (TWO.replace("-", ""), Level.TOWN, ""),
    }


async def test_a_place_that_is_not_there_is_named_and_nothing_is_taken(county: Store) -> None:
    with pytest.raises(ImportRefused) as refusal:
        await take(county, row(1), row(2, TWO, community="没有社区"))
    assert [(bad.number, bad.reason, bad.facts) for bad in refusal.value.bad] == [
        (2, Reason.UNKNOWN_PLACE, {"place": "青梅镇 没有社区"})
    ]
    assert await stored(county) == set()
    with pytest.raises(MissingColumns):
        await county.write(
            import_leads,
            table=table(Row(1, {"name": "x", "phone": ONE})),
            skip_bad=False,
            language=Language.ZH,
            now=NOW,
            progress=no_progress,
        )


async def test_who_joins_as_lead_gets_what_is_late_in_his_community(scene: Scene) -> None:
    admin, newcomer = await scene.person(roles=(Role.ADMIN,)), await scene.person("Zhao")
    there = Land("Town", "Alpha")
    await scene.do(invites.make, token="t", role=Role.LEAD, land=there, by=admin)
    joined = await scene.do(invites.redeem, token="t", person_id=newcomer)
    assert (joined.role, joined.lands) == (Role.LEAD, (there.name,))
    await scene.officer()
    report = await scene.file(await scene.person(), words="着火了")
    await scene.do(escalation.tick, now=NOW + timedelta(minutes=6))
    assert newcomer in await scene.asked(report)


async def test_who_opens_the_link_takes_the_place_of_the_imported_lead(county: Store) -> None:
    await take(county, row(1), row(2, community=COMMUNITY))

    def join(session: Session, **_: object) -> tuple[str | None, tuple[str, ...]]:
        person = Person(telegram_id=5, name="Zhao", language=Language.EN, joined_at=NOW)
        session.add(person)
        session.flush()
        invites.make(session, token="t", role=Role.LEAD, land=Land("青梅镇"), now=NOW)
        joined = invites.redeem(session, token="t", person_id=person.id, now=NOW)
        return person.known_as, joined.lands

    assert await county.write(join) == ("罗海红1", ("青梅镇", f"青梅镇 {COMMUNITY}"))
    assert len(await stored(county)) == 2


async def test_a_link_for_a_place_that_is_not_there_is_refused(scene: Scene) -> None:
    with pytest.raises(NoSuchPlace):
        await scene.do(invites.make, token="u", role=Role.LEAD, land=Land("Town", "Nowhere"))
