"""A street in daylight, and what can go wrong on it: a leak, a missing manhole cover, a fallen tree, a pothole."""

from random import Random  # noqa: TID251 - handed on from the scene's fixed seed

from sample_pictures.sheet import Brush, Sheet, blob

KERB = 560  # where the pavement ends and the road begins
ROAD = [(0, KERB + 24), (1280, KERB + 24), (1280, 960), (0, 960)]
WALLS = ("#e9d8bd", "#d9c3a6", "#cfd6d3", "#e5cdb6", "#d5ddd4")


def leak(rng: Random) -> Sheet:
    """Water shoots out of the road and runs along the kerb."""
    sheet = road(rng)
    puddle(sheet, rng, centre=(640, 780), size=(470, 105))
    break_up(sheet, rng, centre=(640, 760), size=(92, 34))
    fountain(sheet, rng, foot=(640, 752))
    barrier(sheet, 1010, 700)
    return sheet


def leak_fixed(rng: Random) -> Sheet:
    """The same street: dry, with a dark square of fresh asphalt."""
    sheet = road(rng)
    sheet.polygon([(520, 720), (770, 720), (806, 822), (486, 822)], "#33373c")
    sheet.grain([(520, 720), (770, 720), (806, 822), (486, 822)], strength=0.5)
    sheet.line([(520, 720), (770, 720), (806, 822), (486, 822), (520, 720)], "#24272b", width=5)
    sheet.soft(lambda brush: brush.oval((930, 800), (120, 16), (150, 190, 215, 90)), blur=10)
    barrier(sheet, 1040, 690)
    return sheet


def manhole(rng: Random) -> Sheet:
    """A hole in the road where a cover should be, with a branch stuck in it as a warning."""
    sheet = road(rng)
    sheet.oval((600, 776), (196, 92), "#6d6f70")
    sheet.oval((600, 774), (176, 80), "#8b8d8d")
    sheet.oval((600, 776), (160, 70), "#15181b")
    sheet.soft(lambda brush: brush.oval((600, 806), (120, 30), (70, 78, 84, 120)), blur=14)
    for step in range(3):
        sheet.line([(688, 752 + step * 22), (728, 748 + step * 22)], "#4c4a47", width=8)
    sheet.line([(560, 800), (520, 560), (470, 470)], "#6b4d30", width=13)
    sheet.line([(532, 620), (590, 520)], "#6b4d30", width=8)
    for _ in range(46):
        x, y = rng.uniform(430, 620), rng.uniform(440, 570)
        sheet.oval((x, y), (rng.uniform(8, 17), rng.uniform(5, 10)), rng.choice(("#4e8a3d", "#68a04a", "#3f7434")))
    sheet.polygon([(842, 730), (908, 720), (916, 752), (848, 764)], "#a8553c")
    sheet.polygon([(842, 730), (908, 720), (905, 708), (838, 716)], "#c06a4e")
    return sheet


def tree(rng: Random) -> Sheet:
    """A tree lies across the whole road."""
    sheet = road(rng)
    sheet.soft(lambda brush: brush.polygon([(80, 800), (1220, 700), (1220, 760), (80, 860)], (0, 0, 0, 120)), blur=20)
    sheet.polygon([(70, 700), (130, 690), (860, 690), (860, 722), (130, 776), (64, 780)], "#6a4a31")
    sheet.polygon([(130, 690), (860, 690), (860, 702), (130, 716)], "#845f41")
    sheet.oval((92, 740), (36, 44), "#c79a68")
    for ring in (27, 18, 9):
        sheet.arc((92 - ring, 740 - ring * 1.2, 92 + ring, 740 + ring * 1.2), (0, 360), "#9a6f45", width=2.5)
    for x, y in ((700, 560), (860, 590), (960, 830), (790, 850)):
        sheet.line([(620, 706), ((620 + x) / 2 + 30, (706 + y) / 2), (x, y)], "#6a4a31", width=15)
    crown(sheet, rng, centre=(960, 700), size=(300, 175))
    for _ in range(60):
        sheet.oval((rng.uniform(300, 1240), rng.uniform(790, 930)), (rng.uniform(5, 12), 5), rng.choice(LEAVES))
    return sheet


