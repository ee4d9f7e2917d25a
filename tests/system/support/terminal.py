# SPDX-License-Identifier: MIT
"""A program on a pseudo-terminal, and the person who reads it and types."""

import fcntl
import os
import re
import select
import signal
import subprocess
import tempfile
import termios
import time

from support.places import PATIENCE

READ_BYTES = 65536
EXPECT_SECONDS = 15


class NotShown(AssertionError):
    """The expected text did not come; says what came instead."""


class Terminal:
    """A program whose controlling terminal is new.

    Standard error is the terminal. With input, standard input is a pipe that holds just this; with
    output=True, standard output is kept apart in .out. That is how git starts a helper.
    """

    def __init__(self, person, arguments, input=None, output=False, env=None):
        self._master, slave = os.openpty()
        self._shown = b""
        self._seen = 0
        self._output = tempfile.TemporaryFile() if output else None
        stdin = slave if input is None else _pipe_holding(input)
        try:
            self.process = person.popen(
                arguments, env={"TERM": "xterm", **(env or {})}, stdin=stdin,
                stdout=self._output or slave, stderr=slave,
                preexec_fn=lambda: fcntl.ioctl(2, termios.TIOCSCTTY, 0))
        finally:
            for descriptor in {stdin, slave}:
                os.close(descriptor)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        os.close(self._master)
        if self._output:
            self._output.close()

    @property
    def text(self):
        """All that the terminal has shown so far."""
        return self._shown.decode("utf-8", "replace").replace("\r\n", "\n")

    @property
    def out(self):
        """What the program wrote to its own standard output; needs output=True."""
        self._output.seek(0)
        return self._output.read().decode()

    @property
    def echoes(self):
        """Whether the terminal shows what is typed now."""
        return bool(termios.tcgetattr(self._master)[3] & termios.ECHO)

    def expect(self, pattern, timeout=EXPECT_SECONDS * PATIENCE):
        """Waits for text that matches, after what was expected before; returns the match."""
        match = self.expect_or_end(pattern, timeout)
        if not match:
            raise NotShown(f"expected {pattern!r}, the terminal shows:\n{self.text}")
        return match

    def expect_or_end(self, pattern, timeout=EXPECT_SECONDS * PATIENCE):
        """The same for text that may not come: None when the program ends without it."""
        deadline = time.monotonic() + timeout
        while True:
            match = re.compile(pattern).search(self.text, self._seen)
            if match:
                self._seen = match.end()
                return match
            if not self._read(deadline):
                return None

    def type(self, line):
        """Types a line and Enter."""
        os.write(self._master, line.encode() + b"\n")

    def press(self, letter):
        """Ctrl and this letter."""
        os.write(self._master, bytes([ord(letter) & 0x1f]))

    def wait(self, timeout=EXPECT_SECONDS * PATIENCE):
        """Reads to the end; returns the exit status."""
        deadline = time.monotonic() + timeout
        while self._read(deadline):
            pass
        try:
            return self.process.wait(max(0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            raise NotShown(f"the program goes on, the terminal shows:\n{self.text}") from None

    def _read(self, deadline):
        """Reads what is there, or waits for it. False at the end of file and at the deadline."""
        remaining = max(0, deadline - time.monotonic())
        if not select.select([self._master], [], [], remaining)[0]:
            return False
        try:
            piece = os.read(self._master, READ_BYTES)
        except OSError:  # Linux says EIO when the last program has closed its side.
            return False
        self._shown += piece
        return bool(piece)


def _pipe_holding(text):
    """The reading end of a pipe with this text in it and nobody at the other end."""
    reader, writer = os.pipe()
    os.write(writer, text.encode())
    os.close(writer)
    return reader
