# SPDX-License-Identifier: MIT
"""One-time codes by RFC 6238: SHA-1, six digits, steps of 30 seconds."""

import base64
import hashlib
import hmac
import struct

STEP_SECONDS = 30
ACCEPTED_DRIFT = 1
RECOGNISED_DRIFT = 40


def step_at(seconds):
    """The number of the step that holds this Unix time."""
    return int(seconds) // STEP_SECONDS


def code(secret, step):
    """The six digits of a base32 secret for one step."""
    padded = secret.upper() + "=" * (-len(secret) % 8)
    counter = struct.pack(">Q", step)
    digest = hmac.new(base64.b32decode(padded), counter, hashlib.sha1).digest()
    offset = digest[-1] & 0x0F
    number = struct.unpack(">I", digest[offset:offset + 4])[0] & 0x7FFFFFFF
    return f"{number % 1000000:06d}"


def recognise(secret, digits, now):
    """The step that these digits belong to, the nearest first, or None.

    Looks farther than a sign-on accepts, so that a test can see which step a wrong clock chose.
    """
    for distance in range(RECOGNISED_DRIFT + 1):
        for step in {now - distance, now + distance}:
            if hmac.compare_digest(code(secret, step).encode(), digits.encode()):
                return step
    return None