def tree_cleared(rng: Random) -> Sheet:
    """The road is free again; the trunk waits in pieces on the pavement."""
    sheet = road(rng)
    for row, count in enumerate((5, 4, 3)):
        for log in range(count):
            x, y = 170 + log * 84 + row * 42, 556 - row * 66
            sheet.box((x - 40, y - 40, x + 60, y + 40), "#5d4029", round_by=38)
            sheet.oval((x, y), (40, 40), "#76543a")
            sheet.oval((x, y), (34, 34), "#d1a878")
            sheet.arc((x - 20, y - 20, x + 20, y + 20), (0, 360), "#a87c50", width=3)
    for _ in range(26):
        sheet.oval((rng.uniform(60, 1220), rng.uniform(640, 930)), (rng.uniform(4, 10), 4), rng.choice(LEAVES))
    sheet.line([(716, 600), (812, 420)], "#9b7a4f", width=9)
    sheet.polygon([(680, 590), (738, 606), (722, 652), (650, 632)], "#c9a64f")
    return sheet


def pothole(rng: Random) -> Sheet:
    """A broken road surface with rain in it."""
    sheet = road(rng)
    break_up(sheet, rng, centre=(560, 780), size=(250, 88))
    sheet.polygon(blob((570, 792), (190, 56), rng), "#7d97a6")
    sheet.soft(lambda brush: brush.oval((520, 780), (90, 14), (225, 238, 245, 190)), blur=9)
    for _ in range(34):
        x, y = rng.uniform(250, 900), rng.uniform(700, 900)
        sheet.polygon(
            blob((x, y), (rng.uniform(5, 15), rng.uniform(4, 9)), rng, corners=7), rng.choice(("#6c6f72", "#85888a"))
        )
    return sheet


LEAVES = ("#3f7434", "#4e8a3d", "#67a04a", "#7fb35a", "#376630")


def road(rng: Random) -> Sheet:
    """An empty street: houses, trees behind, pavement, asphalt."""
    sheet = Sheet("#b9dcf2", "#eef6fa")
    sheet.soft(
        lambda brush: brush.polygon(
            [(0, 330), (260, 210), (560, 300), (860, 190), (1280, 300), (1280, 420), (0, 420)], "#a9c6b8"
        ),
        blur=3,
    )
    left = -40.0
    while left < 1280:
        width = rng.uniform(190, 290)
        house(sheet, rng, (left, rng.uniform(170, 270), left + width, KERB - 60))
        left += width + rng.choice((0, 0, 16))
    for x in (60, 480, 905, 1230):
        sheet.soft(lambda brush, x=x: brush.oval((x, KERB - 46), (80, 12), (0, 0, 0, 90)), blur=8)  # type: ignore[misc]
        sheet.box((x - 8, KERB - 190, x + 8, KERB - 44), "#6a4a31")
        crown(sheet, rng, centre=(x, KERB - 235), size=(86, 84))
    sheet.fade((0, KERB - 62, 1280, KERB), "#cfc9bf", "#bdb6aa")
    for x in range(-200, 1500, 92):
        sheet.line([(x, KERB), (x + (x - 640) * -0.1, KERB - 62)], "#a9a296", width=2)
    sheet.fade((0, KERB, 1280, KERB + 26), "#e4dfd6", "#9c968c")
    sheet.fade((0, KERB + 26, 1280, 960), "#6f7478", "#4d5256")
    sheet.grain(ROAD, strength=0.34)
    for x in range(-60, 1280, 260):
        sheet.polygon([(x, 900), (x + 150, 900), (x + 146, 916), (x - 8, 916)], "#e7e3d6")
    return sheet


def house(sheet: Sheet, rng: Random, box: tuple[float, float, float, float]) -> None:
    """A front with a roof, windows and a shop below."""
    left, top, right, bottom = box
    wall = rng.choice(WALLS)
    sheet.box((left, top, right, bottom), wall)
    sheet.box((left - 6, top - 16, right + 6, top), rng.choice(("#8d5b4a", "#6f7a83", "#a06a4e")))
    floor = top + 28
    while floor + 62 < bottom - 92:
        x = left + 26
        while x + 44 < right - 16:
            sheet.box((x - 3, floor - 3, x + 47, floor + 61), "#f6efe3")
            sheet.fade((x, floor, x + 44, floor + 58), "#7fa3b8", "#a9c6d4")
            sheet.line([(x + 22, floor), (x + 22, floor + 58)], "#f6efe3", width=3)
            x += 66
        floor += 88
    sheet.box((left + 18, bottom - 84, right - 18, bottom), "#5b6b74", round_by=3)
    sheet.polygon(
        [(left + 8, bottom - 92), (right - 8, bottom - 92), (right + 2, bottom - 64), (left - 2, bottom - 64)],
        rng.choice(("#c4574a", "#3f7f78", "#d39a3c", "#4a6fa5")),
    )


