# SPDX-License-Identifier: MIT
"""The tokens that PACER gave out: which are good, whose they are, how courts re-issue them."""

import dataclasses
import secrets
import string

ALPHABET = string.ascii_letters + string.digits
TOKEN_LENGTH = 128


@dataclasses.dataclass(eq=False)
class Session:
    account: str
    environment: str
    token: str
    previous: str | None = None


class Sessions:
    def __init__(self):
        self._good = {}
        self.issued = set()

    def issue(self, account, environment):
        """A new session; its token is good until it is logged out, rotated away or expired."""
        session = Session(account, environment, self._new_token())
        self._good[session.token] = session
        return session

    def find(self, token):
        """The session of a token that is still good, or None."""
        return self._good.get(token)

    def reissue(self, session, token):
        """Rotate after a request that used `token`; returns the value for Set-Cookie.

        The value before stays good for one more request, so that two clients may share a session.
        """
        if token == session.previous:
            self._good.pop(token)
            session.previous = None
            return session.token
        self._good.pop(session.previous, None)
        session.previous, session.token = session.token, self._new_token()
        self._good[session.token] = session
        return session.token

    def end(self, session):
        self._good.pop(session.token, None)
        self._good.pop(session.previous, None)

    def alive(self):
        """The sessions that have a good token."""
        return frozenset(self._good.values())

    def expire_all(self):
        self._good.clear()

    def _new_token(self):
        token = "".join(secrets.choice(ALPHABET) for _ in range(TOKEN_LENGTH))
        self.issued.add(token)
        return token
