"""Whom to bring in, and what to merge into: what fits comes first, the rest is a tap away."""

import pytest

from storage.kinds import Language
from storage.records import NearReport
from storage.team_kinds import TeamKind
from storage.team_records import NearGrid, TeamRecord
from tests.moment import NOW
from tests.views.showing import ZONE, me, report
from views import near, together
from views.actions import AskGrid, AskMerge, AskTeam, BringInMore
from views.card import Card

TEAMS = [TeamRecord(at, f"T{at}", dict.fromkeys(Language, f"Team {at}"), TeamKind.FIRE, 1) for at in range(11)]
GRIDS = [NearGrid(at, f"A-{at}", f"Grid {at}", "Alpha") for at in range(6)]


def actions(card: Card) -> list[str | None]:
    return [button.action for row in card.rows for button in row]


def asks(teams: list[TeamRecord], grids: list[NearGrid]) -> list[str]:
    return [AskTeam(123, one.id).pack() for one in teams] + [AskGrid(123, one.id).pack() for one in grids]


@pytest.mark.parametrize("language", list(Language))
def test_the_teams_that_fit_and_the_nearest_grids_come_first_and_all_others_behind_more(language: Language) -> None:
    to, fit, others = me(language), TEAMS[:3], TEAMS[3:]
    first = together.choose(report(), to, fit, GRIDS, others=others)
    assert actions(first)[:-1] == [*asks(fit, GRIDS[:2]), BringInMore(123).pack()]
    more = together.choose(report(), to, fit, GRIDS, others=others, shows_all=True)
    assert actions(more)[:-1] == asks(TEAMS, GRIDS)


def test_there_is_no_more_where_all_is_shown_or_nothing_fits() -> None:
    to = me(Language.EN)
    for fit, others, grids in ((TEAMS[:2], [], GRIDS[:2]), ([], TEAMS, GRIDS)):
        shown = together.choose(report(), to, fit, grids, others=others)
        assert actions(shown)[:-1] == asks([*fit, *others], grids)


@pytest.mark.parametrize("language", list(Language))
def test_what_is_of_the_same_kind_comes_first_and_each_button_has_its_icon(language: Language) -> None:
    one = report(category="water_leak")
    others = [NearReport(7, "fire", 3, NOW), NearReport(8, "water_leak", 40, NOW), NearReport(9, "road", 50, NOW)]
    card = near.choices(one, others, me(language), now=NOW, zone=ZONE)
    assert actions(card)[:-1] == [AskMerge(123, at).pack() for at in (8, 7, 9)]
    assert [len(row) for row in card.rows] == [1, 2, 1]
    assert [button.text.split()[0] for row in card.rows[:-1] for button in row] == ["💧", "🔥", "🚧"]
    where = [card.text.index(f"D-00000{number}") for number in (8, 7, 9)]
    assert where == sorted(where)
