"""Addresses of the sample county in English: names said in Latin letters, streets and villages by what they are."""

from collections.abc import Mapping

from sample_county.places import Place

ENDINGS = {
    **{"镇": "Town", "乡": "Township", "社区": "Community", "村": "Village"},
    **{"街": "Street", "路": "Road", "巷": "Lane"},
}
STRETCHES = {"东": "East", "西": "West", "南": "South", "北": "North", "中": "Middle"}


def address(place: Place, number: int, letters: Mapping[str, str]) -> str:
    """`110 Beimen Street North, Fuqian Community, Yunling Town`."""
    street, stretch = (place.name[:-1], STRETCHES[place.name[-1]]) if place.is_urban else (place.name, "")
    line = " ".join(part for part in (str(number), _name(street, letters), stretch) if part)
    return ", ".join([line, _name(place.community, letters), _name(place.town, letters)])


def _name(name: str, letters: Mapping[str, str]) -> str:
    ending = next((one for one in ENDINGS if name.endswith(one)), "")
    said = "".join(letters[sign] for sign in name.removesuffix(ending)).capitalize()
    return f"{said} {ENDINGS[ending]}" if ending else said
