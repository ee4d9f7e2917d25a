# SPDX-License-Identifier: MIT
"""PACER's sign-on service, by the PACER Authentication API User Guide (May 2025)."""

from html import escape
import json
from xml.etree import ElementTree

from exchange import Answer, Route
import pages
import totp

NO_SEARCH = (" You may continue to log in and perform other activities (e.g., e-file, request "
             "filing privileges), but you will not have PACER search privileges.")
NO_CLIENT_CODE = "A required Client Code was not entered." + NO_SEARCH
DISABLED = (
    " Although you have a PACER account, your current account has been disabled. If you have any "
    "questions or for further details on how to activate your search privileges contact the PACER "
    "Service Center at (800) 676-6856 between the hours of 8 AM and 6 PM CT Monday through Friday "
    "or by email pacer@psc.uscourts.gov." + NO_SEARCH)
REDACTION = (
    " All filers must redact: Social Security or taxpayer identification numbers; dates of birth; "
    "names of minor children; financial account numbers; and in criminal cases, home addresses in "
    "compliance with Fed. R. App. P. 25(a)(5), Fed. R. Civ. P. 5.2, Fed. R. Crim. P. 49.1, Fed. R. "
    "Bankr. P. 9037. This requirement applies to all documents, including attachments. Please "
    "verify that you have read and will comply with the redaction rules.")
INVALID = "Invalid username, password, or one-time passcode."

SIGN_ON_FIELDS = ("loginId", "password", "clientCode", "otpCode", "redactFlag")
LOG_OUT_FIELDS = ("nextGenCSO",)


class Malformed(Exception):
    """The body is not what the guide describes."""


class SignOn:
    """The service of one environment."""

    def __init__(self, environment, practice):
        self.id = "sign_on"
        self.environment = environment
        self.practice = practice
        self._used_codes = set()
        self._routes = {
            ("POST", "/services/cso-auth"): Route("sign_on", self._sign_on),
            ("POST", "/services/cso-logout"): Route("logout", self._log_out),
            ("GET", "/csologin/login.jsf"): Route(None, _sign_on_page),
        }

    def route(self, request):
        return self._routes.get((request.method, request.path), Route(None, _not_found))

    def _sign_on(self, request):
        if "login_result" in request.faults:
            return _answer(request, **_told(request.faults["login_result"]))
        try:
            fields = _fields(request, SIGN_ON_FIELDS)
        except Malformed as error:
            return Answer.html(pages.plain(str(error)), 400)
        if "redactFlag" in fields:
            self.practice.counters.add("acknowledgements")
        result, description = self._judge(fields)
        if result != "0":
            self.practice.counters.add("refused_sign_ons")
            return _answer(request, nextGenCSO="", loginResult=result,
                           errorDescription=description)
        self.practice.counters.add("sign_ons")
        session = self.practice.sessions.issue(fields["loginId"], self.environment)
        return _answer(request, nextGenCSO=session.token, loginResult=result,
                       errorDescription=description)

    def _judge(self, fields):
        login = fields.get("loginId", "")
        account = self.practice.world.accounts.get(login)
        known = account is not None and account["environment"] == self.environment
        right = known and account["password"] == fields.get("password")
        code_right = known and self._accepts_code(login, account, fields.get("otpCode", ""), right)
        if not (right and code_right):
            return "13", INVALID
        if account.get("redaction_required", account["filer"]) and fields.get("redactFlag") != "1":
            return "1", REDACTION
        if account["disabled_search"]:
            return "0", DISABLED
        if account["client_code_required"] and not fields.get("clientCode"):
            return "0", NO_CLIENT_CODE
        return "0", ""

    def _accepts_code(self, login, account, digits, password_right):
        """Whether the code is good; a good one beside the right password is used up."""
        if account["otp_secret"] is None:
            return True
        if not digits:
            return False
        authenticator = totp.Authenticator(account)
        now = authenticator.step_at(self.practice.clock.now())
        step = authenticator.recognise(digits, now)
        backup = digits in account["backup_codes"]
        self.practice.counters.append("codes_seen", {
            "account": login, "step": "backup" if backup else step})
        in_time = step is not None and abs(step - now) <= totp.ACCEPTED_DRIFT
        if not (in_time or backup) or (login, digits) in self._used_codes:
            return False
        if password_right:
            self._used_codes.add((login, digits))
        return True

    def _log_out(self, request):
        try:
            fields = _fields(request, LOG_OUT_FIELDS)
        except Malformed as error:
            return Answer.html(pages.plain(str(error)), 400)
        token = fields.get("nextGenCSO", "")
        session = self.practice.sessions.find(token)
        if session is None or session.environment != self.environment:
            return _answer(request, loginResult="13", errorDescription=INVALID)
        self.practice.sessions.end(session)
        self.practice.counters.add("logouts")
        echo = {"nextGenCSO": token} if _wants_xml(request) else {}
        return _answer(request, **echo, loginResult="0", errorDescription="")


def _told(fault):
    """The answer that a test dictates: result, token and description."""
    return {"nextGenCSO": fault.options.get("token", ""),
            "loginResult": fault.options.get("result", "5"),
            "errorDescription": fault.options.get("description", "")}


def _fields(request, known):
    """The string fields of a JSON or XML body."""
    readers = {"application/json": _json_fields, "application/xml": _xml_fields}
    if request.content_type not in readers:
        raise Malformed("Content-type is neither application/json nor application/xml.")
    fields = readers[request.content_type](request.body)
    return {name: fields[name] for name in known if name in fields}


def _json_fields(body):
    try:
        fields = json.loads(body)
    except ValueError as error:
        raise Malformed("The body is not JSON.") from error
    if not isinstance(fields, dict) or not all(isinstance(v, str) for v in fields.values()):
        raise Malformed("The body is not an object of strings.")
    return fields


def _xml_fields(body):
    try:
        root = ElementTree.fromstring(body)
    except ElementTree.ParseError as error:
        raise Malformed("The body is not XML.") from error
    if root.tag != "CsoAuth":
        raise Malformed("The root element is not CsoAuth.")
    return {child.tag: child.text or "" for child in root}


def _wants_xml(request):
    return "application/json" not in (request.headers.get("Accept") or "").lower()


def _answer(request, **fields):
    if not _wants_xml(request):
        return Answer(body=json.dumps(fields).encode(), content_type="application/json")
    inner = "".join(f"<{name}>{escape(value)}</{name}>" for name, value in fields.items())
    text = ('<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
            f"<CsoAuth>{inner}</CsoAuth>")
    return Answer(body=text.encode(), content_type="application/xml")


def _sign_on_page(_request):
    return Answer.html(pages.sign_on_page())


def _not_found(_request):
    return Answer.html(pages.plain("Not found."), 404)
