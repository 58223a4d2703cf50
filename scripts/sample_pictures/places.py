"""Service places of the sample county from outside: a warm station, a friendly shop, a compound, a neighbour centre."""

from random import Random  # noqa: TID251 - handed on from the scene's fixed seed

from sample_pictures.sheet import XY, Brush, Sheet
from sample_pictures.street import crown, road

GROUND = 700
"""Where walls meet the pavement in front of them."""
BRICKS = ("#b9553f", "#c98b5a", "#7d8f86")
AWNINGS = (("#d9483b", "#f6efe3"), ("#2f7d5b", "#f6efe3"), ("#2c5fae", "#f4e7c8"))


def station(rng: Random) -> Sheet:
    """A glass cabin that is lit at dusk, with a bench, a water machine and plugs for phones."""
    sheet = Sheet(rng.choice(("#5d6f9c", "#6b6a99", "#44587f")), "#f0c9a2")
    _skyline(sheet, rng)
    _pavement(sheet, "#8a8f98", "#5b6068")
    sheet.soft(lambda brush: brush.box((150, 330, 1130, 830), (255, 190, 110, 120)), blur=60)
    sheet.box((190, 250, 1090, 330), "#e8622d", round_by=12)
    _name(sheet, (640, 290), "暖新驿站", 58)
    sheet.fade((210, 330, 1070, GROUND), "#fff3d8", "#fbd9a0")
    sheet.box((236, 590, 560, 618), "#a8743f", round_by=6)  # a bench, and its legs
    for x in (262, 520):
        sheet.box((x, 618, x + 14, GROUND), "#6b4a2b")
    for x in (300, 420):
        sheet.box((x, 540, x + 90, 592), "#d07a4a", round_by=10)
    _machine(sheet, 640)
    sheet.box((770, 400, 860, 560), "#f7f7f4", round_by=8)  # plugs
    for row in range(3):
        sheet.box((786, 418 + row * 46, 844, 450 + row * 46), "#39424c", round_by=4)
        sheet.oval((836, 434 + row * 46), (4, 4), "#53d16a")
    _door(sheet, (900, 400, 1040, GROUND), "#7fb4c9")
    for x in (204, 584, 884, 1064):
        sheet.box((x, 330, x + 12, GROUND), "#40464e")
    sheet.box((190, GROUND - 8, 1090, GROUND + 10), "#40464e")
    _sign(sheet, (1130, 420), "24h", "#e8622d")
    _scooter(sheet, (330, 850), rng.choice(("#f2b632", "#2f8ad0", "#3aa66a")))
    return sheet


def shop(rng: Random) -> Sheet:
    """A shop in a row of houses, with an awning and a sticker on its door."""
    sheet = road(rng)
    wall, (ink, other) = rng.choice(BRICKS), rng.choice(AWNINGS)
    sheet.soft(lambda brush: brush.box((210, 660, 1080, 740), (0, 0, 0, 120)), blur=16)
    sheet.box((220, 130, 1060, GROUND), wall)
    sheet.grain([(220, 130), (1060, 130), (1060, GROUND), (220, GROUND)], strength=0.25)
    for x in (290, 560, 830):
        sheet.box((x - 6, 164, x + 146, 276), "#f6efe3")
        sheet.fade((x, 170, x + 140, 270), "#7fa3b8", "#b7d2de")
    sheet.box((236, 300, 1044, 372), "#27313b", round_by=6)
    _name(sheet, (640, 336), "友好商家", 46)
    _awning(sheet, (226, 372, 1054, 446), ink, other)
    sheet.fade((260, 450, 760, 640), "#fdf1d2", "#e9cf9b")
    for row in range(3):
        sheet.box((270, 500 + row * 48, 750, 508 + row * 48), "#a8743f")
        for x in range(286, 730, 44):
            tall = rng.randint(20, 34)
            colour = rng.choice(("#d9483b", "#f2b632", "#2f7d5b", "#2c5fae", "#efe7d5", "#8e5aa8"))
            sheet.box((x, 500 + row * 48 - tall, x + 28, 500 + row * 48), colour, round_by=4)
    sheet.box((250, 640, 770, GROUND), "#5a4636")
    _door(sheet, (820, 450, 1000, GROUND), "#8fb7c4")
    sheet.oval((910, 520), (42, 42), "#e8622d")
    sheet.polygon(_heart((910, 522), 22), "#ffffff")
    _scooter(sheet, (360, 850), "#f2b632")
    return sheet


