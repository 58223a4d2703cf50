"""The page's own files and the sample pictures."""

from __future__ import annotations

import json
import mimetypes
from pathlib import Path
from typing import Any

from aiohttp import web
from pylopdf_fonts_zh_cn import sans_path

PAGE = Path(__file__).parent / "page"
SAMPLES = Path(__file__).parent / "samples"


def routes() -> list[web.RouteDef]:
    """Where they are served."""
    return [
        web.get("/", _index),
        web.get("/page/noto-sans-sc.otf", _chinese),
        web.get("/page/{path:.+}", _page_file),
        web.get("/sandbox/samples", _samples),
        web.get("/sandbox/samples/{name}", _sample),
    ]


async def _index(_: web.Request) -> web.StreamResponse:
    return _file(PAGE, "index.html")


async def _page_file(request: web.Request) -> web.StreamResponse:
    return _file(PAGE, request.match_info["path"])


async def _chinese(_: web.Request) -> web.StreamResponse:
    """For a machine that has no font with Chinese: the browser asks for it only there."""
    return web.FileResponse(sans_path(), headers={"Content-Type": "font/otf", "Cache-Control": "max-age=86400"})


async def _samples(_: web.Request) -> web.StreamResponse:
    listed: list[dict[str, Any]] = []
    if (SAMPLES / "samples.json").is_file():
        listed = json.loads((SAMPLES / "samples.json").read_text("utf-8"))
    return web.json_response([{"url": f"/sandbox/samples/{sample['name']}", **sample} for sample in listed])


async def _sample(request: web.Request) -> web.StreamResponse:
    return _file(SAMPLES, request.match_info["name"])


def _file(folder: Path, name: str) -> web.StreamResponse:
    """A file of the folder, and of nowhere else."""
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()) or not path.is_file():
        raise web.HTTPNotFound(text=f"There is no {name} here.")
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    charset = "; charset=utf-8" if kind.startswith("text/") or kind.endswith(("javascript", "json")) else ""
    return web.FileResponse(path, headers={"Content-Type": kind + charset, "Cache-Control": "no-cache"})
