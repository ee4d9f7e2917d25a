# SPDX-License-Identifier: MIT
"""csolink's side of the worker conversation (include/csolink/worker.h), to test csolink-net."""

import socket
import subprocess

PATIENCE_SECONDS = 60
MESSAGE_BYTES = 128 * 1024


class WorkerEnded(Exception):
    """csolink-net closed the conversation."""


def _format(fields):
    return "".join(f"{key}={value}\n" for key, value in fields) + "\n"


def _parse(message):
    return [tuple(line.split("=", 1)) for line in message.decode().split("\n") if line]


class Reply:
    """All that came up for one verb: its result, and what came before it."""

    def __init__(self):
        self.steps, self.tokens, self.questions, self.page = [], [], [], []
        self.result = {}

    def __getattr__(self, name):
        return self.result.get(name)


class Worker:
    """One csolink-net process. answers: question -> fields of the answer record."""

    def __init__(self, program, answers=None, prefix=()):
        self.answers = answers or {}
        self.socket, below = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.socket.settimeout(PATIENCE_SECONDS)
        self.transcript = []
        self.process = subprocess.Popen([*prefix, program], stdin=below, stderr=subprocess.PIPE,
                                        close_fds=False)
        below.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        """Ends the conversation; returns the exit code and what stood on standard error."""
        self.socket.close()
        errors = self.process.communicate(timeout=PATIENCE_SECONDS)[1].decode()
        return self.process.returncode, errors

    def send(self, fields):
        self.socket.send(_format(fields).encode())

    def receive(self):
        message = self.socket.recv(MESSAGE_BYTES)
        if not message:
            raise WorkerEnded
        fields = _parse(message)
        self.transcript.append(fields)
        return fields

    def ask(self, verb, pairs=(), **fields):
        """Sends a verb and plays csolink until its result comes."""
        self.send([("verb", verb), *pairs, *fields.items()])
        reply = Reply()
        while not reply.result:
            self._take(dict(record := self.receive()), record, reply)
        return reply

    def _take(self, fields, record, reply):
        kind = fields.pop("type")
        if kind == "step":
            reply.steps.append(int(fields["step"]))
        elif kind == "token":
            reply.tokens.append(fields["token"])
        elif kind == "page":
            reply.page.extend(value for key, value in record if key == "line[]")
        elif kind == "question":
            reply.questions.append(fields)
            self.send(self.answers[fields["question"]].items())
        else:
            assert kind == "result"
            reply.result = fields