def compound(rng: Random) -> Sheet:
    """The gate of a housing compound, with a barrier and marked spaces for riders."""
    sheet = Sheet("#a9d3ee", "#eef6fa")
    tower = rng.choice(("#e3d2bd", "#d5dbe0", "#e6dcc4"))
    for left, top in ((60, 120), (430, 60), (880, 150)):
        sheet.box((left, top, left + 280, 620), tower)
        sheet.box((left - 6, top - 14, left + 286, top), "#8d6f5a")
        for y in range(top + 26, 560, 66):
            for x in range(left + 26, left + 250, 62):
                sheet.fade((x, y, x + 38, y + 42), "#7fa3b8", "#c2d8e2")
    for x in (30, 360, 770, 1240):
        crown(sheet, rng, centre=(x, 560), size=(120, 100))
    _pavement(sheet, "#9aa0a4", "#666b70")
    for left in (170, 1010):
        sheet.box((left, 380, left + 90, GROUND), "#c7b08e")
        sheet.box((left - 12, 360, left + 102, 384), "#8d5b4a")
    sheet.box((160, 300, 1120, 372), "#7a3f32", round_by=8)
    _name(sheet, (640, 336), "友好小区 · 骑手请进", 42)
    sheet.box((300, 470, 420, GROUND), "#eef1f2", round_by=6)
    sheet.fade((316, 490, 404, 570), "#6f97ab", "#a9c6d4")
    sheet.box((436, 600, 470, GROUND), "#d9a62b", round_by=4)
    for at in range(9):
        sheet.box((470 + at * 58, 606, 528 + at * 58, 628), "#d9483b" if at % 2 else "#f6f4ef")
    _spaces(sheet)
    _scooter(sheet, (250, 850), rng.choice(("#2f8ad0", "#3aa66a", "#f2b632")))
    _sign(sheet, (1190, 420), "P", "#2c5fae")
    return sheet


def centre(rng: Random) -> Sheet:
    """A neighbour centre: two floors, wide stairs, plants by the door."""
    sheet = Sheet("#b4dbf3", "#f4f8f6")
    _skyline(sheet, rng)
    wall = rng.choice(("#f2ece0", "#e8eef0", "#f4e6d4"))
    sheet.box((110, 190, 1170, 660), wall)
    sheet.box((96, 168, 1184, 196), "#a8483a")
    for x in range(196, 1000, 156):
        sheet.fade((x, 330, x + 108, 430), "#6f97ab", "#b7d2de")
        if not 500 < x < 700:
            sheet.fade((x, 480, x + 108, 600), "#6f97ab", "#b7d2de")
    sheet.box((150, 216, 1130, 306), "#a8483a", round_by=8)
    _name(sheet, (640, 261), "邻里中心", 62)
    _door(sheet, (520, 460, 760, 660), "#8fb7c4")
    _pavement(sheet, "#d6d1c6", "#a9a397")
    for step in range(3):
        sheet.box((440 - step * 30, 652 + step * 24, 840 + step * 30, 678 + step * 24), "#c9c3b6")
        sheet.box((440 - step * 30, 652 + step * 24, 840 + step * 30, 658 + step * 24), "#e4dfd4")
    for x in (370, 910):
        sheet.polygon([(x - 46, 700), (x + 46, 700), (x + 34, 772), (x - 34, 772)], "#a85a3c")
        crown(sheet, rng, centre=(x, 650), size=(64, 66))
    return sheet


def _skyline(sheet: Sheet, rng: Random) -> None:
    left = -20.0
    while left < 1280:
        width, top = rng.uniform(110, 210), rng.uniform(260, 430)
        sheet.soft(
            lambda brush, at=(left, top, left + width, 720): brush.box(at, (70, 84, 120, 90)),  # type: ignore[misc]
            blur=2,
        )
        left += width + 8


def _pavement(sheet: Sheet, near: str, far: str) -> None:
    sheet.fade((0, GROUND - 40, 1280, 960), near, far)
    sheet.grain([(0, GROUND - 40), (1280, GROUND - 40), (1280, 960), (0, 960)], strength=0.3)


