"""The merchants of the sample county: 128 shops that take points, with what they give for them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random  # noqa: TID251 - handed on from the one fixed seed

from sample_county.land import Cell, inside
from sample_county.places import Place

COLUMNS = (
    *("code", "name_zh", "name_en", "category", "address", "latitude", "longitude", "hours", "phone"),
    *("about_zh", "about_en", "rate", "meals", "meal_zh", "meal_en"),
    *("item", "item_zh", "item_en", "price", "stock", "limit"),
)
MERCHANTS, IN_A_TOWN = 128, 6
"""In all; and in each country town, near its market. The others are in the county town."""
PHONE = "199-0003-{:04}"
"""Plainly made up, so that nobody dials it in earnest."""
RATE = 10
"""Fen a point."""
HEADS = (
    *(("老城", "Old Town"), ("福满", "Fuman"), ("云岭", "Yunling"), ("橙乡", "Orange Country"), ("客家", "Hakka")),
    *(("兴旺", "Xingwang"), ("阿婆", "Granny's"), ("三兄弟", "Three Brothers"), ("桥头", "Bridgehead")),
    *(("榕树下", "Under the Banyan"), ("水南", "Shuinan"), ("东山", "Dongshan"), ("四季", "Four Seasons")),
    *(("好邻居", "Good Neighbour"), ("平安", "Ping'an"), ("顺发", "Shunfa"), ("梅岭", "Meiling"), ("小林", "Xiaolin")),
    *(("金桔", "Kumquat"), ("明月", "Bright Moon")),
)
"""Twenty."""

Item = tuple[str, str, str, int]
"""Code, names, price."""


@dataclass(frozen=True)
class Trade:
    """A way to keep a shop."""

    kind: str
    many: int
    names: tuple[tuple[str, str], ...]  # what follows the head
    about: tuple[str, str]
    hours: tuple[str, ...]
    items: tuple[Item, ...]


TRADES = (
    Trade(
        "food",
        44,
        (("米粉店", "Rice Noodles"), ("小炒馆", "Stir-Fry Kitchen"), ("快餐", "Diner"), ("饺子馆", "Dumplings")),
        ("现炒现做，骑手可先上餐", "Cooked to order; riders are served first"),
        ("06:30-20:30", "10:00-14:00,16:30-21:30", "07:00-21:00", "10:00-01:00"),
        (
            ("NOODLES", "牛肉米粉一碗", "Beef rice noodles", 80),
            ("EGG", "茶叶蛋两个", "Two tea eggs", 20),
            ("SOUP", "例汤一份", "Soup of the day", 30),
        ),
    ),
    Trade(
        "grocery",
        20,
        (("便利店", "Corner Shop"), ("超市", "Supermarket"), ("粮油店", "Grain and Oil")),
        ("日用品、米面油、热水", "Daily goods, rice, flour, oil; hot water"),
        ("07:00-22:00", "00:00-24:00", "08:00-21:00"),
        (
            ("WATER", "矿泉水两瓶", "Two bottles of water", 20),
            ("RICE", "大米 5 公斤", "Rice, 5 kg", 300),
            ("TISSUE", "纸巾一提", "Tissues, a pack", 100),
        ),
    ),
    Trade(
        "drinks",
        14,
        (("茶饮", "Tea Bar"), ("豆浆坊", "Soy Milk"), ("凉茶铺", "Herbal Tea")),
        ("热饮冷饮，可续热水", "Hot and cold drinks; hot water refills"),
        ("09:00-22:30", "06:00-20:00"),
        (("TEA", "热奶茶一杯", "Hot milk tea", 80), ("SOY", "豆浆一杯", "Soy milk", 30)),
    ),
    Trade(
        "bakery",
        10,
        (("糕点铺", "Cakes"), ("包子铺", "Steamed Buns")),
        ("每天现做", "Made fresh every day"),
        ("05:30-18:00", "07:00-21:00"),
        (("BUNS", "肉包两个", "Two meat buns", 30), ("CAKE", "蛋糕一份", "A piece of cake", 60)),
    ),
    Trade(
        "fruit",
        10,
        (("果园", "Orchard"), ("水果店", "Fruit")),
        ("本地脐橙和时令水果", "Local navel oranges and fruit in season"),
        ("07:30-21:30",),
        (("ORANGES", "脐橙 1 公斤", "Navel oranges, 1 kg", 70), ("BOX", "果切一盒", "Cut fruit, a box", 90)),
    ),
    Trade(
        "repair",
        10,
        (("电动车维修", "Scooter Repairs"), ("手机维修", "Phone Repairs")),
        ("补胎、换刹车、手机贴膜", "Tyres, brakes, screens"),
        ("08:00-19:30",),
        (("PATCH", "补胎一次", "A tyre mended", 120), ("FILM", "手机贴膜", "A screen film", 100)),
    ),
    Trade(
        "pharmacy",
        8,
        (("大药房", "Pharmacy"),),
        ("常用药、创可贴、量血压", "Common medicines, plasters, blood pressure"),
        ("08:00-21:30", "00:00-24:00"),
        (("PLASTER", "创可贴一盒", "Plasters, a box", 50), ("MASKS", "口罩十只", "Ten masks", 40)),
    ),
    Trade(
        "service",
        7,
        (("理发店", "Barber"), ("洗衣店", "Laundry")),
        ("理发、洗衣、打印", "Haircuts, laundry, printing"),
        ("09:00-20:00",),
        (("CUT", "理发一次", "A haircut", 150), ("WASH", "洗外套一件", "A coat cleaned", 180)),
    ),
    Trade(
        "hardware",
        5,
        (("五金店", "Hardware"),),
        ("灯泡、雨衣、工具", "Bulbs, raincoats, tools"),
        ("07:30-19:00",),
        (("RAINCOAT", "雨衣一件", "A raincoat", 200), ("BULB", "节能灯一只", "An LED bulb", 60)),
    ),
)
MEALS = (
    ("两荤一素一汤，米饭管饱", "Two meat dishes, one of vegetables, soup, rice as you like"),
    ("一荤两素，米饭管饱", "One meat dish, two of vegetables, rice as you like"),
    ("牛肉米粉加蛋", "Beef rice noodles with an egg"),
)


OF_THE_DEMO = 58
"""The number of the shop whose people `data/demo.toml` has a phone for: open whenever somebody tries it."""


@dataclass
class Shop:
    """A merchant with the lines of its file."""

    code: str
    name: tuple[str, str]
    trade: Trade
    address: str
    at: tuple[float, float]  # latitude, longitude
    hours: str
    phone: str
    meals: int
    meal: tuple[str, str]
    items: list[tuple[Item, str, str]] = field(default_factory=list)  # with stock and limit

    def lines(self) -> Iterator[list[object]]:
        """A line an item."""
        for (code, zh, en, price), stock, limit in self.items:
            yield [
                *(self.code, *self.name, self.trade.kind, self.address, *self.at, self.hours, self.phone),
                *(*self.trade.about, RATE, self.meals, *self.meal),
                *(code, zh, en, price, stock, limit),
            ]


def open_shops(cells: list[Cell], places: list[Place], rng: Random) -> list[Shop]:
    """All of them, in the order of their codes."""
    trades = [trade for trade in TRADES for _ in range(trade.many)]
    rng.shuffle(trades)
    names = {trade.kind: _names(trade, rng) for trade in TRADES}
    shops = [
        _shop(number, trade, next(names[trade.kind]), cell, place, rng)
        for number, (trade, (cell, place)) in enumerate(zip(trades, _where(cells, places, rng), strict=True), start=1)
    ]
    shops[OF_THE_DEMO - 1].hours = "00:00-24:00"
    return shops


def _names(trade: Trade, rng: Random) -> Iterator[tuple[str, str]]:
    """No two alike."""
    every = [(f"{zh}{tail_zh}", f"{en} {tail_en}") for zh, en in HEADS for tail_zh, tail_en in trade.names]
    rng.shuffle(every)
    return iter(every)


def _where(cells: list[Cell], places: list[Place], rng: Random) -> Iterator[tuple[Cell, Place]]:
    """The land of each shop: in country towns where grids are smallest, which is near the market."""
    towns: dict[str, list[tuple[Cell, Place]]] = {}
    for cell, place in zip(cells, places, strict=True):
        towns.setdefault(place.town, []).append((cell, place))
    urban = [pair for pair in zip(cells, places, strict=True) if pair[1].is_urban]
    country = [town for town in towns if town != urban[0][1].town]
    for _ in range(MERCHANTS - IN_A_TOWN * len(country)):
        yield rng.choice(urban)
    for town in country:
        yield from sorted(towns[town], key=lambda pair: (pair[0].outline.area, pair[1].code))[:IN_A_TOWN]


def _shop(number: int, trade: Trade, name: tuple[str, str], cell: Cell, place: Place, rng: Random) -> Shop:
    has_meals = trade.kind == "food" and rng.random() < 0.7
    shop = Shop(
        code=f"M-{number:03}",
        name=name,
        trade=trade,
        address=f"{place.town}{place.name}{rng.randint(1, 180)}号",
        at=inside(cell, rng),
        hours=rng.choice(trade.hours),
        phone=PHONE.format(number),
        meals=rng.choice((10, 15, 20, 30)) if has_meals else 0,
        meal=rng.choice(MEALS) if has_meals else ("", ""),
    )
    for item in trade.items:
        limit = "1" if item[3] >= 150 else ""
        shop.items.append((item, str(rng.choice((10, 20, 30, 50))) if rng.random() < 0.6 else "", limit))
    return shop
