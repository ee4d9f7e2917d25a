# SPDX-License-Identifier: MIT
"""One-time codes by RFC 6238; each account has its own period, digits and algorithm."""

import base64
import hashlib
import hmac
import struct

ACCEPTED_DRIFT = 1
RECOGNISED_DRIFT = 40
ALGORITHMS = {"SHA1": hashlib.sha1, "SHA256": hashlib.sha256, "SHA512": hashlib.sha512}


def code(secret, step, digits=6, algorithm="SHA1"):
    """The digits of a base32 secret for one step."""
    key = base64.b32decode(secret.upper() + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", step), ALGORITHMS[algorithm]).digest()
    offset = digest[-1] & 0x0F
    number = struct.unpack(">I", digest[offset:offset + 4])[0] & 0x7FFFFFFF
    return f"{number % 10 ** digits:0{digits}d}"


class Authenticator:
    """What an account's authenticator shows."""

    def __init__(self, account):
        self._secret, self._period = account["otp_secret"], account["otp_period"]
        self._digits, self._algorithm = account["otp_digits"], account["otp_algorithm"]

    def step_at(self, seconds):
        """The number of the step that holds this Unix time."""
        return int(seconds) // self._period

    def code(self, step):
        return code(self._secret, step, self._digits, self._algorithm)

    def recognise(self, digits, now):
        """The step that these digits belong to, the nearest to step now first, or None.

        Looks farther than a sign-on accepts, so that a test can see which step a wrong clock chose.
        """
        for distance in range(RECOGNISED_DRIFT + 1):
            for step in {now - distance, now + distance}:
                if hmac.compare_digest(self.code(step).encode(), digits.encode()):
                    return step
        return None
