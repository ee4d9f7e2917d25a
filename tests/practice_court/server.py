# SPDX-License-Identifier: MIT
"""The HTTPS server: virtual hosts by name on one loopback port, a thread for each connection."""

import http.server
import select
import socket
import time

from exchange import Request

HANDSHAKE_SECONDS = 30
IDLE_SECONDS = 300
LARGEST_BODY = 1024 * 1024
TLS_HANDSHAKE = b"\x16"


class CourtServer(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256

    def __init__(self, port, practice, authority):
        super().__init__(("127.0.0.1", port), ConnectionHandler)
        self.practice = practice
        self.authority = authority

    def handle_error(self, request, client_address):
        """A client that goes away is nothing to report: tests kill clients on purpose."""


class ConnectionHandler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "PracticeCourt"
    sys_version = ""
    wbufsize = -1
    disable_nagle_algorithm = True

    def setup(self):
        """The handshake is made here, in the connection's own thread: no client delays others."""
        self.server.practice.counters.add("connections")
        self.request.settimeout(HANDSHAKE_SECONDS)
        self.tls = self.request.recv(1, socket.MSG_PEEK) == TLS_HANDSHAKE
        if self.tls:
            self.request = self.server.authority.accept(self.request)
            name = getattr(self.request, "asked_name", "")
            self.server.practice.counters.add_for("tls_connections_by_host", name)
        super().setup()
        self.request.settimeout(IDLE_SECONDS)

    def finish(self):
        super().finish()
        if self.tls:
            self._close_tls()

    def _close_tls(self):
        """A close_notify, so that curl does not take a complete answer for a broken one."""
        try:
            self.request.settimeout(1)
            self.request.unwrap()
        except (OSError, ValueError):
            pass
        self.request.close()

    def answer(self):
        body = self._read_body()
        if body is None:
            return
        path, _, query = self.path.partition("?")
        host = (self.headers.get("Host") or "").split(":")[0].lower()
        answer = self.server.practice.answer(Request(
            self.command, host, path, query, self.headers, body, self.tls, self._peer_gone))
        if answer is None:
            self.close_connection = True
        else:
            self._send(answer)

    do_GET = do_POST = do_HEAD = do_PUT = do_DELETE = do_OPTIONS = answer

    def _read_body(self):
        length = self.headers.get("Content-Length", "0")
        if "Transfer-Encoding" in self.headers or not length.isdigit():
            self.send_error(411)
        elif int(length) > LARGEST_BODY:
            self.send_error(413)
        else:
            return self.rfile.read(int(length))
        self.close_connection = True
        return None

    def _send(self, answer):
        if answer.sent_bytes == 0:
            self.close_connection = True
            return
        if answer.raw:
            self._send_slowly(answer.raw, answer.drip_seconds)
            return
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.content_type)
        self.send_header("Content-Length", str(len(answer.body)))
        for name, value in answer.headers:
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self._send_body(answer)
        if answer.sent_bytes is not None:
            self.close_connection = True

    def _send_body(self, answer):
        body = answer.body[:answer.sent_bytes]
        if not answer.drip_seconds:
            self.wfile.write(body)
            return
        self._send_slowly((bytes([byte]) for byte in body), answer.drip_seconds)

    def _send_slowly(self, pieces, pause_seconds):
        for piece in pieces:
            self.wfile.write(piece)
            self.wfile.flush()
            time.sleep(pause_seconds)
            if self._peer_gone():
                break
        self.close_connection = True

    def _peer_gone(self):
        """Whether the client closed its side."""
        poll = select.poll()
        poll.register(self.request.fileno(), select.POLLRDHUP)
        return bool(poll.poll(0))

    def date_time_string(self, timestamp=None):
        return super().date_time_string(timestamp or self.server.practice.clock.now())

    def log_message(self, format, *args):
        """Nothing is logged: request lines may hold what a faulty client let slip."""
