# SPDX-License-Identifier: MIT
"""Answers that are too much: pages that grow, heads that grow, and parts that never end."""

import itertools
import zlib

BIG_PAGE_BYTES = 5 * 1024 * 1024
NESTED_PAGE_BYTES = 2 * 1024 * 1024  # the whole page, at most
BOMB_BYTES = 128 * 1024 * 1024  # when it is inflated
PIECE = 1024  # lines of what has no end, sent at once
GZIP_WINDOW = 16 + zlib.MAX_WBITS

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=UTF-8\r\n"
LINE = b"X-Flood: 0123456789\r\n"
UNENDING = {  # how it begins, and what follows for ever
    "head": (HEAD, LINE),
    "interim": (b"", b"HTTP/1.1 103 Early Hints\r\n" + LINE + b"\r\n"),
    "body": (HEAD + b"\r\n", b"<p>for ever\r\n"),
    "trailer": (HEAD + b"Transfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n", LINE),
}


def _insert(answer, filling, place=b"</body>"):
    """Puts the filling before the last such place of the page; at the end of what has none."""
    at = answer.body.rfind(place)
    at = len(answer.body) if at < 0 else at
    answer.body = answer.body[:at] + filling + answer.body[at:]


def _big_page(_options, answer):
    _insert(answer, b"<!--" + b"x" * BIG_PAGE_BYTES + b"-->")


def _nested(options, answer):
    tag, begin, end, place = (options.get(name, default).encode() for name, default in (
        ("tag", "<div>"), ("begin", ""), ("end", ""), ("place", "</body>")))
    room = options.get("bytes", NESTED_PAGE_BYTES) - len(answer.body + begin + end)
    _insert(answer, begin + room // len(tag) * tag + end, place)


def _headers(options, answer):
    """{} in the value is the header's number."""
    name, value = options.get("name", "X-Flood"), options.get("value", "{}")
    answer.headers += [(name, value.replace("{}", str(number)))
                       for number in range(options.get("count", 1))]


def _bomb(options, answer):
    """The page and a great many blanks, small as they come."""
    packer = zlib.compressobj(wbits=GZIP_WINDOW)
    blanks = b" " * BOMB_BYTES
    answer.body = packer.compress(answer.body) + packer.compress(blanks) + packer.flush()
    answer.headers.append((options.get("header", "Content-Encoding"), "gzip"))


def _unending(options, answer):
    begin, line = UNENDING[options["part"]]
    answer.drip_seconds = float(options.get("seconds", 0))
    piece = line if answer.drip_seconds else PIECE * line
    answer.raw = itertools.chain([begin], itertools.repeat(piece))


FLOODS = {
    "big_page": _big_page,
    "nested": _nested,
    "headers": _headers,
    "bomb": _bomb,
    "unending": _unending,
}


def pour(request, answer):
    """The answer becomes as much as the request's faults demand."""
    for name, flood in FLOODS.items():
        if name in request.faults:
            flood(request.faults[name].options, answer)
