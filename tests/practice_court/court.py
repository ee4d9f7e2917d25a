# SPDX-License-Identifier: MIT
"""One court: which page answers which request."""

import random
import secrets

from exchange import Answer, Route
import faults
import front_pages
from linking import Linking
import markup
import menu
import pages
from shape import shape
import traits
import utilities_pages


class Court:
    def __init__(self, court_id, practice):
        self.id = court_id
        self.practice = practice
        rng = random.Random(f"{practice.seed}:{court_id}")
        self.shape = shape(rng, court_id)
        self._user_base = rng.randrange(2_000_000, 9_000_000)
        linking = Linking(self)
        self._routes = {
            ("GET", self.shape.entrance_path): ("login", self._welcome),
            ("GET", "/cgi-bin/iquery.pl"): ("menu", self._query),
            ("POST", "/cgi-bin/iquery.pl"): ("menu", self._query),
            ("GET", "/cgi-bin/menu.pl"): ("menu", self._menu_script),
            ("GET", self.shape.link_path): ("link_form", linking.link_form),
            ("POST", self.shape.link_path): ("link_form", linking.link_form),
            ("GET", self.shape.submit_path): ("submit", linking.submit),
            ("POST", self.shape.submit_path): ("submit", linking.submit),
            ("GET", self.shape.confirm_path): ("confirm", linking.confirm),
            ("POST", self.shape.confirm_path): ("confirm", linking.confirm),
        }

    @property
    def record(self):
        return self.practice.world.courts[self.id]

    def traits(self, request):
        """The court's traits as this request meets them."""
        return traits.met(self.record["traits"], request.faults)

    def route(self, request):
        """The stage and the action of a request."""
        if request.method == "GET" and request.path in ("/", front_pages.INDEX):
            return Route("front", self._front)
        if request.path == "/cgi-bin/login.pl" and request.method == "GET":
            return self._login_route(request)
        if request.path == "/cgi-bin/DisplayMenu.pl" and request.method == "GET":
            if request.query.split("&")[0] == "Utilities":
                return self._signed_in("utilities", self._utilities)
            return self._signed_in("menu", self._query)
        if request.path == self.shape.link_path and self._submits_to_itself(request):
            request.path = self.shape.submit_path
        stage, action = self._routes.get((request.method, request.path), (None, None))
        if action is None:
            return Route(None, _not_found)
        return self._signed_in(stage, action)

    def _submits_to_itself(self, request):
        """A form without an address goes to its own page's; the entry's button has no password."""
        return request.method == "POST" and self.shape.password_field in (request.fields() or {})

    def _login_route(self, request):
        if request.query == "logout":
            return Route("login", self._log_out)
        if self.record["traits"]["login_pl"] == "nothing":
            return self._signed_in("login", self._no_menu)
        return self._signed_in("login", self._welcome)

    def _front(self, request):
        met = self.traits(request)
        location, text = front_pages.way(self.record, met)
        if request.path == "/" and location:
            return Answer(status=302, headers=[("Location", location)])
        if request.path == "/" and text:
            return markup.html(met, text)
        entrance = front_pages.ENTRANCE
        if met["login_pl"] == "nothing":
            entrance = self.shape.entrance_path
        return markup.html(met, front_pages.page(self.record, met, entrance))

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

    def page(self, request, session, main, user_id=None, base=""):
        """A page with the menu around its main part."""
        met = self.traits(request)
        shown = self._user_id(session) if user_id is None else user_id
        return markup.html(met, menu.page(self.record, met, shown, main, base))

    def _welcome(self, request, session):
        return self.page(request, session, "<h2>Welcome to CM/ECF</h2>")

    def _no_menu(self, request, _session):
        return markup.html(self.traits(request), pages.plain("Practice: enter by the front page."))

    def _query(self, request, session):
        return self.page(request, session, """<h2>Query</h2>
<form action='../cgi-bin/iquery.pl?1-L_1_0-1' enctype='multipart/form-data' method='POST'>
Case number <input type='text' name='case_num'><input type='submit' value='Run Query'></form>""")

    def _offers_link(self, request, session):
        linked = self._user_id(session) != menu.SIGNED_IN_ONLY
        return not linked and self.traits(request)["entry"] != "none"

    def _utilities(self, request, session):
        met = self.traits(request)
        foreign = request.faults.get("entry_foreign")
        elsewhere = faults.elsewhere(foreign, request, self.shape.link_path) if foreign else None
        main = utilities_pages.page(self.record, self.shape, met,
                                    self._offers_link(request, session), elsewhere)
        base = markup.base_tag(met, self.record["host"], "entry")
        return self.page(request, session, main, base=base)

    def _menu_script(self, request, session):
        met = self.traits(request)
        entry = (utilities_pages.entry_address(self.shape),
                 utilities_pages.entry_text(self.shape, met))
        entries = [entry] if self._offers_link(request, session) else []
        text = menu.script(self.record, met, self._user_id(session), entries)
        return Answer(body=text.encode(), content_type="application/javascript")


def _not_found(_request):
    return Answer.html(pages.plain("Not found."), 404)
