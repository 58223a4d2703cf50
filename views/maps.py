"""Addresses that open a place on a map.

Chinese maps use GCJ-02, a shifted system that the law prescribes; Telegram sends WGS-84. `prcoords` converts.
Amap's address: https://lbs.amap.com/api/uri-api/guide/mobile-web/point
"""

from urllib.parse import quote, urlencode

import prcoords

from storage.kinds import Language


def navigate(language: Language, latitude: float, longitude: float, name: str) -> str:
    """Amap for Chinese, OpenStreetMap otherwise."""
    if language is Language.ZH:
        gcj = prcoords.wgs_gcj(prcoords.Coords(latitude, longitude), check_china=False)
        query = urlencode(
            {"position": f"{gcj.lon:.6f},{gcj.lat:.6f}", "name": name, "coordinate": "gaode", "callnative": 1},
            safe=",",
            quote_via=quote,
        )
        return f"https://uri.amap.com/marker?{query}"
    return (
        f"https://www.openstreetmap.org/?mlat={latitude:.6f}&mlon={longitude:.6f}#map=18/{latitude:.5f}/{longitude:.5f}"
    )
