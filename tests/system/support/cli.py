# SPDX-License-Identifier: MIT
"""csolink as the person runs it: on pipes, or on a terminal."""

import dataclasses
import os
import signal
import subprocess

from support.places import PATIENCE, PROGRAMS
from support.terminal import Terminal

TIMEOUT_SECONDS = 60 * PATIENCE


@dataclasses.dataclass
class Result:
    status: int
    out: str
    err: str

    @property
    def fields(self):
        """The record on standard output."""
        return dict(line.split("=", 1) for line in self.out.splitlines() if line)


class Csolink:
    """Calls csolink for a person; every output is watched for secrets."""

    def __init__(self, person, secrets, reports):
        self._person, self._secrets, self._reports = person, secrets, reports

    def __call__(self, *arguments, input="", env=None, timeout=TIMEOUT_SECONDS,
                 program="csolink", prints_secret=False):
        """Runs it to its end without a terminal. Only prints_secret allows a secret in .out."""
        process = self.start(*arguments, env=env, program=program)
        return self.finish(process, input, timeout, prints_secret)

    def start(self, *arguments, env=None, program="csolink", stdin=subprocess.PIPE):
        """Starts it, leader of its own session, on pipes; returns the process."""
        return self._person.popen(
            self._command(program, arguments), env=self._reports.environment() | (env or {}),
            text=True, stdin=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def start_get(self, request, program="csolink"):
        """Starts a get that has its whole request; returns the process."""
        return self.start_fed(request + "\n", "get", program=program)

    def start_fed(self, text, *arguments, program="csolink", env=None):
        """Starts it with text as its whole standard input; returns the process."""
        process = self.start(*arguments, program=program, env=env)
        process.stdin.write(text)
        process.stdin.close()
        process.stdin = None  # or communicate() would flush it
        return process

    def finish(self, process, input="", timeout=TIMEOUT_SECONDS, prints_secret=False):
        """Gives a started process its input and waits for its end."""
        with process:
            try:
                out, err = process.communicate(input, timeout)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                raise
        self._watch(process.args, "" if prints_secret else out, err)
        return Result(process.returncode, out, err)

    def get(self, host, username=None, options=(), **more):
        """What git asks of a helper; the result's .fields are the credential."""
        request = f"protocol=https\nhost={host}\n"
        if username:
            request += f"username={username}\n"
        return self(*options, "get", input=request + "\n", prints_secret=True, **more)

    def terminal(self, *arguments, input=None, output=False, env=None, program="csolink"):
        """Starts it on a terminal; a context manager, see Terminal."""
        return _WatchedTerminal(
            self._watch, self._person, self._command(program, arguments), input, output,
            self._reports.environment() | (env or {}))

    def shell(self):
        """A shell on a terminal, with job control; csolink is on its path."""
        return self.program_on_terminal("bash", "--norc", "--noediting", "-i")

    def program_on_terminal(self, *arguments):
        """Another program that may start csolink, on a terminal."""
        return _WatchedTerminal(self._watch, self._person, list(arguments), None, False,
                                self._reports.environment())

    def git_credential(self, action, host, terminal=False, **fields):
        """Real git, with csolink as its only helper."""
        request = "".join(f"{key}={value}\n" for key, value
                          in {"protocol": "https", "host": host, **fields}.items()) + "\n"
        env = git_environment() | self._reports.environment()
        if terminal:
            return _WatchedTerminal(self._watch, self._person, ["git", "credential", action],
                                    request, True, env)
        process = self._person.popen(
            ["git", "credential", action], env=env | {"GIT_TERMINAL_PROMPT": "0"}, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        return self.finish(process, request, prints_secret=True)

    def _command(self, program, arguments):
        return self._reports.wrap([str(PROGRAMS / program), *arguments])

    def _watch(self, arguments, out, err):
        name = " ".join(arguments)
        self._secrets.watch(f"standard output of {name}", out)
        self._secrets.watch(f"standard error of {name}", err)


class _WatchedTerminal(Terminal):
    def __init__(self, watch, person, arguments, input, output, env):
        super().__init__(person, arguments, input, output, env)
        self._watch, self._arguments = watch, arguments

    def __exit__(self, *details):
        self._watch(self._arguments, "", self.text)
        super().__exit__(*details)


def git_environment():
    """git asks csolink and no other helper."""
    return {"GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_COUNT": "1",
            "GIT_CONFIG_KEY_0": "credential.helper", "GIT_CONFIG_VALUE_0": "csolink"}
