"""Addresses that open the way to a place on a map.

Who rides is shown the way for riding, who walks the one on foot. It begins where the phone is, as none of these is told
where that would be.

Chinese maps use GCJ-02, a shifted system that the law prescribes; Telegram sends WGS-84. `prcoords` converts.
Amap's address: https://lbs.amap.com/api/uri-api/guide/travel/route (without `from`: the phone's own place)
Baidu's: https://lbsyun.baidu.com/index.php?title=uri/api/web (`direction`; it takes GCJ-02 when told so)
OpenStreetMap's: https://github.com/openstreetmap/openstreetmap-website, `app/assets/javascripts/index/directions.js`
"""

import re
from urllib.parse import quote, urlencode

import prcoords

from storage.kinds import Language

_PARTS = re.compile(r"[,|\s]+")
"""What stands between the parts of a value there, so no name may hold it."""


def navigate(language: Language, latitude: float, longitude: float, name: str, *, on_foot: bool = False) -> str:
    """Amap for Chinese, OpenStreetMap otherwise."""
    if language is Language.ZH:
        lat, lon = _shifted(latitude, longitude)
        to = f"{lon:.6f},{lat:.6f},{_named(name)}"
        mode = "walk" if on_foot else "ride"
        about = {"to": to, "mode": mode, "src": "warmgrid", "coordinate": "gaode", "callnative": 1}
        return f"https://uri.amap.com/navigation?{urlencode(about, safe=',', quote_via=quote)}"
    to = f"{latitude:.6f},{longitude:.6f}"
    engine = f"fossgis_osrm_{'foot' if on_foot else 'bike'}"
    query = urlencode({"engine": engine, "to": to}, safe=",")
    return f"https://www.openstreetmap.org/directions?{query}#map=16/{latitude:.5f}/{longitude:.5f}"


def baidu(latitude: float, longitude: float, name: str, *, on_foot: bool = False) -> str:
    """The way there on Baidu's map."""
    lat, lon = _shifted(latitude, longitude)
    about = {"origin": "我的位置", "destination": f"latlng:{lat:.6f},{lon:.6f}|name:{_named(name)}"}
    about |= {"mode": "walking" if on_foot else "riding"}
    about |= {"coord_type": "gcj02", "output": "html", "src": "webapp.warmgrid.stations"}
    return f"https://api.map.baidu.com/direction?{urlencode(about, safe=',:', quote_via=quote)}"


def _named(name: str) -> str:
    return _PARTS.sub(" ", name).strip()


def _shifted(latitude: float, longitude: float) -> tuple[float, float]:
    gcj = prcoords.wgs_gcj(prcoords.Coords(latitude, longitude), check_china=False)
    return gcj.lat, gcj.lon
