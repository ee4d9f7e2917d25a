# SPDX-License-Identifier: MIT
"""Reads the files of tests/conversations and plays them: its README says what each line means."""

import configparser
import json
import re
import shlex
import shutil

from support import filer
from support.filer import COURT, LOGIN
from support.places import BUILD, TREE

FOLDER = TREE / "tests/conversations"
SECRETS = {"@password": filer.ACCOUNT["password"], "@filing": filer.filing_password(COURT)}


def read(path):
    """[(word, rest of the line)], with the blocks of records that it names."""
    lines = []
    for line in path.read_text().splitlines():
        word, _, rest = line.strip().partition(" ")
        if (FOLDER / f"{word}.part").exists():
            lines += read(FOLDER / f"{word}.part")
        elif word and not word.startswith("#"):
            lines.append((word, rest))
    return lines


def runs_of(lines):
    """What comes before the first run, and the lines of each run with its command first."""
    starts = [number for number, (word, _) in enumerate(lines) if word == "run"]
    ends = [*starts[1:], len(lines)]
    return lines[:starts[0]], [lines[start:end] for start, end in zip(starts, ends)]


def _text(word):
    """The bytes that a word stands for, one character each."""
    return word.encode("latin-1").decode("unicode_escape")


def _pairs(rest):
    return [tuple(word.split("=", 1)) for word in shlex.split(rest) if word != "..."]


def _down(rest):
    return {"kind": "down", "more": rest.endswith("..."),
            "fields": [(key, SECRETS.get(value, value)) for key, value in _pairs(rest)]}


def _up(rest):
    fields = "".join(f"{key}={_text(value)}\n" for key, value in _pairs(rest))
    return {"kind": "up", "text": fields + "\n"}


def _up_detail(rest):
    size, fields = rest.split(" ", 1)
    return _up(f"{fields} detail={'y' * int(size)}")


RECORDS = {
    "down": _down,
    "up": _up,
    "up-raw": lambda rest: {"kind": "up", "text": _text(shlex.split(rest)[0])},
    "up-detail": _up_detail,
    "up-page": lambda rest: {"kind": "up", "text": "type=page\nline[]=" + "y" * int(rest) + "\n\n"},
    "up-long": lambda rest: {"kind": "up", "text": "x=" + "y" * int(rest) + "\n\n"},
    "deaf": lambda _rest: {"kind": "deaf"},
    "die": lambda rest: {"kind": "die", "of": rest},
}


class Stage:
    """csolink with the player in csolink-net's place, and how things stand after it."""

    def __init__(self, person, csolink):
        self._person, self._csolink = person, csolink
        self._folder = person.home / "played-csolink"
        with person.acting():
            self._folder.mkdir()
        for source in (BUILD / "csolink", BUILD / "csolink-bus.so", BUILD / "courts.tsv"):
            shutil.copy(source, self._folder)
        shutil.copy(FOLDER / "player", self._folder / "csolink-net")
        for path in self._folder.iterdir():
            path.chmod(0o755)

    def prepare(self, lines):
        """Her account, and what the conversation's first lines say."""
        options = dict(line for line in lines if line[0] in ("without", "kept"))
        settings = dict(rest.split("=", 1) for word, rest in lines if word == "set")
        self._person.configure(environment="production", **settings)
        filer.add_account(self._csolink, otp="none")
        if "without" not in options:
            assert filer.add_filing(self._csolink).status == 0
        if "kept" in options:
            self._keep(options["kept"])

    def play(self, lines):
        """One run of csolink, with everything that its lines say of it."""
        script = [RECORDS[word](rest) for word, rest in lines if word in RECORDS]
        self._person.write(self._folder / "script", json.dumps(script))
        self._person.write(self._folder / "played", "0")
        status, said = self._run(lines)
        played = (self._folder / "played").read_text()
        assert played == str(len(script)), (played, len(script), said)
        for word, rest in lines[1:]:
            if word not in RECORDS and word not in ("asks", "types"):
                CHECKS[word](self, rest, status, said)

    def _run(self, lines):
        """The exit status, and what stood on standard error or on the terminal."""
        words = [word for word in lines[0][1].split() if word != "again"]
        terminal_lines = [line for line in lines if line[0] in ("asks", "types")]
        program = str(self._folder / "csolink")
        if not terminal_lines:
            request = filer.request(COURT) + "\n" if words == ["get"] else ""
            result = self._csolink(*words, program=program, input=request, prints_secret=True)
            return result.status, result.err
        with self._csolink.terminal(*words, program=program) as terminal:
            for word, rest in terminal_lines:
                if word == "asks":
                    terminal.expect(_pattern(rest))
                else:
                    terminal.type(rest)
            return terminal.wait(), terminal.text

    def _keep(self, token):
        """A run that signs on and finds the account linked elsewhere leaves the token."""
        self.play([("run", "login"), *read(FOLDER / "login.part"),
                   ("up", f"type=token token={token}"),
                   ("up", "type=result status=ok sent=1 answered=1 result=0"), ("ends", "0")])

    def is_linked(self):
        state = configparser.ConfigParser(interpolation=None)
        state.read(self._person.state / "production" / f"{LOGIN}.state")
        return state.getboolean(f"court {COURT}", "linked", fallback=False)

    def has_filing(self):
        return "jdoe" in self._csolink("filing", "list").out

    def tokens(self):
        """The texts of the token files, which stand beside the names of her accounts."""
        return [path.read_text() for path in self._person.tokens.glob("*")
                if not path.name.startswith("accounts ")]

    def pages(self):
        return [path.read_text() for path in self._person.state.rglob("*.html")]


def _pattern(rest):
    word, = shlex.split(rest)
    return word


def _ends(_stage, rest, status, said):
    assert status == int(rest), said


def _says(_stage, rest, _status, said):
    assert re.search(_pattern(rest), said, re.S), said


def _says_not(_stage, rest, _status, said):
    assert not re.search(_pattern(rest), said), said


def _linked(stage, rest, _status, _said):
    assert stage.is_linked() == {"yes": True, "no": False}[rest]


def _filing(stage, rest, _status, _said):
    assert stage.has_filing() == {"kept": True, "gone": False}[rest]


def _token(stage, rest, _status, _said):
    kept = stage.tokens()
    assert (kept == []) if rest == "none" else any(rest in text for text in kept)


def _page(stage, rest, _status, _said):
    assert stage.pages() == [_text(_pattern(rest))]


def _page_bytes(stage, rest, _status, _said):
    assert [len(page) for page in stage.pages()] == [int(rest)]


CHECKS = {"ends": _ends, "says": _says, "says-not": _says_not, "linked": _linked,
          "filing": _filing, "token": _token, "page": _page, "page-bytes": _page_bytes}
