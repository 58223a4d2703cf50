"""The systems in which Chinese maps give coordinates, and the way from each to WGS-84.

GCJ-02 (Amap, Tencent) is shifted by up to half a kilometre, BD-09 (Baidu) by a kilometre more. `prcoords` has both, and
goes back step by step until what it found leads to what was given: a decimetre there and back, where the quick way is
metres off (`tests/services/test_map_systems.py` measures it).
"""

import re
import unicodedata
from collections.abc import Callable
from enum import StrEnum

import prcoords

Point = tuple[float, float]
"""Latitude and longitude, degrees."""
NOT_IN_NAMES = re.compile(r"[^0-9a-z\u4e00-\u9fff]")


class MapSystem(StrEnum):
    """What coordinates mean; the values are as people write them."""

    WGS_84 = "WGS-84"
    GCJ_02 = "GCJ-02"
    BD_09 = "BD-09"


_CALLED = {
    MapSystem.WGS_84: ("wgs84", "wgs", "gps", "epsg4326", "4326", "crs84", "国际", "北斗", "cgcs2000", "天地图"),
    MapSystem.GCJ_02: (
        "gcj02",
        "gcj",
        "火星",
        "火星坐标",
        "火星坐标系",
        "国测局",
        "高德",
        "腾讯",
        "amap",
        "autonavi",
        "mars",
    ),
    MapSystem.BD_09: ("bd09", "bd09ll", "bd", "baidu", "百度", "百度坐标", "百度坐标系"),
}
_BY_NAME = {name: system for system, names in _CALLED.items() for name in names}
_TO_WGS: dict[MapSystem, Callable[..., prcoords.Coords]] = {
    MapSystem.GCJ_02: prcoords.gcj_wgs_bored,
    MapSystem.BD_09: prcoords.bd_wgs_bored,
}


def named(text: str) -> MapSystem | None:
    """The system that somebody means: `gcj02`, `GCJ-02`, `高德`; None: it has no such name."""
    plain = NOT_IN_NAMES.sub("", unicodedata.normalize("NFKC", text).lower())
    return _BY_NAME.get(plain)


def to_wgs(point: Point, system: MapSystem) -> Point:
    """A place in WGS-84. What is not in or around China is as it was: nothing is shifted there."""
    if system is MapSystem.WGS_84 or not prcoords.sanity_in_china_p(prcoords.Coords(*point)):
        return point
    found = _TO_WGS[system](point)
    return found.lat, found.lon
