"""The files that Telegram has: what people and the bot sent, found by their ids."""

from __future__ import annotations

import base64
import hashlib
import mimetypes
from dataclasses import dataclass, fields
from typing import Any

from sandbox import pictures
from sandbox.keep import Keep
from sandbox.refusals import bad_request

DOWNLOAD_LIMIT = 20 * 1024 * 1024
FOLDERS = {"photo": "photos", "document": "documents", "video": "videos", "voice": "voice", "sticker": "stickers"}
PREFIXES = {"photo": "AgACAgIAAx", "document": "BQACAgIAAx", "video": "BAACAgIAAx", "voice": "AwACAgIAAx"}


@dataclass(frozen=True, slots=True)
class StoredFile:
    """One file, or one size of a photo."""

    file_id: str
    file_unique_id: str
    kind: str
    path: str  # as getFile tells it
    mime_type: str
    size: int
    content: dict[str, Any] | list[dict[str, Any]]  # what a message holds under ``kind``


FIELDS = tuple(field.name for field in fields(StoredFile))


class Files:
    """Adds files and finds them again."""

    def __init__(self, keep: Keep) -> None:
        self._keep = keep
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}
        self._data: dict[str, bytes] = {}  # by file_unique_id; filled as needed when kept on disk
        self._count = 0
        for _, kept in keep.load("file"):
            self._remember(StoredFile(**kept))

    def add_photo(self, data: bytes) -> list[dict[str, Any]]:
        """The sizes of a new photo, as a message's ``photo``."""
        sizes = pictures.sizes_of(data)
        content: list[dict[str, Any]] = []
        for size in sizes:
            stored = self._new("photo", size.data, filename="x.jpg", mime_type="image/jpeg", content=content)
            content.append({**_ids(stored), "file_size": stored.size, "width": size.width, "height": size.height})
        for one in content:  # every size is kept with the list of all
            self._save(self._by_id[one["file_id"]])
        return content

    def add(self, kind: str, data: bytes, *, filename: str, mime_type: str, **about: Any) -> dict[str, Any]:
        """A new document, video, voice or sticker, as a message holds it; ``about`` is what else it says."""
        content: dict[str, Any] = {}
        stored = self._new(kind, data, filename=filename, mime_type=mime_type, content=content)
        content.update({**about, "mime_type": mime_type, **_ids(stored), "file_size": stored.size})
        if kind == "sticker":
            content.pop("mime_type")
        if kind in ("document", "video") and filename:
            content["file_name"] = filename
        self._save(stored)
        return content

    def by_id(self, file_id: str) -> StoredFile:
        """The file with this id.

        Raises:
            Refused: nobody was ever given that id.
        """
        stored = self._by_id.get(file_id)
        if stored is None:
            raise bad_request("wrong file identifier/HTTP URL specified")
        return stored

    def by_path(self, path: str) -> StoredFile | None:
        """The file at a path that getFile told."""
        return self._by_path.get(path)

    def data(self, stored: StoredFile) -> bytes:
        """A file's bytes."""
        data = self._data.get(stored.file_unique_id)
        return self._keep.read_file(stored.file_unique_id) if data is None else data

    def _new(self, kind: str, data: bytes, *, filename: str, mime_type: str, content: Any) -> StoredFile:
        self._count += 1
        unique = _opaque(f"unique {self._count}", 9)
        suffix = "." + filename.rpartition(".")[2] if "." in filename else mimetypes.guess_extension(mime_type) or ""
        stored = StoredFile(
            file_id=PREFIXES.get(kind, "CAACAgIAAx") + _opaque(f"file {self._count}", 42),
            file_unique_id="AQAD" + unique,
            kind=kind,
            path=f"{FOLDERS[kind]}/file_{self._count}{suffix if suffix.isascii() else ''}",
            mime_type=mime_type,
            size=len(data),
            content=content,
        )
        self._data[stored.file_unique_id] = data
        self._by_id[stored.file_id] = stored
        self._by_path[stored.path] = stored
        return stored

    def _save(self, stored: StoredFile) -> None:
        self._keep.put_file(stored.file_unique_id, self._data[stored.file_unique_id])
        self._keep.put("file", stored.file_id, {field: getattr(stored, field) for field in FIELDS})

    def _remember(self, stored: StoredFile) -> None:
        self._count += 1
        self._by_id[stored.file_id] = stored
        self._by_path[stored.path] = stored


def _ids(stored: StoredFile) -> dict[str, str]:
    return {"file_id": stored.file_id, "file_unique_id": stored.file_unique_id}


def _opaque(what: str, length: int) -> str:
    """Letters that mean nothing, the same in every run."""
    return base64.urlsafe_b64encode(hashlib.sha256(what.encode()).digest() * 2)[:length].decode()
