"""Whoever changes who may do what, or makes one report of two, is in the audit log: who, when, about whom."""

import re
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from services import audit_log, invites, merging, people
from services.imports.leads import import_leads
from services.imports.officers import import_officers
from services.imports.teams import import_teams
from services.posts import Land
from storage.kinds import Deed, Language, Role
from storage.records import Me
from storage.schema import AuditLine
from storage.tables import Row
from tests.moment import NOW
from tests.services.import_rows import no_progress, officer_row, table
from tests.services.scene import Scene
from tests.services.test_merging import two
from views import audit

PHONE = "199-0002-0001"
IMPORT: dict[str, Any] = {"skip_bad": False, "language": Language.ZH, "progress": no_progress}


async def lines(scene: Scene, *deeds: Deed) -> list[AuditLine]:
    """The log's lines about these deeds, oldest first."""
    return [line for line in await scene.rows(AuditLine) if line.deed in deeds]


def lead(community: str) -> Row:
    return Row(1, {"name": "罗海红", "phone": PHONE, "town": "Town", "community": community})


async def test_who_merged_what_into_what_is_in_the_log_and_on_an_administrators_phone(scene: Scene) -> None:
    _, second, officer, kept, report = await two(scene)
    admin = await scene.person("Admin", roles=(Role.ADMIN,))
    await scene.do(merging.merge, report_id=report, into_id=kept, officer_id=officer)
    (line,) = await lines(scene, Deed.MERGED)
    assert (line.by_id, line.at, line.person_id, line.report_id) == (officer, NOW, second, report)
    assert line.facts == {"into": kept}
    found, pages = await scene.store.read(audit_log.page, person_id=admin, page=0)
    me: Me = await scene.store.read(people.load_me, person_id=admin)
    card = audit.page(found, me, at=0, pages=pages, now=NOW, zone=ZoneInfo("Asia/Shanghai"))
    assert f"D-{report:06} · → D-{kept:06}" in card.text


async def test_each_post_that_a_file_gives_or_takes_is_in_the_log(scene: Scene) -> None:
    await scene.do(import_leads, table=table(lead("Alpha")), **IMPORT)
    await scene.do(import_leads, table=table(lead("Beta")), **IMPORT)
    await scene.do(import_leads, table=table(lead("Beta")), **IMPORT)  # nothing new
    told = await lines(scene, Deed.ROLE_GRANTED, Deed.POST_GIVEN, Deed.POST_TAKEN)
    assert [(line.deed, *(line.facts or {}).values()) for line in told] == [
        (Deed.POST_GIVEN, "Town Alpha"),
        (Deed.ROLE_GRANTED, "lead"),
        (Deed.POST_TAKEN, "Town Alpha"),
        (Deed.POST_GIVEN, "Town Beta"),
    ]
    assert len({line.person_id for line in told}) == 1


async def test_a_post_by_an_invite_says_who_gave_it(scene: Scene) -> None:
    admin, chen = await scene.person(roles=(Role.ADMIN,)), await scene.person("Chen")
    await scene.do(invites.make, token="once", role=Role.LEAD, land=Land("Town", "Alpha"), by=admin)
    await scene.do(invites.redeem, token="once", person_id=chen)
    told = await lines(scene, Deed.ROLE_GRANTED, Deed.POST_GIVEN)
    assert [(line.deed, line.by_id, line.facts) for line in told if line.person_id == chen] == [
        (Deed.ROLE_GRANTED, admin, {"role": "lead"}),
        (Deed.POST_GIVEN, admin, {"land": "Town Alpha"}),
    ]


async def test_files_of_officers_and_teams_say_who_got_a_role(scene: Scene) -> None:
    li = await scene.officer()
    await scene.do(import_officers, table=table(officer_row(1, PHONE, "A-01")), **IMPORT)
    (line,) = await lines(scene, Deed.OFFICERS_IMPORTED)
    (new,) = (line.facts or {})["people"]
    assert new != li
    values = {"code": "FIRE", "name_zh": "消防队", "kind": "fire", "member": "孙勇", "phone": "199-0003-0001"}
    await scene.do(import_teams, table=table(Row(1, values)), **IMPORT)
    (line,) = await lines(scene, Deed.TEAMS_IMPORTED)
    assert line.facts == {"added": 1, "updated": 0}
    assert [line.facts for line in await lines(scene, Deed.ROLE_GRANTED)][-1] == {"role": "member"}


@pytest.mark.parametrize(
    ("writes", "who"),
    [
        (r"PersonRole\(|insert\(PersonRole|delete\(PersonRole", {"people", "officers", "invites", "staff", "keepers"}),
        (r"\bPost\(|delete\(Post", {"posts", "invites"}),
        (r"\bSuspension\(", {"suspensions"}),
        (r"\bFalseMark\(", {"fairness"}),
        (r"Status\.MERGED, kind", {"merging"}),
    ],
)
def test_only_who_notes_it_changes_roles_posts_suspensions_marks_and_merges(writes: str, who: set[str]) -> None:
    services = (Path(__file__).parents[2] / "services").rglob("*.py")
    changing = [path for path in services if re.search(writes, path.read_text(encoding="utf-8"))]
    assert {path.stem for path in changing} == who
    assert all("audit.note(" in path.read_text(encoding="utf-8") for path in changing)
