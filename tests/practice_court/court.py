# SPDX-License-Identifier: MIT
"""One court: which page answers which request, and the link procedure's rules."""

import dataclasses
import random
import secrets

from exchange import Answer, Route
from faults import FOREIGN_HOST
import link_pages
import menu
import pages

WRONG_PASSWORDS_ALLOWED = 5
LOCK_SECONDS = 300


@dataclasses.dataclass
class Form:
    """A form that was shown and not yet sent back."""
    account: str
    hidden: dict
    filing_login: str | None = None


@dataclasses.dataclass
class Tally:
    """Wrong passwords in a row for one filing login."""
    wrong: int = 0
    locked_until: float = 0


class Court:
    def __init__(self, court_id, practice):
        self.id = court_id
        self.practice = practice
        rng = random.Random(f"{practice.seed}:{court_id}")
        self.shape = link_pages.shape(rng, court_id)
        self._user_base = rng.randrange(2_000_000, 9_000_000)
        self._forms = {}
        self._tallies = {}
        self._routes = {
            ("GET", "/cgi-bin/iquery.pl"): ("menu", self._query),
            ("POST", "/cgi-bin/iquery.pl"): ("menu", self._query),
            ("GET", "/cgi-bin/menu.pl"): ("menu", self._menu_script),
            ("GET", self.shape.link_path): ("link_form", self._link_form),
            ("POST", self.shape.submit_path): ("submit", self._submit),
            ("POST", self.shape.confirm_path): ("confirm", self._confirm),
        }

    @property
    def record(self):
        return self.practice.world.courts[self.id]

    def route(self, request):
        """The stage and the action of a request."""
        if request.method == "GET" and request.path in ("/", "/cgi-bin/ShowIndex.pl"):
            return Route("front", self._front)
        if request.path == "/cgi-bin/login.pl" and request.method == "GET":
            return self._login_route(request)
        if request.path == "/cgi-bin/DisplayMenu.pl" and request.method == "GET":
            if request.query.split("&")[0] == "Utilities":
                return self._signed_in("utilities", self._utilities)
            return self._signed_in("menu", self._query)
        stage, action = self._routes.get((request.method, request.path), (None, None))
        if action is None:
            return Route(None, _not_found)
        return self._signed_in(stage, action)

    def _login_route(self, request):
        if request.query == "logout":
            return Route("login", self._log_out)
        return self._signed_in("login", self._welcome)

    def _front(self, request):
        if request.path == "/" and menu.family(self.record) == "district" \
                and self.record["type"] != "appellate":
            return Answer.html(pages.meta_refresh("/cgi-bin/ShowIndex.pl"))
        return Answer.html(pages.front_page(self.record))

    def _session(self, request):
        session = self.practice.sessions.find(request.cookie("NextGenCSO") or "")
        return session if session and session.environment == "production" else None

    def _signed_in(self, stage, action):
        """A route whose action gets the session, or whose answer sends the client to PACER."""
        def answer(request):
            if "getpass" in request.faults:
                return Answer.html(pages.get_pass())
            session = self._session(request)
            if session is None or "login_page_once" in request.faults:
                return Answer.html(pages.not_signed_on(self.record))
            result = action(request, session)
            self._set_cookies(request, session, result)
            return result
        return Route(stage, answer)

    def _set_cookies(self, request, session, answer):
        if self.practice.world.rotate_tokens:
            token = self.practice.sessions.reissue(session, request.cookie("NextGenCSO"))
            answer.headers.append(("Set-Cookie",
                                   f"NextGenCSO={token}; path=/; domain=.uscourts.gov; secure"))
        balancer = f"TS01{self._user_base:x}={secrets.token_hex(24)}; Path=/"
        answer.headers.append(("Set-Cookie", balancer))

    def _log_out(self, request):
        self.practice.counters.append("violations", {
            "kind": "log_out_followed", "host": request.host, "method": request.method,
            "path": "/cgi-bin/login.pl?logout"})
        session = self._session(request)
        if session:
            self.practice.sessions.end(session)
        return Answer.html(pages.not_signed_on(self.record))

    def _user_id(self, session):
        login = self.record["links"].get(session.account)
        if login is None:
            return menu.SIGNED_IN_ONLY
        return self._user_base + sum(login.encode())

    def _page(self, session, main, user_id=None):
        shown = self._user_id(session) if user_id is None else user_id
        return Answer.html(menu.page(self.record, shown, main))

    def _welcome(self, _request, session):
        return self._page(session, "<h2>Welcome to CM/ECF</h2>")

    def _query(self, _request, session):
        return self._page(session, """<h2>Query</h2>
<form action='../cgi-bin/iquery.pl?1-L_1_0-1' enctype='multipart/form-data' method='POST'>
Case number <input type='text' name='case_num'><input type='submit' value='Run Query'></form>""")

    def _offers_link(self, request, session):
        linked = self._user_id(session) != menu.SIGNED_IN_ONLY
        return not linked and "no_link_entry" not in request.faults

    def _utilities(self, request, session):
        with_entry = self._offers_link(request, session)
        return self._page(session, link_pages.utilities(self.shape, with_entry))

    def _menu_script(self, request, session):
        entry = (f"{self.shape.link_path}?{self.shape.login_field}=1", self.shape.entry)
        entries = [entry] if self._offers_link(request, session) else []
        text = menu.script(self.record, self._user_id(session), entries)
        return Answer(body=text.encode(), content_type="application/javascript")

    def _new_form(self, path, form):
        """Remember a form; returns the action that brings it back once."""
        number = "".join(secrets.choice("123456789") for _ in range(15))
        query = f"{number}-L_1_0-1"
        self._forms[query] = form
        return f"..{path}?{query}"

    def _random_hidden(self):
        return {f"h{secrets.token_hex(4)}x": f"v{secrets.token_hex(12)}x" for _ in range(2)}

    def _link_form(self, request, session, message=""):
        form = Form(session.account, self._random_hidden())
        action = self._new_form(self.shape.submit_path, form)
        if "form_foreign" in request.faults:
            action = f"https://{FOREIGN_HOST}{self.shape.submit_path}?1-L_1_0-1"
        return self._page(session, link_pages.link_form(self.shape, action, form.hidden, message))

    def _returned(self, request, session, button):
        """The fields of a form as it was shown, and the form; None for anything else."""
        fields = request.multipart()
        form = self._forms.pop(request.query, None)
        if fields is None or form is None or form.account != session.account:
            return None, None
        expected = {**form.hidden, button[0]: button[1]}
        if any(fields.get(name) != value for name, value in expected.items()):
            return None, None
        return fields, form

    def _submit(self, request, session):
        fields, form = self._returned(request, session, self.shape.button)
        if form is None:
            return self._page(session, link_pages.refusal(self.shape, "stale_form"))
        login = fields.get(self.shape.login_field, "")
        refusal = self._password_refusal(login, fields.get(self.shape.password_field, ""))
        if refusal:
            return self._link_form(request, session, link_pages.REFUSALS[refusal])
        if login in self.record["links"].values():
            return self._page(session, link_pages.refusal(self.shape, "linked_elsewhere"))
        if "no_confirmation" in request.faults:
            return self._link(request, session, login)
        return self._confirmation(request, session, login)

    def _password_refusal(self, login, password):
        now = self.practice.clock.now()
        tally = self._tallies.setdefault(login, Tally())
        known = self.record["filing_logins"].get(login)
        if now >= tally.locked_until and known and known["password"] == password:
            tally.wrong = 0
            return None
        self.practice.counters.add_for("wrong_passwords", self.id)
        tally.wrong += 1
        if tally.wrong > WRONG_PASSWORDS_ALLOWED:
            tally.locked_until = max(now, tally.locked_until) + LOCK_SECONDS
            return "locked"
        return "wrong_password"

    def _confirmation(self, request, session, login):
        names = {"cmecf": self.record["filing_logins"][login]["name"],
                 "pacer": self.practice.world.accounts[session.account]["name"]}
        if "names" in request.faults:
            options = request.faults["names"].options
            names[options.get("side", "cmecf")] = options.get("name", "Robert Roe")
        form = Form(session.account, self._random_hidden(), login)
        action = self._new_form(self.shape.confirm_path, form)
        return self._page(session, link_pages.confirmation(
            self.shape, action, form.hidden, names["cmecf"], names["pacer"],
            "no_names" not in request.faults))

    def _confirm(self, request, session):
        _fields, form = self._returned(request, session, self.shape.confirm_button)
        if form is None or form.filing_login in self.record["links"].values():
            return self._page(session, link_pages.refusal(self.shape, "stale_form"))
        return self._link(request, session, form.filing_login)

    def _link(self, request, session, login):
        """Make the link. This page still has the old menu: step 10 updates it."""
        self.record["links"][session.account] = login
        main = link_pages.success(self.shape, "alert" in request.faults)
        return self._page(session, main, menu.SIGNED_IN_ONLY)


def _not_found(_request):
    return Answer.html(pages.plain("Not found."), 404)
