# SPDX-License-Identifier: MIT
"""One HTTP request and its answer, as the sites of the practice court see them."""

import dataclasses
import email.parser
import email.policy
import typing


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

    def multipart(self):
        """The fields of a multipart/form-data body, or None when it is something else."""
        if self.content_type != "multipart/form-data":
            return None
        head = f"Content-Type: {self.headers['Content-Type']}\r\n\r\n".encode("latin-1")
        parser = email.parser.BytesParser(policy=email.policy.HTTP)
        message = parser.parsebytes(head + self.body)
        if not message.is_multipart():
            return None
        return {
            part.get_param("name", header="Content-Disposition"):
                part.get_payload(decode=True).decode("utf-8", "replace")
            for part in message.iter_parts()
        }


@dataclasses.dataclass
class Answer:
    status: int = 200
    body: bytes = b""
    content_type: str = "text/html; charset=UTF-8"
    headers: list = dataclasses.field(default_factory=list)
    sent_bytes: int | None = None

    @classmethod
    def html(cls, text, status=200):
        return cls(status=status, body=text.encode())


@dataclasses.dataclass
class Route:
    """What a request is for: the stage of the procedure, and the action that answers it."""
    stage: str | None
    action: typing.Callable[[Request], Answer]