def crown(sheet: Sheet, rng: Random, *, centre: tuple[float, float], size: tuple[float, float]) -> None:
    """Leaves: dark ones behind, light ones on top."""
    (x, y), (across, down) = centre, size
    for shade, ink in enumerate((LEAVES[4], LEAVES[0], LEAVES[1], LEAVES[2], LEAVES[3])):
        for _ in range(16):
            dx, dy = rng.uniform(-0.8, 0.8), rng.uniform(-0.75, 0.75)
            near = 0.42 - shade * 0.055
            at = (x + dx * across * (1 - shade * 0.08), y + dy * down - shade * down * 0.07)
            sheet.polygon(blob(at, (across * near, down * near), rng, rough=0.3), ink)


def puddle(sheet: Sheet, rng: Random, *, centre: tuple[float, float], size: tuple[float, float]) -> None:
    """Water that lies on the road and mirrors the sky."""
    x, y = centre
    sheet.polygon(blob(centre, (size[0] * 1.05, size[1] * 1.12), rng), (40, 50, 58, 130))
    sheet.polygon(blob(centre, size, rng), "#86a9bd")
    sheet.soft(lambda brush: brush.oval((x - 130, y - 20), (210, 26), (225, 240, 248, 200)), blur=16)
    for ring in range(4):
        sheet.arc(
            (x - 90 - ring * 60, y - 26 - ring * 17, x + 90 + ring * 60, y + 26 + ring * 17),
            (10, 175),
            (230, 243, 250, 150),
            width=2.5,
        )


def break_up(sheet: Sheet, rng: Random, *, centre: tuple[float, float], size: tuple[float, float]) -> None:
    """A hole torn into the asphalt."""
    sheet.polygon(blob(centre, (size[0] * 1.16, size[1] * 1.2), rng, rough=0.3), "#3a3d40")
    sheet.polygon(blob(centre, size, rng, rough=0.3), "#5a4a3b")


def fountain(sheet: Sheet, rng: Random, *, foot: tuple[float, float]) -> None:
    """Water under pressure: streaks up, drops down."""
    x, y = foot

    def streaks(brush: Brush) -> None:
        for _ in range(70):
            lean, height = rng.gauss(0, 62), rng.uniform(160, 400)
            top = (x + lean * 1.2, y - height)
            brush.line(
                [(x + lean * 0.12, y), (x + lean * 0.7, y - height * 0.66), top],
                (235, 246, 252, 120),
                width=rng.uniform(3, 9),
            )

    sheet.soft(streaks, blur=3)
    sheet.soft(lambda brush: brush.oval((x, y + 8), (110, 26), (240, 248, 252, 220)), blur=10)
    for _ in range(150):
        dx, dy = rng.gauss(0, 120), rng.uniform(-410, 20)
        size = rng.uniform(2, 6)
        sheet.oval((x + dx, y + dy + abs(dx) * 0.9), (size * 0.8, size), (232, 245, 252, 215))


def barrier(sheet: Sheet, x: float, y: float) -> None:
    """A traffic cone."""
    sheet.soft(lambda brush: brush.oval((x + 14, y + 142), (78, 16), (0, 0, 0, 120)), blur=8)
    sheet.polygon([(x - 58, y + 132), (x + 58, y + 132), (x + 66, y + 150), (x - 66, y + 150)], "#d8532b")
    sheet.polygon([(x - 9, y), (x + 9, y), (x + 44, y + 134), (x - 44, y + 134)], "#ef6a35")
    sheet.polygon([(x - 18, y + 34), (x + 18, y + 34), (x + 26, y + 64), (x - 26, y + 64)], "#fbf4ea")
    sheet.polygon([(x - 33, y + 92), (x + 33, y + 92), (x + 39, y + 114), (x - 39, y + 114)], "#fbf4ea")
