"""A sheet to draw on: flat shapes, gradients, soft shadows and glows, and a finish that looks like a photo.

Coordinates are pixels of the finished picture. Everything is drawn at twice the size and shrunk at the end, which
smooths the edges.
"""

from collections.abc import Callable, Sequence
from math import cos, pi, sin
from random import Random  # noqa: TID251 - each scene gets its own, from a fixed seed

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

WIDTH, HEIGHT = 1280, 960
TWICE = 2
GRAIN = 7  # the seed of the noise

XY = tuple[float, float]
Box = tuple[float, float, float, float]
Ink = str | tuple[int, int, int] | tuple[int, int, int, int]


class Brush:
    """Shapes on one layer, in the coordinates of the finished picture."""

    def __init__(self, image: Image.Image) -> None:
        self._draw = ImageDraw.Draw(image, "RGBA")

    def polygon(self, points: Sequence[XY], ink: Ink) -> None:
        """A filled polygon."""
        self._draw.polygon([(x * TWICE, y * TWICE) for x, y in points], fill=ink)

    def box(self, box: Box, ink: Ink, *, round_by: float = 0) -> None:
        """A filled rectangle."""
        self._draw.rounded_rectangle([edge * TWICE for edge in box], radius=round_by * TWICE, fill=ink)

    def oval(self, centre: XY, size: XY, ink: Ink) -> None:
        """A filled ellipse by its middle and its half axes."""
        (x, y), (across, down) = centre, size
        self._draw.ellipse([(edge * TWICE) for edge in (x - across, y - down, x + across, y + down)], fill=ink)

    def line(self, points: Sequence[XY], ink: Ink, *, width: float) -> None:
        """A line with round joints and ends."""
        self._draw.line(
            [(x * TWICE, y * TWICE) for x, y in points], fill=ink, width=round(width * TWICE), joint="curve"
        )
        for end in (points[0], points[-1]):
            self.oval(end, (width / 2 - 0.4, width / 2 - 0.4), ink)

    def arc(self, box: Box, degrees: XY, ink: Ink, *, width: float) -> None:
        """A part of an ellipse's outline, clockwise from three o'clock."""
        self._draw.arc([edge * TWICE for edge in box], *degrees, fill=ink, width=round(width * TWICE))

    def text(self, middle: XY, text: str, ink: Ink, *, size: float) -> None:
        """Words on one line around their middle; ``size`` in pixels, as wide letters are."""
        from pylopdf_fonts_zh_cn import sans_path

        font = ImageFont.truetype(str(sans_path()), round(size * TWICE))
        self._draw.text([edge * TWICE for edge in middle], text, fill=ink, font=font, anchor="mm")


class Sheet(Brush):
    """The picture itself."""

    def __init__(self, top: str, bottom: str) -> None:
        self.image = gradient(top, bottom, (WIDTH * TWICE, HEIGHT * TWICE))
        super().__init__(self.image)

    def fade(self, box: Box, top: str, bottom: str) -> None:
        """A rectangle that changes its colour from top to bottom."""
        left, upper, right, lower = (round(edge * TWICE) for edge in box)
        self.image.paste(gradient(top, bottom, (right - left, lower - upper)), (left, upper))

    def soft(self, paint: Callable[[Brush], None], *, blur: float) -> None:
        """What ``paint`` draws, out of focus: shadows, glows, haze."""
        layer = Image.new("RGBA", self.image.size)
        paint(Brush(layer))
        layer = layer.filter(ImageFilter.GaussianBlur(blur * TWICE))
        self.image.paste(layer, (0, 0), layer)

    def grain(self, points: Sequence[XY], *, strength: float) -> None:
        """Make an area look like asphalt, plaster or earth: fine noise within a polygon."""
        noise = Image.frombytes("L", (WIDTH, HEIGHT), Random(GRAIN).randbytes(WIDTH * HEIGHT))
        noise = noise.point(lambda value: 128 + (value - 128) * 3 // 4).resize(self.image.size)
        mask = Image.new("L", self.image.size)
        ImageDraw.Draw(mask).polygon([(x * TWICE, y * TWICE) for x, y in points], fill=round(255 * strength))
        rough = ImageChops.overlay(self.image, Image.merge("RGB", (noise, noise, noise)))
        self.image.paste(rough, (0, 0), mask)

    def finished(self) -> Image.Image:
        """The picture in its final size, a little darker towards the corners."""
        small = self.image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
        corners = Image.radial_gradient("L").resize((WIDTH, HEIGHT)).point(lambda value: max(0, value - 130) // 3)
        return Image.composite(Image.new("RGB", small.size, "#0b1420"), small, corners)


def gradient(top: str, bottom: str, size: tuple[int, int]) -> Image.Image:
    """An image that goes from one colour to another, downwards."""
    mask = Image.linear_gradient("L").resize(size)
    return Image.composite(Image.new("RGB", size, bottom), Image.new("RGB", size, top), mask)


def blob(centre: XY, size: XY, rng: Random, *, rough: float = 0.16, corners: int = 28) -> list[XY]:
    """A round shape with an uneven edge: a puddle, a crown of leaves, a hole."""
    (x, y), (across, down) = centre, size
    stretch = [1 + rng.uniform(-rough, rough) for _ in range(corners)]
    smooth = [(stretch[i - 1] + stretch[i] + stretch[(i + 1) % corners]) / 3 for i in range(corners)]
    turns = [2 * pi * i / corners for i in range(corners)]
    return [(x + across * s * cos(a), y + down * s * sin(a)) for s, a in zip(smooth, turns, strict=True)]
