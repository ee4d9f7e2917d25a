# SPDX-License-Identifier: MIT
"""Steps 5 to 9 at one court: the form for the filing login, the confirmation, the link."""

import dataclasses
import secrets

import confirmation_pages
from exchange import Answer
import faults
import login_pages
import markup
import menu

WRONG_PASSWORDS_ALLOWED = 5
LOCK_SECONDS = 300


@dataclasses.dataclass
class Form:
    """A form that was shown and not yet sent back; what it must bring, as bytes by name."""
    account: str
    hidden: dict
    filing_login: str | None = None


@dataclasses.dataclass
class Tally:
    """Wrong passwords in a row for one filing login."""
    wrong: int = 0
    locked_until: float = 0


class Linking:
    def __init__(self, court):
        self.court = court
        self.shape = court.shape
        self._forms = {}
        self._tallies = {}

    def link_form(self, request, session, message=""):
        traits = self.court.traits(request)
        attributes, hidden = self._new_form(request, session, self.shape.submit_path,
                                            traits["method"])
        main = login_pages.form(self.shape, traits, attributes, hidden, message)
        return self._page(request, session, traits, main)

    def submit(self, request, session):
        traits = self.court.traits(request)
        typed = {self.shape.login_field: None, self.shape.password_field: None}
        fields, form = self._returned(request, session, self.shape.button, typed)
        if form is None:
            return self._refused(request, session, "stale_form")
        login = fields[self.shape.login_field].decode("utf-8", "replace")
        password = fields[self.shape.password_field].decode("utf-8", "replace")
        refusal = self._password_refusal(login, password)
        if refusal:
            return self._wrong_password(request, session, traits, refusal)
        if login in self.court.record["links"].values():
            return self._refused(request, session, "linked_elsewhere")
        if traits["confirmation"] == "none":
            return self._link(request, session, login)
        if traits["confirmation"] == "too_late":
            self.court.record["links"][session.account] = login
            traits = traits | {"confirmation": "labelled"}
        return self._confirmation(request, session, traits, login)

    def confirm(self, request, session):
        _fields, form = self._returned(request, session, self.shape.confirm_button, {})
        if form is None or form.filing_login in self.court.record["links"].values():
            return self._refused(request, session, "stale_form")
        return self._link(request, session, form.filing_login)

    def _page(self, request, session, traits, main):
        base = markup.base_tag(traits, self.court.record["host"], "action")
        return self.court.page(request, session, main, base=base)

    def _new_form(self, request, session, path, method, filing_login=None):
        """Remember a form; returns its attributes and hidden fields, which bring it back once."""
        traits = self.court.traits(request)
        key = "".join(secrets.choice("123456789") for _ in range(15)) + "-L_1_0-1"
        values = markup.hidden_values(traits, f"v{secrets.token_hex(12)}x")
        hidden = {f"h{secrets.token_hex(4)}x": value for value in values}
        if method == "get" or traits["action"] == "empty":
            hidden[self.shape.key_field] = key
        record = {name: markup.submitted(traits, value) for name, value in hidden.items()}
        self._forms[key] = Form(session.account, record, filing_login)
        foreign = request.faults.get("form_foreign")
        action = (faults.elsewhere(foreign, request, path) if foreign
                  else self._action(traits, path, key))
        attributes = {"action": action, "method": method.upper()}
        if traits["enctype"] == "multipart" and method == "post":
            attributes["enctype"] = "multipart/form-data"
        return attributes, hidden

    def _action(self, traits, path, key):
        """Only the first form can go to its own page's address: the confirmation has the same."""
        if traits["action"] == "empty" and path == self.shape.submit_path:
            return ""
        return {
            "absolute": f"https://{self.court.record['host']}{path}?{key}",
            "base": f"{markup.relative_to_base(path)}?{key}",
        }.get(traits["action"], f"..{path}?{key}")

    def _returned(self, request, session, button, typed):
        """The fields of a form as it was shown, and the form; None for anything else."""
        fields = request.fields() or {}
        key = fields.get(self.shape.key_field, request.query.encode()).decode("latin-1")
        form = self._forms.pop(key, None)
        if form is None or form.account != session.account:
            return None, None
        pressed = markup.pressed(self.court.traits(request), button)
        expected = form.hidden | typed | {name: value and value.encode()
                                          for name, value in pressed.items()}
        if set(fields) != set(expected):
            return None, None
        if any(value is not None and fields[name] != value for name, value in expected.items()):
            return None, None
        return fields, form

    def _refused(self, request, session, reason):
        return self.court.page(request, session, login_pages.refusal(self.shape, reason))

    def _wrong_password(self, request, session, traits, refusal):
        if traits["refusal"] == "alert_back":
            return markup.html(traits, login_pages.refusal_by_alert(refusal))
        if traits["refusal"] == "login_attempt_failed":
            return self.court.page(request, session, login_pages.refusal_by_text())
        return self.link_form(request, session, login_pages.REFUSALS[refusal])

    def _password_refusal(self, login, password):
        practice = self.court.practice
        now = practice.clock.now()
        tally = self._tallies.setdefault(login, Tally())
        known = self.court.record["filing_logins"].get(login)
        if now >= tally.locked_until and known and known["password"] == password:
            tally.wrong = 0
            return None
        practice.counters.add_for("wrong_passwords", self.court.id)
        tally.wrong += 1
        if tally.wrong > WRONG_PASSWORDS_ALLOWED:
            tally.locked_until = max(now, tally.locked_until) + LOCK_SECONDS
            return "locked"
        return "wrong_password"

    def _confirmation(self, request, session, traits, login):
        names = {"cmecf": self.court.record["filing_logins"][login]["name"],
                 "pacer": self.court.practice.world.accounts[session.account]["name"]}
        if "names" in request.faults:
            options = request.faults["names"].options
            names[options.get("side", "cmecf")] = options.get("name", "Robert Roe")
        attributes, hidden = self._new_form(request, session, self.shape.confirm_path,
                                            traits["confirmation_method"], login)
        main = confirmation_pages.page(self.shape, traits, attributes, hidden, names)
        return self._page(request, session, traits, main)

    def _link(self, request, session, login):
        """Make the link. The page that says so has the old menu, which step 10 updates, or the new."""
        traits = self.court.traits(request)
        self.court.record["links"][session.account] = login
        if traits["success"] == "redirect":
            return Answer(status=302, headers=[("Location", "/cgi-bin/iquery.pl")])
        if traits["success"] == "alert_and_location":
            return markup.html(traits, login_pages.success_elsewhere(self.shape,
                                                                     "/cgi-bin/iquery.pl"))
        main = login_pages.success(self.shape, traits["success"] == "alert")
        if traits["success"] == "new_menu":
            return self.court.page(request, session, main)
        return self.court.page(request, session, main, menu.SIGNED_IN_ONLY)
