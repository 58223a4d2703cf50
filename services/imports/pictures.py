"""Pictures that a file of places names: read beside it, and kept in the media folder, before any of its rows is taken.

Bytes are read and decoded here, outside of the transaction, as a folder of photos from phones takes a while.
"""

from collections.abc import Callable
from pathlib import Path

from services.imports.place_rows import Pictures, named_pictures
from services.imports.results import Reason
from storage.media import MediaFolder, NotAPicture, to_share
from storage.tables import Table


def keep(table: Table, folder: Path, media: Callable[[], MediaFolder]) -> Pictures:
    """All that its rows name, by the name: the hash, or why there is none. What is the same picture is kept once.

    Args:
        table: its column `photos` has names of files in the folder, or below it.
        folder: where the file is.
        media: gives the folder to keep them in; not asked where no row names any.
    """
    names = dict.fromkeys(name for row in table.rows for name in named_pictures(row))
    if not names:
        return {}
    kept_in = media()
    return {name: _keep(name, folder.resolve(), kept_in) for name in names}


def _keep(name: str, folder: Path, media: MediaFolder) -> str | Reason:
    """Without what a camera wrote into it: nobody is to learn from it who took it, and where he was."""
    try:
        path = (folder / name).resolve()
        if not path.is_relative_to(folder):
            return Reason.NO_PICTURE
        return media.save(to_share(path.read_bytes()))
    except NotAPicture:
        return Reason.BAD_PICTURE
    except (OSError, ValueError):  # there is none, or it has no such name
        return Reason.NO_PICTURE
