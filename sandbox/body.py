"""Reads the parameters out of a request's body, or of a webhook's answer: JSON, form or multipart."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import parse_qsl

from sandbox.parameters import Params, Upload
from sandbox.refusals import bad_request

Uploads = list[Upload]  # in their order; a field may come more than once

_PARAMETER = re.compile(rb'(\w+)="((?:[^"\\]|\\.)*)"')
_BOUNDARY = re.compile(r'boundary=(?:"([^"]+)"|([^;\s]+))', re.IGNORECASE)


def parse(content_type: str, body: bytes) -> tuple[Params, Uploads]:
    """Parameters and uploaded files.

    An unknown content type counts as no parameters, as at Telegram.
    """
    kind = content_type.partition(";")[0].strip().lower()
    if kind == "application/json":
        return (_json(body) if body.strip() else {}), []
    if kind == "application/x-www-form-urlencoded":
        return dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True)), []
    if kind == "multipart/form-data":
        return _multipart(content_type, body)
    return {}, []


def _json(body: bytes) -> Params:
    try:
        value: Any = json.loads(body)
    except ValueError:
        raise bad_request("can't parse JSON object") from None
    if not isinstance(value, dict):
        raise bad_request("JSON object expected")
    return value


def _multipart(content_type: str, body: bytes) -> tuple[Params, Uploads]:
    # By hand on the whole body: aiohttp's streaming reader takes ten times as long, and libraries send
    # every request as multipart.
    found = _BOUNDARY.search(content_type)
    if not found:
        raise bad_request("boundary not found in the content type")
    params: Params = {}
    uploads: Uploads = []
    delimiter = b"--" + (found[1] or found[2]).encode()
    for part in (b"\r\n" + body).split(b"\r\n" + delimiter)[1:-1]:
        head, _, content = part.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        headers = _headers(head)
        disposition = dict(_PARAMETER.findall(headers.get(b"content-disposition", b"")))
        name = _text(disposition.get(b"name", b""))
        if not name:
            raise bad_request("a part of the form has no name")
        if b"filename" in disposition:
            mime_type = _text(headers.get(b"content-type", b"application/octet-stream")).partition(";")[0]
            uploads.append(Upload(name, _text(disposition[b"filename"]), mime_type, content))
        else:
            params[name] = _text(content)
    return params, uploads


def _headers(head: bytes) -> dict[bytes, bytes]:
    lines = (line.partition(b":") for line in head.split(b"\r\n"))
    return {name.strip().lower(): value.strip() for name, _, value in lines}


def _text(raw: bytes) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        raise bad_request("strings must be encoded in UTF-8") from None
