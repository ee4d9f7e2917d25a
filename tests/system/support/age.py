# SPDX-License-Identifier: MIT
"""Days, and the day on which an account's password was set."""

import datetime
import json
import re

from support.filer import LOGIN


def days_ago(count):
    """The local day so many days before today."""
    return (datetime.date.today() - datetime.timedelta(count)).isoformat()


def make_set(person, day, login=LOGIN, environment="practice"):
    """Writes the day into the account's state, as if the password had been set then."""
    state = person.state / environment / f"{login}.state"
    text = state.read_text() if state.exists() else "[password]\n"
    text = re.sub(r"^set_at=.*\n", "", text, flags=re.M)
    person.write(state, text.replace("[password]\n", f"[password]\nset_at={day}\n"))


def account(csolink, login=LOGIN, **more):
    """What csolink status --json says of the account."""
    rows = json.loads(csolink("status", "--json", **more).out)["accounts"]
    row, = (row for row in rows if row["account"] == login)
    return row


def set_on(csolink, login=LOGIN):
    return account(csolink, login)["password_set_on"]
