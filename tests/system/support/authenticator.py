# SPDX-License-Identifier: MIT
"""The lawyer's authenticator: her account's codes as the practice court computes them."""

import runpy
import time
from urllib.parse import quote

from support.filer import ACCOUNT, LOGIN
from support.places import TREE

SECRET = ACCOUNT["otp_secret"]
_TOTP = runpy.run_path(str(TREE / "tests/practice_court/totp.py"))


def uri(**parameters):
    """What a QR code of her account says."""
    more = "".join(f"&{name}={value}" for name, value in parameters.items())
    return f"otpauth://totp/PACER:{LOGIN}?secret={quote(SECRET)}&issuer=PACER{more}"


def at_court(court, period=30, digits=6, algorithm="SHA1"):
    """PACER has her account with these parameters; returns the URI for them."""
    court.world(accounts={LOGIN: {"otp_period": period, "otp_digits": digits,
                                  "otp_algorithm": algorithm}})
    return uri(period=period, digits=digits, algorithm=algorithm)


def code_of(step, **parameters):
    return _at_hand(**parameters).code(step)


def code_now():
    """What it shows."""
    return code_of(_at_hand().step_at(time.time()))


def codes_since(begun, **parameters):
    """The codes of all steps since this Unix time, and of the next one."""
    steps = range(_at_hand(**parameters).step_at(begun),
                  _at_hand(**parameters).step_at(time.time()) + 2)
    return [code_of(step, **parameters) for step in steps]


def _at_hand(period=30, digits=6, algorithm="SHA1"):
    return _TOTP["Authenticator"]({"otp_secret": SECRET, "otp_period": period,
                                   "otp_digits": digits, "otp_algorithm": algorithm})
