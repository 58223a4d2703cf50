"""Coordinates of Chinese maps: how they are called, and how truly they are converted."""

import prcoords
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.distance import metres
from services.places.systems import MapSystem, named, to_wgs

IN_CHINA = st.tuples(st.floats(18.5, 53), st.floats(74, 134))
FORWARD = {MapSystem.GCJ_02: prcoords.wgs_gcj, MapSystem.BD_09: prcoords.wgs_bd}


@pytest.mark.parametrize(
    ("text", "system"),
    [
        *((one, MapSystem.WGS_84) for one in ("WGS-84", "wgs84", "WGS 84", "EPSG:4326", "gps", "ＷＧＳ８４")),
        *((one, MapSystem.GCJ_02) for one in ("GCJ-02", "gcj02", "GCJ02", "高德", "火星坐标", "Amap")),
        *((one, MapSystem.BD_09) for one in ("BD-09", "bd09ll", "百度", "Baidu")),
        *((one, None) for one in ("", "UTM", "Beijing 54", "?")),
    ],
)
def test_systems_are_known_by_many_names(text: str, system: MapSystem | None) -> None:
    assert named(text) is system


@pytest.mark.parametrize("system", list(FORWARD))
@given(point=IN_CHINA)
def test_there_and_back_is_the_same_place_to_a_decimetre(system: MapSystem, point: tuple[float, float]) -> None:
    shifted = FORWARD[system](point)
    assert metres(point, to_wgs(tuple(shifted), system)) < 0.1


def test_the_county_is_shifted_by_half_a_kilometre_and_more() -> None:
    here = (25.4, 114.36)
    assert 400 < metres(here, to_wgs(here, MapSystem.GCJ_02)) < 700
    assert 900 < metres(here, to_wgs(here, MapSystem.BD_09)) < 1900
    assert to_wgs(here, MapSystem.WGS_84) == here


def test_elsewhere_nothing_is_shifted() -> None:
    for system in MapSystem:
        assert to_wgs((48.137, 11.575), system) == (48.137, 11.575)
