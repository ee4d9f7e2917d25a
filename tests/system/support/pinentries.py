# SPDX-License-Identifier: MIT
"""Programs in the place of a pinentry: one that listens in on the real one, and bad ones."""

import pathlib

from support.desktop import GTK2

# Greets and obeys until the question comes; then does what "ask" says.
OBEDIENT = """\
echo OK
while read -r command rest; do
    case $command in
    GETPIN) {ask} ;;
    BYE) exit 0 ;;
    esac
    echo OK
done
"""
BAD = {
    "crashes at its start": "exit 1",
    "crashes when it asks": OBEDIENT.format(ask="kill -SEGV $$"),
    "says nothing": "exec sleep 300",
    "speaks another protocol": "while echo '220 ready'; do sleep 0.1; done",
    "sends garbage": "head -c 100000 /dev/urandom",
    "sends a line without an end": "echo OK; head -c 100000 /dev/zero | tr '\\0' D",
    "refuses": OBEDIENT.format(ask="echo 'ERR 83886180 no'; continue"),
    "answers with a line break": OBEDIENT.format(ask="echo 'D 12%0A34'"),
    "inquires": OBEDIENT.format(ask="echo INQUIRE SECRET; read -r answer"),
}
HANGS = OBEDIENT.format(ask="sleep 301 & echo $! >{note}; wait")
TALKS_ON = OBEDIENT.format(ask="while echo S MORE; do sleep 0.1; done")
ANSWERS_TOO_LONG = OBEDIENT.format(ask="printf 'D %0900d\\nD %0900d\\n' 0 0")


def put(person, script):
    """Makes the script her pinentry; returns where it stands."""
    path = person.home / "pinentry"
    person.write(path, f"#!/bin/sh\n{script}")
    with person.acting():
        path.chmod(0o700)
    person.configure(pinentry=path)
    return path


class Listener:
    """The real pinentry with a listener on its line; it notes how it was started, too."""

    def __init__(self, person):
        folder = person.home / "heard"
        with person.acting():
            folder.mkdir()
        self._folder = folder
        put(person, f"""\
folder={folder}/$(date +%s%N)
mkdir "$folder"
cp /proc/$$/environ /proc/$$/cmdline "$folder"
cp /proc/self/status "$folder" # of a child: a shell blocks signals while it starts one
ls -l /proc/$$/fd >"$folder/descriptors"
cat /proc/$$/stat >"$folder/stat"
tee "$folder/told" | {GTK2}
""")

    @property
    def count(self):
        """How often it was started."""
        return len(list(self._folder.iterdir()))

    def heard(self, name):
        """What it noted under this name, over all starts."""
        return "".join((folder / name).read_text() for folder in sorted(self._folder.iterdir()))

    def told(self, command):
        """The arguments of this command, decoded."""
        lines = self.heard("told").splitlines()
        return [_decoded(line.split(" ", 1)[1]) for line in lines if line.startswith(command + " ")]


def _decoded(text):
    first, *rest = text.split("%")
    return first + "".join(chr(int(piece[:2], 16)) + piece[2:] for piece in rest)


def is_running(process_id):
    """Whether it has not ended; a zombie has."""
    try:
        status = pathlib.Path(f"/proc/{process_id}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
    return status.rsplit(")", 1)[1].split()[0] != "Z"


def session_of(stat):
    """The process and its session, from the text of /proc/PID/stat."""
    words = stat.rsplit(")", 1)[1].split()
    return int(stat.split(" ", 1)[0]), int(words[3])

