# SPDX-License-Identifier: MIT
"""A court's host that gives the answers that a test has written down, and csolink-net asking it."""

import contextlib
import http.server
import pathlib
import ssl
import subprocess
import tempfile
import threading

from support.places import BUILD
from support.worker import Worker

SIGN_ON, COURT = "pacer.login.uscourts.gov", "ecf.alnd.uscourts.gov"


class Handler(http.server.BaseHTTPRequestHandler):
    """Answers from server.answers: path -> (code, headers, body), None to close the connection, or
    a list of them, of which the last stays; keeps what comes."""
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        size = int(self.headers.get("Content-Length", 0))
        self.server.seen.append((self.command, self.path, self.headers))
        self.server.bodies.append(self.rfile.read(size).decode())
        answer = self.server.answers.get(self.path, (404, {}, "nothing here"))
        if isinstance(answer, list):
            answer = answer.pop(0) if len(answer) > 1 else answer[0]
        if answer is None:
            self.close_connection = True
            return
        code, headers, body = answer
        self.send_response(code)
        for name, value in {"Content-Type": "text/html", **headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body.encode())))
        self.end_headers()
        self.wfile.write(body.encode())

    do_POST = do_GET

    def log_message(self, *_):
        pass


def make_certificate(folder):
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
                    "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", folder / "key.pem",
                    "-out", folder / "cert.pem", "-days", "1", "-subj", "/CN=Answers",
                    "-addext", f"subjectAltName=DNS:{SIGN_ON},DNS:{COURT}"],
                   check=True, capture_output=True)


@contextlib.contextmanager
def serving():
    """A server; .answers is the test's to fill, .seen has what came: method, path, headers."""
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        make_certificate(folder)
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        server.ca_file = folder / "cert.pem"
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(folder / "cert.pem", folder / "key.pem")
        server.socket = context.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()
        server.server_close()


def begin(server, answers):
    """Forgets what came; from now on these are the answers."""
    server.answers, server.seen, server.bodies = dict(answers), [], []


def paths(server):
    return [path for _, path, _ in server.seen]


@contextlib.contextmanager
def worker_at(server, **more):
    """A worker that is open for the server's court."""
    with Worker(BUILD / "csolink-net", **more) as worker:
        opened = worker.ask(
            "open", [("connect_to[]", f"::127.0.0.1:{server.server_address[1]}")],
            sign_on_host=SIGN_ON, court="alnd", court_host=COURT, court_type="district",
            ca_file=server.ca_file, request_timeout=10)
        assert opened.status == "ok"
        yield worker
