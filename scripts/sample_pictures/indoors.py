"""Walls and stairwells: bare wires, a blocked fire exit (and the same one cleared), a heap of rubbish."""

from random import Random  # noqa: TID251 - handed on from the scene's fixed seed

from sample_pictures.sheet import Sheet, blob


def wire(rng: Random) -> Sheet:
    """A junction box without its lid, wires out, one of them sparking."""
    sheet = Sheet("#d8d2c4", "#bcb5a5")
    sheet.grain([(0, 0), (1280, 0), (1280, 960), (0, 960)], strength=0.3)
    for _ in range(9):
        stain = blob((rng.uniform(0, 1280), rng.uniform(0, 960)), (rng.uniform(40, 150), rng.uniform(30, 90)), rng)
        sheet.soft(lambda brush, stain=stain: brush.polygon(stain, (120, 110, 90, 40)), blur=14)  # type: ignore[misc]
    sheet.box((600, -10, 640, 270), "#8f938f", round_by=6)
    sheet.box((606, -10, 616, 270), "#b7bab6")
    sheet.soft(lambda brush: brush.box((440, 270, 830, 640), (0, 0, 0, 130), round_by=16), blur=18)
    sheet.box((430, 250, 810, 620), "#a9aeae", round_by=16)
    sheet.box((452, 272, 788, 598), "#3c4246", round_by=8)
    sheet.box((478, 300, 590, 430), "#e9e6da", round_by=6)
    for row in range(3):
        sheet.oval((506, 330 + row * 36), (9, 9), "#7b7f80")
        sheet.oval((560, 330 + row * 36), (9, 9), "#7b7f80")
    paths = {
        "#b8372c": [(620, 420), (660, 560), (620, 700), (690, 800)],
        "#2c5fae": [(650, 400), (720, 540), (730, 680), (660, 760)],
        "#d9a62b": [(590, 440), (560, 620), (500, 720), (520, 850)],
        "#2d7d46": [(690, 380), (790, 520), (860, 640), (850, 720)],
    }
    for ink, (start, one, other, end) in paths.items():
        curve = [_bezier((start, one, other, end), step / 40) for step in range(41)]
        sheet.soft(
            lambda brush, curve=curve: brush.line([(x + 14, y + 10) for x, y in curve], (0, 0, 0, 90), width=13), blur=7
        )  # type: ignore[misc]
        sheet.line(curve, ink, width=13)
        sheet.line([curve[-1], (curve[-1][0] + 5, curve[-1][1] + 40)], "#c98a4a", width=7)
    sparks(sheet, rng, (694, 842))
    sheet.polygon([(140, 690), (240, 520), (340, 690)], "#1f2326")
    sheet.polygon([(158, 680), (240, 542), (322, 680)], "#f4c430")
    sheet.polygon([(250, 572), (214, 630), (238, 630), (224, 668), (268, 612), (244, 612)], "#1f2326")
    return sheet


def exit_blocked(rng: Random) -> Sheet:
    """Boxes and a scooter in front of the fire door."""
    sheet = stairwell(rng)
    sheet.soft(lambda brush: brush.box((380, 830, 1060, 880), (0, 0, 0, 130)), blur=20)
    stack = (
        (410, 640, 620, 850),
        (600, 690, 770, 850),
        (450, 480, 610, 644),
        (640, 560, 770, 694),
        (500, 370, 610, 484),
    )
    for left, top, right, bottom in stack:
        sheet.box((left, top, right, bottom), rng.choice(("#c79a63", "#b98a55", "#d2a872")), round_by=3)
        sheet.box((left, top, right, top + 16), (255, 255, 255, 40))
        middle = (left + right) / 2
        sheet.box((middle - 12, top, middle + 12, bottom), (238, 220, 180, 150))
    scooter(sheet)
    return sheet


def exit_cleared(rng: Random) -> Sheet:
    """The same door, free."""
    return stairwell(rng)


