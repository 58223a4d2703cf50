"""Metres between two places."""

import pytest
from geographiclib.geodesic import Geodesic
from hypothesis import given
from hypothesis import strategies as st

from services.distance import metres


def test_a_hundredth_of_a_degree_is_longer_to_the_north_than_to_the_east() -> None:
    # Of the WGS-84 ellipsoid at 25.4° north: 110,772 m a degree of latitude, 100,629 m a degree of longitude.
    assert metres((25.40, 114.36), (25.41, 114.36)) == pytest.approx(1107.72, abs=0.1)
    assert metres((25.40, 114.36), (25.40, 114.37)) == pytest.approx(1006.29, abs=0.1)


def test_a_place_is_no_way_from_itself_and_as_far_there_as_back() -> None:
    here, there = (25.405, 114.365), (25.4055, 114.3655)
    assert metres(here, here) == 0
    assert metres(here, there) == pytest.approx(metres(there, here))
    assert metres(here, there) == pytest.approx(74.83, abs=0.01)


@given(st.floats(-84, 84), st.floats(-179, 179), st.floats(-0.012, 0.012), st.floats(-0.012, 0.012))
def test_close_by_it_is_what_the_geodesic_is(latitude: float, longitude: float, north: float, east: float) -> None:
    here, there = (latitude, longitude), (latitude + north, longitude + east)
    exact = Geodesic.WGS84.Inverse(*here, *there, Geodesic.DISTANCE)["s12"]
    assert metres(here, there) == pytest.approx(exact, rel=1e-12, abs=1e-5)
