# SPDX-License-Identifier: MIT
"""The demo's transcript: from the login to the first linked credential, real output throughout."""

import contextlib
import pathlib
import re
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "system"))

from support.bus import Bus  # noqa: E402
from support.cli import git_environment  # noqa: E402
from support.court import WORLD, Court  # noqa: E402
from support.keyring import KeyringDaemon  # noqa: E402
from support.login import SERVICE, Login  # noqa: E402
from support.person import Person  # noqa: E402
from support.places import AS_ROOT  # noqa: E402
from support.terminal import NotShown, Terminal  # noqa: E402

LOGIN, FILING_LOGIN, COURT = "jdoe1234", "jdoe", "alnd"
HOST = "ecf.alnd.uscourts.gov"
QUESTION = r"acknowledge[^?]*\?.*"


class Failed(Exception):
    """The demo did not show what it is there to show."""


def say(text=""):
    print(text, flush=True)


def show(command, output=""):
    """A command line as the person types it, and what it printed."""
    say(f"$ {command}")
    say(output.rstrip("\n") + "\n" if output.strip() else "")


class Demo:
    def __init__(self, person, bus, stack):
        self.person, self.bus, self.stack = person, bus, stack

    def log_in(self):
        """By PAM as root; else the keyring is unlocked without a login. Returns the keyring."""
        if not AS_ROOT:
            say("# The PAM login is left out: it changes /etc/pam.d, which needs root.\n")
            keyring = KeyringDaemon(self.bus)
            self.stack.callback(keyring.end)
            return keyring
        login = Login(self.bus)
        login.stack(options="link=login")
        service = pathlib.Path("/etc/pam.d", SERVICE).read_text()
        show(f"grep csolink /etc/pam.d/{SERVICE}",
             "".join(re.findall(r".*pam_csolink.*\n", service)))
        result = login("authenticate", "open_session")
        show(f"pamtester {SERVICE} {self.person.name} authenticate open_session",
             result.stderr + "\n" + result.stdout)
        if result.returncode != 0:
            raise Failed("the login failed")
        return login.start_desktop()

    def run(self, *command, input=None, shown=None, env=None):
        """Runs a command on a terminal of hers, acknowledges what is asked, shows all of it.

        Returns what it said on the terminal and its standard output.
        """
        with Terminal(self.person, command, input=input, output=True, env=env) as terminal:
            if terminal.expect_or_end(QUESTION):
                terminal.type("yes")
            status = terminal.wait()
            show(shown or " ".join(command), terminal.text + terminal.out)
            if status != 0:
                raise Failed(f"{command[0]} ended with {status}")
            return terminal.text, terminal.out

    def store_credentials(self):
        account = WORLD["accounts"][LOGIN]
        self.run("csolink", "account", "add", "--purpose=file", "--otp=stored", LOGIN,
                 input=f"password={account['password']}\notp_secret={account['otp_secret']}\n",
                 shown="printf 'password=…\\notp_secret=…\\n' | "
                       f"csolink account add --purpose=file --otp=stored {LOGIN}")
        filing = WORLD["courts"][COURT]["filing_logins"][FILING_LOGIN]
        self.run("csolink", "filing", "add", f"--account={LOGIN}", COURT, FILING_LOGIN,
                 input=f"password={filing['password']}\n",
                 shown="printf 'password=…\\n' | "
                       f"csolink filing add --account={LOGIN} {COURT} {FILING_LOGIN}")

    def fill(self):
        """git asks for the court's credential; returns what csolink said, and the seconds.

        A transcript cannot draw a line anew, so that the terminal is a dumb one.
        """
        start = time.monotonic()
        said, out = self.run("git", "credential", "fill",
                       input=f"protocol=https\nhost={HOST}\n\n",
                       env=git_environment() | {"TERM": "dumb"},
                       shown=f"printf 'protocol=https\\nhost={HOST}\\n\\n' | "
                             "git -c credential.helper=csolink credential fill")
        if f"username={LOGIN}\n" not in out or "\npassword=" not in out:
            raise Failed("git got no credential")
        return said, time.monotonic() - start

    def show_what_stays(self):
        for directory in (self.person.state, self.person.tokens):
            listing = self.person.run("find", directory, "-type", "f", "-printf", r"%M %s %p\n")
            show(f"find {directory} -type f -printf '%M %s %p\\n'", listing)


def show_counted(state):
    say("# The practice court counted, before it stopped:")
    links = [f"{link['account']} is {link['filing_login']} at {link['court']}"
             for link in state["links"]]
    say(f"sign-ons: {state['sign_ons']}, link submissions at {COURT}: "
        f"{state['link_submissions'][COURT]}, requests: {state['requests']}, "
        f"links: {', '.join(links)}\n")
    if (state["sign_ons"], state["link_submissions"][COURT]) != (1, 1):
        raise Failed("not one sign-on and one link")


def show_items(keyring):
    lines = []
    for item in keyring.items():
        attributes = " ".join(f"{key}={value}" for key, value in sorted(
            item["attributes"].items()))
        lines.append(f"{item['label']}\n    {attributes}\n")
    say("# The keyring holds these items; a secret is an item's value, never an attribute:")
    say("".join(lines))


def transcript(stack):
    person = Person()
    stack.callback(person.leave)
    court = Court()
    stack.callback(court.stop)
    court.introduce_to(person)
    bus = Bus(person)
    stack.callback(bus.end)
    demo = Demo(person, bus, stack)

    say("# A practice court on loopback stands in for PACER and the courts; every name, login and "
        "password\n# below is invented. Nothing leaves this machine, and nothing stays on it.\n")
    keyring = demo.log_in()
    demo.store_credentials()
    say("# The first use signs on once and runs the court's one-time link step:")
    demo.fill()
    counted = court.state()
    court.stop()
    say("# The practice court has stopped: there is no network at all. The same again:")
    said, seconds = demo.fill()
    if said:
        raise Failed("the second use was not silent")
    say(f"# It took {seconds * 1000:.0f} ms.\n")
    demo.run("csolink", "status")
    show_counted(counted)
    demo.show_what_stays()
    show_items(keyring)


def main():
    with contextlib.ExitStack() as stack:
        try:
            transcript(stack)
        except (Failed, NotShown) as reason:
            print(f"demo: {reason}", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
