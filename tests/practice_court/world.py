# SPDX-License-Identifier: MIT
"""Who has which account, which courts there are and what is linked: one JSON document."""

import copy
import pathlib

import traits

SIGN_ON_HOSTS = {
    "pacer.login.uscourts.gov": "production",
    "qa-login.uscourts.gov": "qa",
    "train-login.uscourts.gov": "train",
}

ACCOUNT_DEFAULTS = {
    "password": "", "otp_secret": None, "otp_period": 30, "otp_digits": 6,
    "otp_algorithm": "SHA1", "backup_codes": [], "filer": False, "name": "",
    "client_code_required": False, "disabled_search": False, "environment": "production",
}
ACCOUNT_KEYS = {*ACCOUNT_DEFAULTS, "redaction_required"}
COURT_KEYS = {"name", "type", "host", "pacer_court_id", "filing_logins", "links", "traits"}
FILING_LOGIN_KEYS = {"password", "name"}
WORLD_KEYS = {"accounts", "courts", "rotate_tokens"}

def court_table():
    """Name, type, host and PACER id of every court, by court id."""
    path = pathlib.Path(__file__).parents[2] / "etc" / "courts.tsv"
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()
            if not line.startswith("#"))
    return {row[0]: {"name": row[1], "type": row[2], "host": row[3], "pacer_court_id": row[4]}
            for row in rows}


def merge(target, patch):
    """JSON merge patch (RFC 7396): null removes a member."""
    if not isinstance(patch, dict):
        return copy.deepcopy(patch)
    result = dict(target) if isinstance(target, dict) else {}
    for key, value in patch.items():
        if value is None:
            result.pop(key, None)
        else:
            result[key] = merge(result.get(key), value)
    return result


def _refuse_unknown(record, known, what):
    if not isinstance(record, dict):
        raise ValueError(f"{what} is not an object")
    unknown = set(record) - set(known)
    if unknown:
        raise ValueError(f"{what}: unknown key {sorted(unknown)[0]}")


def _complete_court(court_id, court, table):
    _refuse_unknown(court, COURT_KEYS, f"court {court_id}")
    if court_id not in table and "host" not in court:
        raise ValueError(f"court {court_id} is not in the table and has no host")
    completed = {"name": court_id, "type": "district", "pacer_court_id": court_id.upper(),
                 "filing_logins": {}, "links": {}, **table.get(court_id, {}), **court}
    for login, record in completed["filing_logins"].items():
        _refuse_unknown(record, FILING_LOGIN_KEYS, f"filing login {login}")
        record.setdefault("name", "")
    completed["traits"] = traits.complete(completed.get("traits", {}))
    return completed


class World:
    """The document with every default filled in; links are made in it."""

    def __init__(self, start):
        self._table = court_table()
        self._start = self._complete(copy.deepcopy(start))
        self.reset()

    def reset(self):
        self.document = copy.deepcopy(self._start)

    def patch(self, changes):
        """Merge changes in; nothing is changed when they are refused with ValueError."""
        self.document = self._complete(merge(copy.deepcopy(self.document), changes))

    @property
    def accounts(self):
        return self.document["accounts"]

    @property
    def courts(self):
        return self.document["courts"]

    @property
    def rotate_tokens(self):
        return self.document["rotate_tokens"]

    def links(self):
        return [{"court": court_id, "account": account, "filing_login": login}
                for court_id, court in self.courts.items()
                for account, login in court["links"].items()]

    def _complete(self, document):
        _refuse_unknown(document, WORLD_KEYS, "world")
        accounts = {}
        for login, account in document.get("accounts", {}).items():
            _refuse_unknown(account, ACCOUNT_KEYS, f"account {login}")
            accounts[login] = {**ACCOUNT_DEFAULTS, **account}
        courts = {court_id: _complete_court(court_id, court, self._table)
                  for court_id, court in document.get("courts", {}).items()}
        return {"accounts": accounts, "courts": courts,
                "rotate_tokens": document.get("rotate_tokens", True)}
