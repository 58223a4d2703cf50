"""Where a file can be downloaded."""

from __future__ import annotations

from typing import Any

from sandbox.files import DOWNLOAD_LIMIT
from sandbox.methods.registry import method
from sandbox.parameters import Params
from sandbox.refusals import Refused, bad_request
from sandbox.world import World


@method("getFile")
def get_file(world: World, params: Params) -> dict[str, Any]:
    """The path of a file, if it is not too big for bots."""
    try:
        stored = world.files.by_id(params["file_id"])
    except Refused:
        raise bad_request("invalid file_id") from None
    if stored.size > DOWNLOAD_LIMIT:
        raise bad_request("file is too big")
    return {
        "file_id": stored.file_id,
        "file_unique_id": stored.file_unique_id,
        "file_size": stored.size,
        "file_path": stored.path,
    }