def _name(sheet: Sheet, middle: XY, text: str, size: int) -> None:
    sheet.soft(lambda brush: brush.text((middle[0] + 3, middle[1] + 4), text, (0, 0, 0, 110), size=size), blur=3)
    sheet.text(middle, text, "#fffaf0", size=size)


def _sign(sheet: Sheet, middle: XY, text: str, ink: str) -> None:
    x, y = middle
    sheet.box((x - 6, y, x + 6, GROUND + 60), "#5b6068")
    sheet.box((x - 58, y - 58, x + 58, y + 58), "#ffffff", round_by=16)
    sheet.box((x - 50, y - 50, x + 50, y + 50), ink, round_by=12)
    sheet.text(middle, text, "#ffffff", size=44)


def _door(sheet: Sheet, box: tuple[float, float, float, float], glass: str) -> None:
    left, top, right, bottom = box
    middle = (left + right) / 2
    sheet.box(box, "#40464e", round_by=4)
    for a, b in ((left + 8, middle - 3), (middle + 3, right - 8)):
        sheet.fade((a, top + 8, b, bottom - 8), glass, "#e6f1f3")
    for x in (middle - 16, middle + 10):
        sheet.box((x, (top + bottom) / 2 - 30, x + 6, (top + bottom) / 2 + 30), "#40464e", round_by=3)


def _machine(sheet: Sheet, left: float) -> None:
    """Hot and cold water."""
    sheet.box((left, 420, left + 100, GROUND), "#eef1f2", round_by=10)
    sheet.oval((left + 50, 392), (40, 46), (130, 190, 225, 220))
    sheet.box((left + 20, 470, left + 80, 540), "#39424c", round_by=8)
    sheet.oval((left + 36, 484), (6, 6), "#e0523f")
    sheet.oval((left + 64, 484), (6, 6), "#3f8ee0")


def _awning(sheet: Sheet, box: tuple[float, float, float, float], ink: str, other: str) -> None:
    left, top, right, bottom = box
    many = 14
    wide = (right - left) / many
    sheet.soft(lambda brush: brush.box((left, bottom, right, bottom + 26), (0, 0, 0, 110)), blur=10)
    for at in range(many):
        colour = ink if at % 2 == 0 else other
        sheet.box((left + at * wide, top, left + (at + 1) * wide, bottom), colour)
        sheet.oval((left + (at + 0.5) * wide, bottom), (wide / 2, 18), colour)


def _heart(middle: XY, size: float) -> list[XY]:
    x, y = middle
    return [
        (x, y + size),
        (x - size, y - size * 0.1),
        (x - size * 0.6, y - size * 0.8),
        (x, y - size * 0.35),
        (x + size * 0.6, y - size * 0.8),
        (x + size, y - size * 0.1),
    ]


def _spaces(sheet: Sheet) -> None:
    for at in range(6):
        x = 130 + at * 200
        sheet.line([(x, 790), (x - 50, 940)], "#f4f2ea", width=9)
    sheet.line([(120, 790), (1140, 790)], "#f4f2ea", width=9)


def _scooter(sheet: Sheet, foot: XY, ink: str) -> None:
    """A delivery scooter with its box, seen from the side."""
    x, y = foot

    def shadow(brush: Brush) -> None:
        brush.oval((x + 90, y + 4), (150, 16), (0, 0, 0, 130))

    sheet.soft(shadow, blur=9)
    for wheel in (x, x + 180):
        sheet.oval((wheel, y - 34), (36, 36), "#1f2326")
        sheet.oval((wheel, y - 34), (18, 18), "#9aa0a4")
    sheet.polygon([(x - 8, y - 60), (x + 70, y - 70), (x + 130, y - 66), (x + 150, y - 36), (x + 20, y - 36)], ink)
    sheet.line([(x + 178, y - 40), (x + 150, y - 140), (x + 128, y - 150)], "#39424c", width=10)
    sheet.polygon([(x + 132, y - 120), (x + 158, y - 112), (x + 176, y - 56), (x + 148, y - 54)], ink)
    sheet.box((x + 10, y - 96, x + 96, y - 74), "#27313b", round_by=8)
    sheet.box((x - 50, y - 176, x + 44, y - 84), ink, round_by=8)
    sheet.box((x - 50, y - 148, x + 44, y - 138), "#ffffff")
