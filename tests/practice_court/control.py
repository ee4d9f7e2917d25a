# SPDX-License-Identifier: MIT
"""The control endpoint: JSON over plain HTTP on its own loopback port, for tests."""

import http.server
import json
from urllib.parse import parse_qs

LONGEST_WAIT_SECONDS = 60


class Refused(Exception):
    """The request to the control endpoint makes no sense; says why."""


class ControlServer(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, port, practice, authority):
        super().__init__(("127.0.0.1", port), ControlHandler)
        self.practice = practice
        self.authority = authority

    def state(self, _order):
        return self.practice.state()

    def held(self, order):
        timeout = min(float(order.get("timeout", 0)), LONGEST_WAIT_SECONDS)
        return {"held": self.practice.holds.held(timeout)}

    def reset(self, _order):
        self.practice.reset()
        return {}

    def world(self, order):
        self.practice.patch_world(order)
        self.practice.certify(self.authority)
        return {}

    def fault(self, order):
        if order.get("clear"):
            self.practice.faults.clear()
            return {}
        if "fault" not in order:
            raise Refused("no fault named")
        name = order.pop("fault")
        if order.pop("kept_token", False):
            order["sessions"] = self.practice.sessions.alive()
        self.practice.faults.switch_on(name, **order)
        return {}

    def clock(self, order):
        self.practice.clock.offset = float(order["offset"])
        return {}

    def hold(self, order):
        if "at" not in order:
            raise Refused("no stage named")
        self.practice.holds.arm(order["at"], order.get("host"), bool(order.get("after")))
        return {}

    def release(self, order):
        self.practice.holds.release(bool(order.get("drop")))
        return {}

    def expire_tokens(self, _order):
        self.practice.expire_tokens()
        return {}


ORDERS = {
    ("GET", "/state"): ControlServer.state,
    ("GET", "/held"): ControlServer.held,
    ("POST", "/reset"): ControlServer.reset,
    ("POST", "/world"): ControlServer.world,
    ("POST", "/fault"): ControlServer.fault,
    ("POST", "/clock"): ControlServer.clock,
    ("POST", "/hold"): ControlServer.hold,
    ("POST", "/release"): ControlServer.release,
    ("POST", "/expire_tokens"): ControlServer.expire_tokens,
}


class ControlHandler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1
    disable_nagle_algorithm = True

    def answer(self):
        path, _, query = self.path.partition("?")
        carry_out = ORDERS.get((self.command, path))
        try:
            order = self._order(query)
            if carry_out is None:
                self._send(404, {"error": f"no such order: {self.command} {path}"})
            else:
                self._send(200, carry_out(self.server, order))
        except (Refused, ValueError, TypeError, KeyError) as error:
            self._send(400, {"error": str(error)})

    do_GET = do_POST = answer

    def _order(self, query):
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        order = json.loads(body) if body else {}
        if not isinstance(order, dict):
            raise Refused("the body is not an object")
        return {**{name: values[-1] for name, values in parse_qs(query).items()}, **order}

    def _send(self, status, value):
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format, *args):
        """Quiet: standard error belongs to the test."""
