# SPDX-License-Identifier: MIT
"""Notices a secret that arrives anywhere but where it belongs."""

import base64
import binascii
import dataclasses
from html import escape
import json
import re
from urllib.parse import quote, quote_plus, unquote_plus

from sessions import TOKEN_LENGTH
import totp

SHORTEST_SECRET = 4
TOKEN = re.compile(rf"(?=([A-Za-z0-9]{{{TOKEN_LENGTH}}}))")


@dataclasses.dataclass(frozen=True)
class Secret:
    """One value, and the stage and site whose request bodies may hold it."""
    kind: str
    owner: str
    value: str
    stage: str | None = None
    site: str | None = None


def _secrets_of(world, now):
    """Every secret but the tokens that the practice court knows at this moment."""
    found = []
    for login, account in world.accounts.items():
        place = ("sign_on", account["environment"])
        found.append(Secret("password", login, account["password"], *place))
        found += [Secret("code", login, digits, *place) for digits in account["backup_codes"]]
        if account["otp_secret"]:
            found.append(Secret("otp_secret", login, account["otp_secret"]))
            authenticator = totp.Authenticator(account)
            step = authenticator.step_at(now)
            found += [Secret("code", login, authenticator.code(near), *place)
                      for near in (step - 1, step, step + 1)]
    for court_id, court in world.courts.items():
        found += [Secret("filing_password", login, record["password"], "submit", court_id)
                  for login, record in court["filing_logins"].items()]
    return [secret for secret in found if len(secret.value) >= SHORTEST_SECRET]


def violations(request, stage, site, world, sessions, now):
    """Entries for GET /state about one request; `site` is a court id, an environment or None."""
    entries = []
    places = _places(request, site)
    secrets = _secrets_of(world, now) + _tokens_in(places.values(), sessions.issued)
    if not request.tls:
        entries.append(_entry("plain_http", request, secrets))
    elif site is None:
        entries.append(_entry("unknown_host", request, secrets))
    for place, text in places.items():
        for secret in _misplaced(secrets, place, text, request, stage, site):
            entries.append({**_entry("secret_misplaced", request, secrets), "place": place,
                            "secret": secret.kind, "owner": secret.owner})
    return entries


def _tokens_in(texts, issued):
    values = {run for text in texts for run in TOKEN.findall(text)} & issued
    return [Secret("token", "", value, "logout") for value in sorted(values)]


def _places(request, site):
    """Where a secret can lie in a request. A served host may have the token in its cookies."""
    cookies_belong = request.tls and site is not None
    headers = [value for name, value in request.headers.items()
               if not (name.lower() == "cookie" and cookies_belong)]
    headers += [_basic_credentials(value) for value in headers]
    cookies = request.headers.get_all("Cookie", []) if cookies_belong else []
    target = f"{request.path}?{request.query}"
    return {
        "target": f"{target} {unquote_plus(target)}",
        "headers": "\n".join(headers),
        "cookies": "\n".join(cookies),
        "body": request.body.decode("utf-8", "replace"),
    }


def _basic_credentials(value):
    scheme, _, encoded = value.partition(" ")
    if scheme.lower() != "basic":
        return ""
    try:
        return base64.b64decode(encoded).decode("utf-8", "replace")
    except binascii.Error:
        return ""


def _misplaced(secrets, place, text, request, stage, site):
    if not text:
        return []
    found = [secret for secret in secrets if _holds(text, secret)]
    right = {secret.value for secret in found
             if request.tls and _belongs(secret, place, request, stage, site)}
    return [secret for secret in found if secret.value not in right]


def _belongs(secret, place, request, stage, site):
    if place == "cookies":
        return secret.kind == "token"
    return (place == "body" and request.method == "POST" and secret.stage == stage is not None
            and secret.site in (None, site))


def _holds(text, secret):
    if secret.kind == "code":
        return re.search(rf"(?<!\w){re.escape(secret.value)}(?!\w)", text) is not None
    spellings = {secret.value, escape(secret.value), quote(secret.value, safe=""),
                 quote_plus(secret.value), json.dumps(secret.value)[1:-1]}
    return any(spelling in text for spelling in spellings)


def _entry(kind, request, secrets):
    """What is told of the request: never its query, and no path that holds a secret."""
    path = request.path
    if any(_holds(path, secret) or _holds(unquote_plus(path), secret) for secret in secrets):
        path = "(withheld)"
    return {"kind": kind, "host": request.host, "method": request.method, "path": path}
