# SPDX-License-Identifier: MIT
"""One HTTP request and its answer, as the sites of the practice court see them."""

import dataclasses
import re
import typing
from urllib.parse import parse_qsl


@dataclasses.dataclass
class Request:
    method: str
    host: str
    path: str
    query: str
    headers: typing.Any
    body: bytes
    tls: bool
    peer_gone: typing.Callable[[], bool]
    faults: dict = dataclasses.field(default_factory=dict)

    @property
    def content_type(self):
        return (self.headers.get("Content-Type") or "").split(";")[0].strip().lower()

    def cookie(self, name):
        """The first cookie of exactly this name, or None."""
        for header in self.headers.get_all("Cookie", []):
            for pair in header.split(";"):
                key, _, value = pair.strip().partition("=")
                if key == name:
                    return value
        return None

    def fields(self):
        """Names and values of the form's data, as bytes; None when it is no form's."""
        readers = {"multipart/form-data": self._multipart,
                   "application/x-www-form-urlencoded": lambda: _urlencoded(self.body)}
        if self.method == "GET":
            return _urlencoded(self.query.encode())
        return readers.get(self.content_type, lambda: None)()

    def _multipart(self):
        boundary = re.search(r'boundary="?([^";]+)', self.headers["Content-Type"])
        if boundary is None:
            return None
        fields = []
        for part in self.body.split(b"--" + boundary[1].encode())[1:-1]:
            head, _, value = part.partition(b"\r\n\r\n")
            name = re.search(rb'; name="([^"]*)"', head)
            if name is None or not value.endswith(b"\r\n"):
                return None
            fields.append((name[1], value[:-2]))
        return _in_order(fields)


def _urlencoded(text):
    pairs = parse_qsl(text.decode("latin-1"), keep_blank_values=True, encoding="latin-1")
    return _in_order((name.encode("latin-1"), value.encode("latin-1")) for name, value in pairs)


def _in_order(pairs):
    """A dict, names as text; None where a name comes twice."""
    fields = {}
    for name, value in pairs:
        if name.decode("latin-1") in fields:
            return None
        fields[name.decode("latin-1")] = value
    return fields


@dataclasses.dataclass
class Answer:
    status: int = 200
    body: bytes = b""
    content_type: str = "text/html; charset=UTF-8"
    headers: list = dataclasses.field(default_factory=list)
    sent_bytes: int | None = None
    drip_seconds: float = 0
    raw: typing.Iterator[bytes] | None = None  # what is sent in place of all this

    @classmethod
    def html(cls, text, status=200):
        return cls(status=status, body=text.encode())


@dataclasses.dataclass
class Route:
    """What a request is for: the stage of the procedure, and the action that answers it."""
    stage: str | None
    action: typing.Callable[[Request], Answer]
