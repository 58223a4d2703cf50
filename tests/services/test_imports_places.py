"""Taking places from a file."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import prcoords
import pytest
from sqlalchemy.orm import Session

from services.imports import pictures
from services.imports.places import COLUMNS, import_places
from services.imports.results import (
    Imported,
    ImportRefused,
    MissingColumns,
    NoGrids,
    NoRows,
    Reason,
    Remark,
    SystemInQuestion,
)
from services.places import catalogue, editing
from services.places.systems import MapSystem
from storage.kinds import Deed, Language, Message, Role
from storage.media import MediaFolder, to_share
from storage.place_records import PlaceRecord
from storage.places_kinds import PlaceState, Voice
from storage.schema import AuditLine, OutboxMessage, PersonRole, PlaceFacility, PlaceKeeper, PlacePhoto, ServicePlace
from storage.store import Store
from storage.tables import Counted, Row, Table
from tests import county
from tests.moment import NOW
from tests.pictures import jpeg
from tests.services.import_rows import in_words, no_progress
from tests.services.scene import Scene

SYSTEMS: Mapping[MapSystem, Callable[..., prcoords.Coords]] = {
    MapSystem.GCJ_02: prcoords.wgs_gcj,
    MapSystem.BD_09: prcoords.wgs_bd,
}


def row(number: int = 2, **changes: str) -> Row:
    """A warm station in A-01."""
    usual = {
        "code": f"W-{number:03}",
        "name_zh": "府前暖新驿站",
        "name_en": "Fuqian Warm Station",
        "kind": "station",
        "latitude": str(county.IN_A1[0]),
        "longitude": str(county.IN_A1[1]),
        "address": "府前街1号",
        "access_zh": "扫码开门",
        "access_en": "Scan to open",
        "hours": "24小时",
        "phone": "199-0004-0001",
        "facilities": "water,充电;Toilet",
        "spaces": "",
        "grid": "",
    }
    return Row(number, usual | changes)


def shifted(point: tuple[float, float], system: MapSystem) -> dict[str, str]:
    """The columns of a place as a Chinese map gives it."""
    found = SYSTEMS[system](point)
    return {"latitude": f"{found.lat:.7f}", "longitude": f"{found.lon:.7f}"}


@dataclass
class File:
    """A file that is imported."""

    scene: Scene

    async def take(self, *rows: Row, skip_bad: bool = False, counted: Counted = Counted.LINE, **how: Any) -> Imported:
        """Import these rows."""
        table = Table(counted, frozenset[str]().union(*(one.values for one in rows)), rows)
        return await self.scene.do(import_places, table=table, skip_bad=skip_bad, progress=no_progress, **how)

    async def refused(self, *rows: Row, **how: Any) -> list[tuple[int, Reason]]:
        """What is wrong with which row; each has its words, and nothing was taken."""
        before = await self.places()
        with pytest.raises(ImportRefused) as refusal:
            await self.take(*rows, **how)
        assert await self.places() == before
        assert all(all(in_words(bad)) for bad in refusal.value.bad)
        return [(bad.number, bad.reason) for bad in refusal.value.bad]

    async def places(self) -> list[PlaceRecord]:
        """Those in the store that were not removed."""
        found = await self.scene.store.read(catalogue.changed_since, version=0)
        return [place for place in found if not place.is_removed]


@pytest.fixture
def file(scene: Scene) -> File:
    return File(scene)


async def test_places_come_with_all_that_is_said_of_them(file: File) -> None:
    done = await file.take(row(2), row(3, kind="友好小区", code="p-1", facilities="停车位", spaces="6", name_en=""))
    assert (done.added, done.updated, done.unchanged) == (2, 0, 0)
    station, compound = await file.places()
    assert station.names == {Language.ZH: "府前暖新驿站", Language.EN: "Fuqian Warm Station"}
    assert (station.code, station.kind, station.hours, station.point) == ("W-002", "station", "24/7", county.IN_A1)
    assert station.works == {"water", "charging", "toilet"}
    assert (station.confirmed_at, station.confirmed_by) == (NOW, Voice.IMPORT)
    assert (compound.code, compound.kind, compound.spaces, compound.works) == ("P-1", "compound", 6, {"parking"})
    assert compound.names[Language.EN] == "府前暖新驿站"
    lines = await file.scene.rows(AuditLine)
    assert (lines[-1].deed, lines[-1].facts) == (Deed.PLACES_IMPORTED, {"added": 2, "updated": 0, "removed": 0})


async def test_twice_is_the_same_and_what_is_new_moves_the_version_on(file: File) -> None:
    await file.take(row(2), row(3))
    version = await file.scene.store.read(catalogue.version)
    again = await file.take(row(2), row(3))
    assert (again.added, again.updated, again.unchanged) == (0, 0, 2)
    assert await file.scene.store.read(catalogue.version) == version
    other = await file.take(row(2, hours="8-20"), row(3))
    assert (other.updated, other.unchanged) == (1, 1)
    changed = await file.scene.store.read(catalogue.changed_since, version=version)
    assert [place.code for place in changed] == ["W-002"]


async def test_what_is_true_just_now_is_kept(file: File) -> None:
    await file.take(row(2, spaces="6", facilities="parking,water,toilet"))

    def live(session: Session, **_: Any) -> None:
        place = session.get_one(ServicePlace, 1)
        place.state, place.free_spaces = PlaceState.FULL, 5
        session.get_one(PlaceFacility, (1, "water")).is_broken = True

    await file.scene.do(live)
    await file.take(row(2, spaces="4", facilities="parking,water,microwave"))
    (place,) = await file.places()
    assert (place.state, place.free_spaces, place.spaces) == (PlaceState.FULL, 4, 4)
    assert [(one.code, one.is_broken) for one in place.facilities] == [
        ("water", True),
        ("microwave", False),
        ("parking", False),
    ]


@pytest.mark.parametrize("system", list(SYSTEMS))
async def test_coordinates_of_chinese_maps_are_converted(file: File, system: MapSystem) -> None:
    there = shifted(county.IN_A1, system)
    await file.take(
        row(2, **there, system=system.lower().replace("-", "")), row(3, **shifted(county.IN_A1, system)), system=system
    )
    for place in await file.places():
        assert place.point == pytest.approx(county.IN_A1, abs=2e-6)


async def test_geojson_points_need_no_columns_of_coordinates(file: File) -> None:
    values = {name: value for name, value in row(1).values.items() if name not in ("latitude", "longitude")}
    latitude, longitude = county.IN_A1
    await file.take(
        Row(1, values, shape={"type": "Point", "coordinates": [longitude, latitude]}), counted=Counted.FEATURE
    )
    assert [place.point for place in await file.places()] == [county.IN_A1]
    for shape, reason in (
        (None, Reason.NO_POINT),
        ({"type": "Polygon", "coordinates": []}, Reason.NOT_POINT),
        ({"type": "Point", "coordinates": ["x"]}, Reason.BAD_COORDINATES),
        ({"type": "Point", "coordinates": [True, 1]}, Reason.BAD_COORDINATES),
        ({"type": "Point", "coordinates": [latitude, longitude]}, Reason.SWAPPED),
    ):
        assert await file.refused(Row(1, values, shape=shape), counted=Counted.FEATURE) == [(1, reason)]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"latitude": "114.365", "longitude": "25.405"}, Reason.SWAPPED),
        ({"latitude": "0", "longitude": "0.0"}, Reason.ZERO_COORDINATES),
        ({"latitude": "26.5", "longitude": "115.5"}, Reason.OUT_OF_COUNTY),
        ({"latitude": "18", "longitude": "120"}, Reason.OUT_OF_COUNTY),  # at sea
        ({"latitude": "48.1", "longitude": "11.5"}, Reason.OUT_OF_COUNTY),
        ({"latitude": "nan"}, Reason.BAD_DEGREES),
        ({"latitude": "25,405"}, Reason.BAD_DEGREES),
        ({"latitude": "２５"}, Reason.BAD_DEGREES),
        ({"latitude": "999"}, Reason.BAD_DEGREES),
        ({"latitude": ""}, Reason.NO_VALUE),
        ({"system": "UTM"}, Reason.BAD_WORD),
        ({"grid": "Z-99"}, Reason.UNKNOWN_GRID),
        ({"grid": "A-02"}, Reason.OTHER_GRID),
        ({"kind": "spaceport"}, Reason.UNKNOWN_KIND),
        ({"kind": "图书馆", "kind_zh": "图书馆", "kind_en": "Library"}, Reason.UNKNOWN_KIND),
        ({"facilities": "water,sauna"}, Reason.UNKNOWN_FACILITY),
        ({"hours": "whenever"}, Reason.BAD_HOURS),
        ({"hours": "24:00-06:00"}, Reason.BAD_HOURS),
        ({"hours": ""}, Reason.NO_VALUE),
        ({"spaces": "-1"}, Reason.BAD_NUMBER),
        ({"spaces": "many"}, Reason.BAD_NUMBER),
        ({"code": "W 1"}, Reason.BAD_CODE),
        ({"name_zh": "名" * 121}, Reason.TOO_LONG),
    ],
)
async def test_a_bad_row_is_named_and_nothing_is_taken(file: File, changes: dict[str, str], reason: Reason) -> None:
    assert await file.refused(row(2), row(3, **changes)) == [(3, reason)]
    done = await file.take(row(2), row(3, **changes), skip_bad=True)
    assert (done.added, [bad.reason for bad in done.skipped]) == (1, [reason])


async def test_the_same_code_twice_and_a_row_too_long(file: File) -> None:
    twice = row(3, code="w-002")
    longer = Row(4, row(4).values, extra=("?",))
    assert await file.refused(row(2), twice, longer) == [(3, Reason.CODE_TWICE), (4, Reason.TOO_MANY_VALUES)]


NEAR_THE_BORDER = (25.405, 114.3675)
"""In A-01; Amap shows it in A-02, some 500 m to the east, and Baidu in B-01."""


TELLS = row(9, latitude="25.405", longitude="114.3715", grid="A-02")
"""It lies where it says as it is, and nowhere else: a file with it is one of WGS-84."""


@pytest.mark.parametrize("system", list(SYSTEMS))
async def test_the_wrong_system_is_noticed_by_the_grid(file: File, system: MapSystem) -> None:
    there = shifted(NEAR_THE_BORDER, system)
    assert await file.refused(row(2, **there, grid="a-01"), TELLS) == [(2, Reason.OTHER_SYSTEM)]
    sure = row(2, **there, grid="a-01", system="WGS-84")
    assert await file.refused(sure) == [(2, Reason.OTHER_GRID_OR_SYSTEM)]
    assert (await file.take(row(2, **there, grid="A-01"), system=system)).added == 1
    # and the other way about: it is said to be shifted, and is not
    right = {"latitude": str(NEAR_THE_BORDER[0]), "longitude": str(NEAR_THE_BORDER[1])}
    west = {"latitude": "25.405", "longitude": "114.3725"}
    assert await file.refused(row(3, **west, grid="A-02", system=system)) == [(3, Reason.OTHER_GRID_OR_SYSTEM)]
    assert (await file.take(row(3, **right, grid="A-01"))).added == 1


async def test_the_wrong_system_is_noticed_by_the_address_unless_somebody_says_it_is_right(file: File) -> None:
    at_the_edge = (25.405, 114.3785)  # in Alpha; Amap shows it in Beta
    there = shifted(at_the_edge, MapSystem.GCJ_02)
    doubtful = row(2, **there, address="Alpha 社区 3 号")
    with pytest.raises(ImportRefused) as refusal:
        await file.take(doubtful, TELLS)
    (bad,) = refusal.value.bad
    facts = {name: bad.facts[name] for name in ("system", "actual", "there")}
    assert facts == {"system": "GCJ-02", "actual": "B-01", "there": "A-02"}
    done = await file.take(row(2, **there, address="Alpha 社区 3 号", system="WGS84"))
    assert done.remarks == {Remark.PLACES_ELSEWHERE: ["W-002"]}
    assert (await file.take(doubtful, system=MapSystem.WGS_84)).unchanged == 1
    # an address that fits in no system is somebody's way of writing; it is only remarked upon
    beta = row(3, address="Beta 9 号")
    assert (await file.take(beta)).remarks[Remark.PLACES_ELSEWHERE] == ["W-003"]


async def test_a_file_that_fits_better_in_another_system_is_not_taken_at_all(file: File) -> None:
    """Most rows of a shifted file lie where they say all the same: they would be taken half a kilometre off."""
    inside = [row(number, **shifted(county.IN_A1, MapSystem.GCJ_02), address="Alpha") for number in (2, 3)]
    names_nothing = row(4, **shifted(county.IN_A2, MapSystem.GCJ_02))
    beyond = row(5, **shifted((25.405, 114.3785), MapSystem.GCJ_02), address="Alpha 社区 3 号")
    all_rows = [*inside, names_nothing, beyond]
    for skip_bad in (False, True):
        with pytest.raises(SystemInQuestion) as problem:
            await file.take(*all_rows, skip_bad=skip_bad)
        assert problem.value.facts == {"count": 1, "system": MapSystem.GCJ_02}
        assert await file.places() == []
    assert (await file.take(*all_rows, system=MapSystem.GCJ_02)).added == 4


async def test_where_more_rows_are_right_as_they_are_only_the_others_are_asked_about(file: File) -> None:
    beyond = row(5, **shifted((25.405, 114.3785), MapSystem.GCJ_02), address="Alpha 社区 3 号")
    done = await file.take(TELLS, beyond, skip_bad=True)
    assert (done.added, [bad.reason for bad in done.skipped]) == (1, [Reason.OTHER_SYSTEM])


async def test_a_file_may_bring_kinds_along(file: File) -> None:
    library = {"kind": "library", "kind_zh": "图书馆", "kind_en": "Library"}
    await file.take(row(2, **library), row(3, kind="Library", **{"kind_zh": "图书馆", "kind_en": "Library"}))
    assert {place.kind_names[Language.ZH] for place in await file.places()} == {"图书馆"}
    await file.take(row(4, kind="图书馆"))  # known by now
    version = await file.scene.store.read(catalogue.version)
    await file.take(row(4, **library | {"kind_en": "Reading room"}))
    assert {place.kind_names[Language.EN] for place in await file.places()} == {"Reading room"}
    assert len(await file.scene.store.read(catalogue.changed_since, version=version)) == 3
    differs = row(6, **library | {"kind_en": "Books"})
    assert await file.refused(row(5, **library), differs) == [(6, Reason.KIND_DIFFERS)]


async def test_places_that_the_file_does_not_have_stay_or_go(file: File) -> None:
    await file.take(row(2), row(3), row(4))
    keeper, admin = await file.scene.person("Keeper", roles=(Role.KEEPER,)), await file.scene.person("Admin")

    def prepare(session: Session, **_: Any) -> None:
        session.add_all(PlaceKeeper(person_id=keeper, place_id=place, since=NOW) for place in (2, 3))
        session.get_one(ServicePlace, 3).added_by = admin
        session.add(PlacePhoto(place_id=2, file_id="f", file_unique_id="u", added_by=admin, added_at=NOW))

    await file.scene.do(prepare)
    assert (await file.take(row(2))).remarks == {Remark.PLACES_KEPT: ["W-003", "W-004"]}
    done = await file.take(row(2), replace=True)
    assert done.remarks == {Remark.PLACES_REMOVED: ["W-003"], Remark.CHAT_PLACES_KEPT: ["W-004"]}
    assert [place.code for place in await file.places()] == ["W-002", "W-004"]
    (told,) = [one for one in await file.scene.rows(OutboxMessage) if one.message is Message.PLACE_REMOVED]
    assert (told.person_id, told.facts) == (keeper, {"place": 2})
    assert [(one.person_id, one.place_id) for one in await file.scene.rows(PlaceKeeper)] == [(keeper, 3)]
    assert Role.KEEPER in {one.role for one in await file.scene.rows(PersonRole) if one.person_id == keeper}
    # it comes back with its photo
    assert (await file.take(row(2), row(3))).updated == 1
    assert [place.has_photo for place in await file.places()] == [False, True, False]


async def test_the_last_place_gone_its_keeper_is_none_any_more(file: File) -> None:
    await file.take(row(2), row(3))
    keeper = await file.scene.person("Keeper", roles=(Role.KEEPER,))

    def prepare(session: Session, **_: Any) -> None:
        session.add(PlaceKeeper(person_id=keeper, place_id=1, since=NOW))

    await file.scene.do(prepare)
    await file.take(row(3), replace=True)
    assert [one for one in await file.scene.rows(PersonRole) if one.role is Role.KEEPER] == []


async def test_bad_rows_leave_their_places_as_they_are(file: File) -> None:
    await file.take(row(2), row(3))
    done = await file.take(row(2, hours="?"), row(4), skip_bad=True, replace=True)
    assert done.remarks == {Remark.PLACES_REMOVED: ["W-003"]}
    assert [place.code for place in await file.places()] == ["W-002", "W-004"]


async def test_a_file_that_is_none_of_places(file: File) -> None:
    with pytest.raises(NoRows):
        await file.scene.do(
            import_places, table=Table(Counted.LINE, frozenset(COLUMNS), ()), skip_bad=False, progress=no_progress
        )
    values = {name: value for name, value in row(2).values.items() if name not in ("hours", "longitude")}
    with pytest.raises(MissingColumns) as problem:
        await file.take(Row(2, values))
    assert problem.value.facts == {"columns": "hours, longitude"}


async def test_without_a_map_nothing_can_be_held_against_it(store: Store) -> None:
    table = Table(Counted.LINE, frozenset(row().values), (row(),))
    with pytest.raises(NoGrids):
        await store.write(import_places, table=table, skip_bad=False, progress=no_progress, now=NOW)


async def test_a_file_brings_photos_and_addresses_in_both_languages(file: File, tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    for name, color in (("door.jpg", "red"), ("room.png", "blue"), ("same.jpg", "red")):
        (tmp_path / "photos" / name).write_bytes(jpeg(color))
    (tmp_path / "notes.txt").write_text("no picture")
    media = MediaFolder(tmp_path / "media")
    english = {"address_en": "1 Fuqian Street"}

    async def take(*rows: Row) -> Imported:
        table = Table(Counted.LINE, frozenset(rows[0].values), rows)
        shown = pictures.keep(table, tmp_path / "photos", lambda: media)
        return await file.take(*rows, pictures=shown)

    async def shown() -> list[bytes]:
        found = await file.scene.store.read(catalogue.photos_of, place_id=1)
        return [media.path(one.media_hash).read_bytes() for one in found if one.media_hash is not None]

    await take(row(2, photos="door.jpg; room.png;same.jpg", **english), row(3))
    first, second = await file.places()
    assert first.address == {Language.ZH: "府前街1号", Language.EN: "1 Fuqian Street"}
    assert second.address == dict.fromkeys(Language, "府前街1号")
    assert (first.has_photo, second.has_photo) == (True, False)
    assert await shown() == [to_share(jpeg("red")), to_share(jpeg("blue"))]
    assert (await take(row(2, photos="", **english), row(3))).unchanged == 2, "nothing is said of photos"
    assert (await take(row(2, photos="room.png", **english), row(3))).updated == 1
    assert await shown() == [to_share(jpeg("blue"))]
    admin = await file.scene.person("Admin", roles=(Role.ADMIN,))
    await file.scene.do(editing.add_photo, person_id=admin, place_id=1, photo=("f", "u"))
    await take(row(2, photos="door.jpg", **english), row(3))
    assert await shown() == [to_share(jpeg("blue"))], "who was there has sent a better one"
    for name, reason in (("../notes.txt", Reason.NO_PICTURE), ("gone.jpg", Reason.NO_PICTURE)):
        bad = row(4, photos=name)
        kept = pictures.keep(Table(Counted.LINE, frozenset(bad.values), (bad,)), tmp_path / "photos", lambda: media)
        assert await file.refused(bad, pictures=kept) == [(4, reason)]
    bad = row(4, photos="notes.txt")
    kept = pictures.keep(Table(Counted.LINE, frozenset(bad.values), (bad,)), tmp_path, lambda: media)
    assert await file.refused(bad, pictures=kept) == [(4, Reason.BAD_PICTURE)]
