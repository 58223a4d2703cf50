"""How the changes of one's points read."""

from dataclasses import replace

from storage.kinds import Language
from storage.points_kinds import Reason
from storage.points_records import PointsChange
from tests.moment import NOW
from tests.views.showing import ZONE, me
from views import points


def test_points_are_paid_to_a_shop_only_once_it_has_taken_them() -> None:
    aside = PointsChange(7, NOW, -20, Reason.HOLD, None, "Snack bar", is_aside=True)
    for one, words in (
        (aside, "put aside for Snack bar"),
        (replace(aside, is_aside=False), "paid at Snack bar"),
    ):
        text = points.change(one, None, me(Language.EN), page=0, now=NOW, zone=ZONE).text
        assert words in text.replace("\u2068", "").replace("\u2069", "")
