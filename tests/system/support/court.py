# SPDX-License-Identifier: MIT
"""The practice court as a process, and its control endpoint."""

import http.client
import json
import pathlib
import runpy
import subprocess

from support.places import PATIENCE, SEED, TREE

# Who has which account at the start; all of it is invented.
WORLD = runpy.run_path(str(TREE / "tests/practice_court/start.py"))["DEFAULT"]
START_SECONDS = 30
HELD_SECONDS = 10 * PATIENCE
CONTROL_SECONDS = 90 + HELD_SECONDS


class Court:
    """PACER's sign-on service and any number of courts, on loopback, until stop()."""

    def __init__(self, seed=SEED, port=None):
        options = ["--seed", str(seed)] if seed is not None else []
        options += ["--port", str(port)] if port is not None else []
        self._process = subprocess.Popen(
            ["/usr/bin/python3", TREE / "tests/practice_court", "--until-eof", *options],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        line = self._process.stdout.readline()
        assert line, "the practice court did not start"
        start = json.loads(line)
        self.connect_to = start["connect_to"]
        self.ca_file = pathlib.Path(start["ca_file"])
        self.seed = start["seed"]
        self._control = start["control"]

    def introduce_to(self, person):
        """Writes her csolink.conf so that the environment "practice" is this court."""
        ca_file = person.home / "practice-court.pem"
        person.write(ca_file, self.ca_file.read_text())
        person.configure(environment="practice", ca_file=ca_file, connect_to=self.connect_to)

    def stop(self):
        """The network is gone: connections are refused from now on."""
        if self._process.poll() is None:
            self._process.terminate()
            self._process.wait(START_SECONDS)
        self._process.stdin.close()
        self._process.stdout.close()

    def state(self):
        return self._order("GET", "/state")

    def reset(self):
        self._order("POST", "/reset")

    def world(self, **changes):
        self._order("POST", "/world", changes)

    def fault(self, fault, **options):
        self._order("POST", "/fault", {"fault": fault, **options})

    def clear_faults(self):
        self._order("POST", "/fault", {"clear": True})

    def hold(self, stage, **options):
        self._order("POST", "/hold", {"at": stage, **options})

    def held(self, timeout=HELD_SECONDS):
        """The stage at which a request is held; waits for one."""
        return self._order("GET", f"/held?timeout={timeout}")["held"]

    def release(self, drop=False):
        self._order("POST", "/release", {"drop": drop})

    def clock(self, offset):
        self._order("POST", "/clock", {"offset": offset})

    def expire_tokens(self):
        self._order("POST", "/expire_tokens")

    def _order(self, method, path, body=None):
        connection = http.client.HTTPConnection("127.0.0.1", self._control,
                                                timeout=CONTROL_SECONDS)
        try:
            connection.request(method, path, json.dumps(body) if body is not None else None)
            answer = connection.getresponse()
            value = json.load(answer)
        finally:
            connection.close()
        assert answer.status == 200, f"the practice court refused {path}: {value}"
        return value
