"""A form of a new place to which nothing is lacking."""

from services.places.form import Form
from storage.places_kinds import PlaceField
from tests import county

F = PlaceField
PHOTO = ("file-1", "unique-1")


def filled(**typed: str) -> Form:
    """A form of a compound to which nothing is lacking."""
    said = {F.KIND: "compound", F.NAME_ZH: "花园小区", F.NAME_EN: "Garden", F.HOURS: "24/7", F.SPACES: "4"}
    said |= {F.ACCESS: "Gate 2", F.PHONE: "123"} | {F[name.upper()]: value for name, value in typed.items()}
    form = Form().with_photo(PHOTO, None).with_point(county.IN_A1, "TownAlphaGrid A-01")
    for facility in ("parking", "water"):
        form = form.toggled(facility)
    form = form.passed_over(F.FACILITIES)
    for field, value in said.items():
        form = form.answered(field, value)
    return form
