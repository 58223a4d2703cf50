"""The service places of the sample county: warm stations, friendly shops and compounds, neighbour centres."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from random import Random  # noqa: TID251 - handed on from the one fixed seed
from typing import Any

from sample_county import latin
from sample_county.land import Cell, inside
from sample_county.merchants import HEADS
from sample_county.places import Place

COLUMNS = (
    *("code", "name_zh", "name_en", "kind", "grid", "latitude", "longitude", "system", "address", "address_en"),
    *("access_zh", "access_en", "hours", "phone", "facilities", "spaces", "photos"),
)
SPACES = 60
"""For parking, in all compounds together."""
LOOKS = 2
"""Pictures of each kind: `scripts/make_samples.py` draws them."""
PHONE = "199-0004-{:04}"
"""Plainly made up, so that nobody dials it in earnest."""
FIRST = ("DY-001-01", "DY-001-02")
"""The first station and the first compound are in the grids of the demo's officers."""
MORE_HEADS = (
    *(
        ("滨江", "Riverside"),
        ("城南", "South Gate"),
        ("城北", "North Gate"),
        ("文峰", "Wenfeng"),
        ("章江", "Zhangjiang"),
    ),
    *(("锦绣", "Brocade"), ("翠竹", "Green Bamboo"), ("金色", "Golden"), ("阳光", "Sunshine")),
)

Names = tuple[str, str]
Land = tuple[Cell, Place]


@dataclass(frozen=True)
class Sort:
    """A kind of place, and what such places are like."""

    letter: str  # their codes begin with
    kind: str
    in_town: int  # in the county town
    in_each: int  # of the country towns
    names: tuple[Names, ...]  # what follows the head
    always: tuple[str, ...]  # facilities
    often: tuple[tuple[str, float], ...]  # and how often
    hours: tuple[str, ...]
    access: tuple[Names, ...]


SORTS = (
    Sort(
        letter="W",
        kind="station",
        in_town=14,
        in_each=1,
        names=(("暖新驿站", "Warm Station"),),
        always=("water", "charging", "microwave", "rest", "first_aid"),
        often=(("toilet", 0.8), ("air_conditioning", 0.9), ("battery_swap", 0.3)),
        hours=("24小时",),
        access=(
            ("门口扫码开门，全天无人值守", "Scan the code at the door; nobody is there, day or night"),
            ("推门就进，不用登记", "Walk in; no need to sign"),
        ),
    ),
    Sort(
        letter="F",
        kind="shop",
        in_town=60,
        in_each=6,
        names=(
            *(("便利店", "Corner Shop"), ("小吃店", "Snacks"), ("药房", "Pharmacy")),
            *(("快餐", "Diner"), ("通讯店", "Phone Shop"), ("修车铺", "Bike Repairs")),
        ),
        always=("water",),
        often=(("charging", 0.7), ("rest", 0.6), ("toilet", 0.35), ("microwave", 0.25), ("first_aid", 0.2)),
        hours=(
            *("07:00-22:00", "8:00-20:30", "10:00-14:00,16:30-21:30", "06:30-24:00", "16:00-02:00"),
            *("周一至周六 8:00-20:00，周日休息", "24小时"),
        ),
        access=(("门上贴有“友好商家”，进店说一声就行", "“Friendly shop” on the door; just ask inside"), ("", "")),
    ),
    Sort(
        letter="C",
        kind="compound",
        in_town=29,
        in_each=0,
        names=(("花园", "Gardens"), ("苑", "Court"), ("小区", "Residence")),
        always=("parking",),
        often=(("water", 0.4), ("battery_swap", 0.35), ("charging", 0.3)),
        hours=("24小时", "06:00-24:00", "7:00-23:00"),
        access=(
            ("东门进，报“送餐”，车停画线的车位", "East gate, say you deliver; park in the marked spaces"),
            ("正门登记车牌，限停 30 分钟", "Main gate, give your plate; 30 minutes at most"),
        ),
    ),
    Sort(
        letter="N",
        kind="centre",
        in_town=6,
        in_each=0,
        names=(("邻里中心", "Neighbour Centre"),),
        always=("water", "charging", "microwave", "toilet", "rest", "first_aid", "air_conditioning"),
        often=(),
        hours=(
            "工作日 8:30-18:00，节假日 9:00-17:00",
            "周二至周日 9:00-21:00，周一休息",
            "8:30-12:00,14:00-20:00，法定节假日休息",
        ),
        access=(("一楼服务台旁", "Ground floor, beside the desk"),),
    ),
)


