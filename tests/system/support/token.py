# SPDX-License-Identifier: MIT
"""What tests do with PACER's token: take it, hand it back, use it at a court as a tool does."""

import re
import subprocess

from support.filer import COURT, host
from support.places import PATIENCE

COOKIE = re.compile(r"^set-cookie: NextGenCSO=([^;]+)", re.I | re.M)
SIGNED_OUT = "csologin/login.jsf"
CURL_SECONDS = 20 * PATIENCE
ROTATED = "R" * 128


def take(csolink, *options, **more):
    """The token that csolink prints, with nothing else on standard output."""
    result = csolink("token", *options, prints_secret=True, **more)
    assert result.status == 0, result.err
    token, end = result.out.split("\n")
    assert end == "" and token
    return token


def start_many(csolink, count, *arguments):
    """count processes of csolink, at once, with nothing on standard input."""
    return [csolink.start_fed("", *arguments) for _ in range(count)]


def finish_all(csolink, processes):
    return [csolink.finish(process, None, prints_secret=True) for process in processes]


def kept(person):
    """The files that hold tokens."""
    return sorted(person.tokens.glob("token *"))


def visit(court, token, court_id=COURT, path="/cgi-bin/iquery.pl"):
    """A tool's request to a court. Returns the token that it answers with; None: signed out."""
    settings = "\n".join([
        "silent", "show-error", 'noproxy = "*"', 'dump-header = "-"', f'cacert = "{court.ca_file}"',
        f'connect-to = "{court.connect_to}"', f'url = "https://{host(court_id)}{path}"',
        f'cookie = "NextGenCSO={token}"'])
    answer = subprocess.run(["curl", "--config", "-"], input=settings, text=True, check=True,
                            capture_output=True, timeout=CURL_SECONDS).stdout
    if SIGNED_OUT in answer:
        return None
    found = COOKIE.search(answer)
    return found[1] if found else token


def replace(csolink, token=ROTATED, *options):
    return csolink("token", "--replace", *options, input=f"{token}\n")
