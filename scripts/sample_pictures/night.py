"""A lane at night under its lamps: one is broken, then mended."""

from random import Random  # noqa: TID251 - handed on from the scene's fixed seed

from sample_pictures.sheet import Brush, Sheet

LAMPS = ((250, 250, 1.0), (640, 300, 0.72), (900, 336, 0.5), (1060, 360, 0.36))
"""Each lamp's x, the y of its head, and how large it looks from here; the first is the one that breaks."""


def lamp_broken(rng: Random) -> Sheet:
    """The nearest lamp is dark, its glass hangs down."""
    return lane(rng, is_lit=False)


def lamp_fixed(rng: Random) -> Sheet:
    """The nearest lamp is lit again."""
    return lane(rng, is_lit=True)


def lane(rng: Random, *, is_lit: bool) -> Sheet:
    """The lane with all its lamps."""
    sheet = Sheet("#101a33", "#3b4a6b")
    for _ in range(90):
        sheet.oval((rng.uniform(0, 1280), rng.uniform(0, 360)), (1.3, 1.3), (255, 255, 255, rng.randint(60, 190)))
    sheet.oval((1120, 120), (44, 44), "#f3ecd0")
    sheet.oval((1104, 110), (40, 40), "#152040")
    houses(sheet, rng)
    sheet.fade((0, 610, 1280, 960), "#2b3346", "#1b202c")
    sheet.polygon([(1060, 600), (1130, 600), (1250, 960), (-200, 960)], "#333b4c")
    sheet.grain([(1060, 600), (1130, 600), (1280, 960), (0, 960)], strength=0.35)
    for x, y, size in LAMPS[::-1]:
        shines = is_lit or size < 1
        lamp(sheet, (x, y), size=size, shines=shines)
    if not is_lit:
        sheet.soft(lambda brush: brush.polygon([(0, 0), (470, 0), (430, 960), (0, 960)], (6, 10, 22, 70)), blur=70)
        broken_glass(sheet, rng)
    return sheet


def houses(sheet: Sheet, rng: Random) -> None:
    """Dark fronts with a few windows still lit."""
    left = -30.0
    while left < 1280:
        width, top = rng.uniform(130, 230), rng.uniform(330, 470)
        sheet.box((left, top, left + width, 640), rng.choice(("#1d2740", "#222c47", "#19223a")))
        sheet.polygon([(left - 10, top), (left + width / 2, top - 46), (left + width + 10, top)], "#151d31")
        for x in range(int(left) + 22, int(left + width) - 34, 52):
            for y in range(int(top) + 26, 560, 66):
                is_awake = rng.random() < 0.3
                sheet.box((x, y, x + 26, y + 36), "#f2c978" if is_awake else "#2c3856", round_by=2)
        left += width + 6


def lamp(sheet: Sheet, head: tuple[float, float], *, size: float, shines: bool) -> None:
    """A pole with an arm; its light falls on the ground."""
    x, y = head
    foot = 610 + 260 * size
    if shines:
        glow = round(150 * (0.5 + size / 2))

        def light(brush: Brush) -> None:
            brush.polygon(
                [(x - 24 * size, y), (x + 24 * size, y), (x + 260 * size, foot), (x - 260 * size, foot)],
                (255, 214, 130, glow // 2),
            )
            brush.oval((x, foot), (270 * size, 54 * size), (255, 214, 130, glow))
            brush.oval((x, y), (96 * size, 96 * size), (255, 224, 150, glow))

        sheet.soft(light, blur=24 * size)
    pole = "#0d1322"
    sheet.line([(x - 96 * size, foot), (x - 96 * size, y - 20 * size)], pole, width=15 * size)
    sheet.line(
        [(x - 96 * size, y - 20 * size), (x - 60 * size, y - 52 * size), (x, y - 50 * size)], pole, width=10 * size
    )
    sheet.box((x - 116 * size, foot - 26 * size, x - 76 * size, foot + 8 * size), pole, round_by=4 * size)
    if shines:
        sheet.polygon(
            [
                (x - 44 * size, y - 22 * size),
                (x + 44 * size, y - 22 * size),
                (x + 22 * size, y - 58 * size),
                (x - 22 * size, y - 58 * size),
            ],
            "#1a2236",
        )
        sheet.oval((x, y - 18 * size), (36 * size, 15 * size), "#fff3cf")
    else:
        sheet.polygon([(x - 50, y - 2), (x + 36, y - 42), (x + 6, y - 70), (x - 36, y - 52)], "#3a4664")
        sheet.polygon([(x - 44, y - 2), (x - 6, y - 18), (x - 18, y + 12), (x - 30, y + 4)], "#9fb0cc")
        sheet.line([(x + 6, y - 34), (x + 12, y + 10), (x + 2, y + 46)], "#c0584a", width=4)
        sheet.line([(x - 2, y - 30), (x - 10, y + 14), (x - 4, y + 30)], "#c9a24f", width=4)


def broken_glass(sheet: Sheet, rng: Random) -> None:
    """Splinters under the lamp."""
    for _ in range(34):
        x, y = rng.gauss(262, 74), rng.uniform(866, 922)
        tip = (x + rng.uniform(-16, 16), y - rng.uniform(4, 15))
        sheet.polygon([(x, y), (x + rng.uniform(6, 20), y + 2), tip], rng.choice(("#8fa3bd", "#667893", "#b9c8da")))
