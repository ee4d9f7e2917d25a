# SPDX-License-Identifier: MIT
"""The lawyer's account as she sets it up: stored, acknowledged, with a filing login."""

import os
import signal

from support.court import WORLD

LOGIN = "jdoe1234"
ACCOUNT = WORLD["accounts"][LOGIN]
COURT, BANKRUPTCY = "alnd", "alnb"


def host(court):
    return f"ecf.{court}.uscourts.gov"


def request(court):
    """What git asks of a helper for a court."""
    return f"protocol=https\nhost={host(court)}\n"


def filing_password(court, login="jdoe"):
    return WORLD["courts"][court]["filing_logins"][login]["password"]


def add_account(csolink, login=LOGIN, password=None, purpose="file", otp="stored",
                acknowledge=True, otp_secret=None):
    """csolink account add; a filer says yes to PACER's redaction rules on her terminal."""
    lines = f"password={password or ACCOUNT['password']}\n"
    if otp == "stored":
        lines += f"otp_secret={otp_secret or ACCOUNT['otp_secret']}\n"
    arguments = ["account", "add", f"--purpose={purpose}", f"--otp={otp}", login]
    if purpose != "file" or not acknowledge:
        result = csolink(*arguments, input=lines)
        assert result.status == 0, result.err
        return
    with csolink.terminal(*arguments, input=lines, output=True) as terminal:
        terminal.expect(r"acknowledge this for account .*\?")
        terminal.type("yes")
        assert terminal.wait() == 0, terminal.text


def add_account_without_codes(csolink, court, **options):
    """An account that no one-time code stands in front of, at PACER as here."""
    court.world(accounts={LOGIN: {"otp_secret": None}})
    add_account(csolink, otp="none", **options)


def add_filing(csolink, court=COURT, login="jdoe", account=LOGIN, password=None, options=()):
    """csolink filing add, as a script does it."""
    return csolink("filing", "add", f"--account={account}", *options, court, login,
                   input=f"password={password or filing_password(court, login)}\n")


def add_filings(csolink, names):
    """The filing login jdoe at each court, or at COURT."""
    for name in names or [COURT]:
        assert add_filing(csolink, name).status == 0


def set_up_without_codes(csolink, court, *names):
    """An account, acknowledged, that nothing but a sign-on keeps from its filing logins' links."""
    add_account_without_codes(csolink, court)
    add_filings(csolink, names)


def set_up(csolink, *names):
    """An account, acknowledged, and a filing login at each court."""
    add_account(csolink)
    add_filings(csolink, names)


def start_password(csolink, password):
    """csolink account password in the background; it asks PACER at once."""
    return csolink.start_fed(f"password={password}\n", "account", "password", LOGIN)


def start_held(csolink, court, *arguments, after=False):
    """Starts csolink, which then stands still in the middle of its sign-on."""
    court.hold("sign_on", after=after)
    process = csolink.start_fed("", *arguments)
    assert court.held() == "sign_on"
    return process


def kill_held(process, court):
    """Kills it there, with its worker; PACER gives up on them."""
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    court.release(drop=True)


def taking_the_token(csolink):
    """The command that a tool takes the token with; a csolink without it has link use it."""
    return ["token"] if "\n  token " in csolink("help").out else ["link", COURT]


def start_link(csolink, env):
    """csolink link in the background, without a terminal."""
    return csolink.start("link", COURT, env=env)


def start_gets(csolink, number, env):
    """Tools that ask for the court's credential, all at once."""
    tools = [csolink.start("get", env=env) for _ in range(number)]
    for tool in tools:
        tool.stdin.write(request(COURT) + "\n")
        tool.stdin.flush()
    return tools