@dataclass(frozen=True)
class Station:
    """A service place with the line of its file."""

    code: str
    names: Names
    sort: Sort
    place: Place
    at: tuple[float, float]  # latitude, longitude
    address: Names
    access: Names
    hours: str
    phone: str
    facilities: tuple[str, ...]
    spaces: int | None
    photo: str

    def line(self) -> list[object]:
        """In the order of the columns."""
        return [
            *(self.code, *self.names, self.sort.kind, self.place.code, *self.at, "WGS-84", *self.address),
            *(
                *self.access,
                self.hours,
                self.phone,
                ";".join(self.facilities),
                "" if self.spaces is None else self.spaces,
                self.photo,
            ),
        ]


def open_stations(cells: list[Cell], places: list[Place], letters: Mapping[str, str], rng: Random) -> list[Station]:
    """All of them, a kind after the other, each in the order of the codes."""
    land = list(zip(cells, places, strict=True))
    found: list[Station] = []
    for sort, first in zip(SORTS, (FIRST[0], None, FIRST[1], None), strict=True):
        names, spaces = _names(sort, rng), _spaces(sort, rng)
        for number, (cell, place) in enumerate(_where(land, sort, first, rng), start=1):
            code, phone = f"{sort.letter}-{number:03}", PHONE.format(len(found) + 1)
            photo = f"photos/{sort.kind}-{number % LOOKS + 1}.jpg"
            said = {"phone": phone, "spaces": next(spaces), "photo": photo}
            found.append(_station(code, next(names), sort, (cell, place), letters, rng, **said))
    return found


def _names(sort: Sort, rng: Random) -> Iterator[Names]:
    """No two alike."""
    heads = (*HEADS, *MORE_HEADS)
    every = [(f"{zh}{tail_zh}", f"{en} {tail_en}") for zh, en in heads for tail_zh, tail_en in sort.names]
    rng.shuffle(every)
    return iter(every)


def _spaces(sort: Sort, rng: Random) -> Iterator[int | None]:
    """One to a few for each compound, so many in all."""
    many = sort.in_town if sort.kind == "compound" else 0
    shares = [SPACES // many + (at < SPACES % many) for at in range(many)] if many else []
    for _ in range(many):
        giver, taker = rng.sample(range(many), 2)
        if shares[giver] > 1:
            shares[giver], shares[taker] = shares[giver] - 1, shares[taker] + 1
    yield from shares
    while True:
        yield None


def _where(land: list[Land], sort: Sort, first: str | None, rng: Random) -> Iterator[Land]:
    """In the county town, each grid once before one has two; in country towns where grids are smallest."""
    towns: dict[str, list[Land]] = {}
    for cell, place in land:
        towns.setdefault(place.town, []).append((cell, place))
    urban = [pair for pair in land if pair[1].is_urban]
    order = rng.sample(urban, len(urban))
    order.sort(key=lambda pair: pair[1].code != first)
    for at in range(sort.in_town):
        yield order[at % len(order)]
    for town, members in towns.items():
        if town != urban[0][1].town:
            yield from sorted(members, key=lambda pair: (pair[0].outline.area, pair[1].code))[: sort.in_each]


def _station(
    code: str, names: Names, sort: Sort, land: Land, letters: Mapping[str, str], rng: Random, **said: Any
) -> Station:
    cell, place = land
    has = sort.always + tuple(facility for facility, often in sort.often if rng.random() < often)
    at, house = inside(cell, rng), rng.randint(1, 180)
    return Station(
        code=code,
        names=names,
        sort=sort,
        place=place,
        at=at,
        address=(f"{place.town}{place.community}{place.name}{house}号", latin.address(place, house, letters)),
        access=rng.choice(sort.access),
        hours=rng.choice(sort.hours),
        facilities=has,
        **said,
    )
