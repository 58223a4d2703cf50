"""Addresses that open a place on a map.

Chinese maps use GCJ-02, a shifted system that the law prescribes; Telegram sends WGS-84. `prcoords` converts.
Amap's address: https://lbs.amap.com/api/uri-api/guide/mobile-web/point
Baidu's: https://lbsyun.baidu.com/index.php?title=uri/api/web (`marker`; it takes GCJ-02 when told so).
"""

from urllib.parse import quote, urlencode

import prcoords

from storage.kinds import Language


def navigate(language: Language, latitude: float, longitude: float, name: str) -> str:
    """Amap for Chinese, OpenStreetMap otherwise."""
    if language is Language.ZH:
        lat, lon = _shifted(latitude, longitude)
        query = urlencode(
            {"position": f"{lon:.6f},{lat:.6f}", "name": name, "coordinate": "gaode", "callnative": 1},
            safe=",",
            quote_via=quote,
        )
        return f"https://uri.amap.com/marker?{query}"
    return (
        f"https://www.openstreetmap.org/?mlat={latitude:.6f}&mlon={longitude:.6f}#map=18/{latitude:.5f}/{longitude:.5f}"
    )


def baidu(latitude: float, longitude: float, name: str, address: str) -> str:
    """The place on Baidu's map."""
    lat, lon = _shifted(latitude, longitude)
    about = {"title": name, "content": address or name, "coord_type": "gcj02", "output": "html"}
    about |= {"location": f"{lat:.6f},{lon:.6f}", "src": "webapp.warmgrid"}
    query = urlencode(about, safe=",", quote_via=quote)
    return f"https://api.map.baidu.com/marker?{query}"


def _shifted(latitude: float, longitude: float) -> tuple[float, float]:
    gcj = prcoords.wgs_gcj(prcoords.Coords(latitude, longitude), check_china=False)
    return gcj.lat, gcj.lon