def rubbish(rng: Random) -> Sheet:
    """Bags and boxes beside an overflowing bin."""
    sheet = Sheet("#c9d3c8", "#aeb9ad")
    for row in range(9):
        for column in range(-1, 12):
            x, y = column * 122 + (row % 2) * 61, row * 64
            sheet.box((x, y, x + 116, y + 58), rng.choice(("#b98468", "#ad7a60", "#c28f73", "#b58066")), round_by=2)
    sheet.fade((0, 576, 1280, 960), "#a3a29b", "#7d7c76")
    sheet.grain([(0, 576), (1280, 576), (1280, 960), (0, 960)], strength=0.35)
    sheet.soft(lambda brush: brush.oval((640, 830), (520, 60), (0, 0, 0, 120)), blur=24)
    sheet.polygon([(720, 380), (1010, 380), (980, 830), (750, 830)], "#2f6f58")
    sheet.polygon([(720, 380), (1010, 380), (1006, 424), (724, 424)], "#3f8a6e")
    sheet.polygon([(700, 350), (860, 250), (1050, 330), (1030, 384), (704, 384)], "#285f4b")
    bags = (
        (430, 720, 150, 120),
        (240, 770, 120, 92),
        (600, 780, 120, 84),
        (350, 840, 110, 70),
        (800, 330, 90, 76),
        (930, 320, 76, 62),
        (1080, 800, 110, 80),
    )
    for x, y, across, down in bags:
        ink = rng.choice(("#23272b", "#3a4046", "#2d4a66", "#51606a"))
        sheet.polygon(blob((x, y), (across, down), rng, rough=0.12), ink)
        sheet.polygon(
            [(x - 16, y - down + 8), (x + 20, y - down + 6), (x + 36, y - down - 34), (x - 34, y - down - 28)], ink
        )
        sheet.soft(
            lambda brush, x=x, y=y, a=across: brush.oval((x - a * 0.35, y - 20), (a * 0.22, 26), (255, 255, 255, 90)),
            blur=12,
        )  # type: ignore[misc]
    for _ in range(24):
        x, y = rng.uniform(120, 1180), rng.uniform(820, 930)
        sheet.polygon(
            blob((x, y), (rng.uniform(8, 26), rng.uniform(5, 13)), rng, corners=7),
            rng.choice(("#e8e2d2", "#d0573f", "#f0c14b", "#7fb0c8")),
        )
    return sheet


def stairwell(rng: Random) -> Sheet:
    """A wall with a green fire door, a lit sign above it and an extinguisher beside it."""
    sheet = Sheet("#e9ece8", "#d3d8d2")
    sheet.fade((0, 560, 1280, 800), "#a8c3b4", "#97b4a4")
    sheet.fade((0, 800, 1280, 960), "#b7b1a5", "#97917f")
    for x in range(-300, 1700, 150):
        sheet.line([(x, 960), (640 + (x - 640) * 0.72, 800)], "#8d8778", width=2)
    sheet.grain([(0, 0), (1280, 0), (1280, 960), (0, 960)], strength=0.16)
    sheet.box((430, 200, 850, 806), "#5d6a66", round_by=4)
    sheet.fade((446, 216, 834, 806), "#3f8f6d", "#2f7558")
    sheet.line([(640, 216), (640, 806)], "#235a44", width=5)
    for left in (486, 680):
        sheet.fade((left, 280, left + 114, 470), "#bcd6dd", "#8fb4c0")
    sheet.box((470, 560, 812, 582), "#c9ccc9", round_by=10)
    sheet.soft(lambda brush: brush.box((520, 92, 760, 176), (120, 255, 170, 150)), blur=26)
    sheet.box((530, 100, 750, 168), "#1e9e57", round_by=8)
    sheet.oval((612, 118), (10, 10), "#f2fff6")
    sheet.line([(606, 132), (618, 142), (604, 156)], "#f2fff6", width=9)
    sheet.line([(598, 138), (612, 130), (628, 138)], "#f2fff6", width=6)
    sheet.polygon([(660, 128), (690, 128), (690, 116), (718, 134), (690, 152), (690, 140), (660, 140)], "#f2fff6")
    sheet.box((1010, 560, 1078, 790), "#c8352c", round_by=30)
    sheet.box((1030, 528, 1058, 566), "#23272b", round_by=4)
    sheet.line([(1050, 540), (1100, 560), (1096, 660)], "#23272b", width=9)
    sheet.box((1018, 640, 1070, 710), "#f1e7d6", round_by=4)
    return sheet


def scooter(sheet: Sheet) -> None:
    """A parked electric scooter."""
    for x in (800, 1030):
        sheet.oval((x, 812), (62, 62), "#1e2225")
        sheet.oval((x, 812), (34, 34), "#aeb4b6")
    sheet.polygon([(770, 740), (900, 740), (930, 790), (1010, 790), (1030, 812), (850, 812), (800, 770)], "#3d7fb8")
    sheet.polygon([(764, 716), (900, 716), (896, 744), (776, 744)], "#23272b")
    sheet.polygon([(960, 600), (996, 592), (1036, 790), (1000, 794)], "#3d7fb8")
    sheet.line([(930, 590), (1006, 576)], "#23272b", width=13)
    sheet.oval((996, 640), (20, 20), "#f6efcf")


def sparks(sheet: Sheet, rng: Random, centre: tuple[float, float]) -> None:
    """A short circuit."""
    x, y = centre
    sheet.soft(lambda brush: brush.oval(centre, (90, 90), (255, 214, 90, 190)), blur=26)
    for _ in range(26):
        dx, dy = rng.gauss(0, 52), rng.gauss(0, 46)
        sheet.line([(x + dx * 0.25, y + dy * 0.25), (x + dx, y + dy)], "#fff3b8", width=3)
    sheet.oval(centre, (13, 13), "#ffffff")


def _bezier(points: tuple[tuple[float, float], ...], at: float) -> tuple[float, float]:
    weights = ((1 - at) ** 3, 3 * at * (1 - at) ** 2, 3 * at**2 * (1 - at), at**3)
    return (
        sum(weight * x for weight, (x, _) in zip(weights, points, strict=True)),
        sum(weight * y for weight, (_, y) in zip(weights, points, strict=True)),
    )
