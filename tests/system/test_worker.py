# SPDX-License-Identifier: MIT
"""csolink-net against the practice court: every way in which a run can go."""

import os
import pathlib
import select
import signal
import subprocess
import sys

import pytest

from support import places
from support.court import Court
from support.places import BUILD
from support.worker import Worker

VALGRIND = ("valgrind", "-q", "--leak-check=full", "--errors-for-leak-kinds=definite",
            "--error-exitcode=99", "--trace-children=no")
PREFIX = VALGRIND if places.VALGRIND else ()

LOGIN, PASSWORD = "jdoe1234", "Practice-Only!Gavel7Lantern"
FILING = {"alnd": ("jdoe", "Invented-Alnd-Filing7"), "alnb": ("jdoe", "Invented-Alnb-Filing7")}
TYPES = {"alnd": "district", "alnb": "bankruptcy", "ca11": "appellate"}
SIGN_ON_HOST = "pacer.login.uscourts.gov"


@pytest.fixture(scope="module")
def running_court():
    court = Court()
    yield court
    court.stop()


@pytest.fixture
def practice(running_court):
    """A fresh world, its account without one-time codes (csolink makes those, not the worker)."""
    running_court.reset()
    running_court.world(accounts={LOGIN: {"otp_secret": None}})
    yield running_court
    assert running_court.state()["violations"] == []


def over_all_courts(practice, counter):
    """The sum of a counter that is kept for each court."""
    return sum(practice.state()[counter].values())


class Run:
    """One worker at one court, from open to the end."""

    def __init__(self, practice, court="alnd", answers=None, **opening):
        login, password = FILING.get(court, ("", ""))
        self.worker = Worker(BUILD / "csolink-net", prefix=PREFIX, answers={
            "filing_login": {"answer": "yes", "login": login, "password": password},
            "names": {"answer": "yes"}, **(answers or {})})
        fields = {"sign_on_host": SIGN_ON_HOST, "court": court,
                  "court_host": f"ecf.{court}.uscourts.gov", "court_type": TYPES[court],
                  "ca_file": practice.ca_file, "connect_timeout": 5, "request_timeout": 20}
        pairs = [("connect_to[]", practice.connect_to)]
        self.opened = self.worker.ask("open", pairs, **{**fields, **opening})
        self.token = None

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        code, errors = self.worker.close()
        if kind is None:
            assert code == 0, errors
            assert PREFIX or errors == ""  # valgrind warns of system calls that it does not know

    def ask(self, verb, **fields):
        reply = self.worker.ask(verb, **fields)
        if reply.tokens:
            self.token = reply.tokens[-1]
        return reply

    def authenticate(self, **changes):
        fields = {"login": LOGIN, "password": PASSWORD, "redact": 1, **changes}
        return self.ask("authenticate", **{k: v for k, v in fields.items() if v is not None})

    def check(self):
        return self.ask("check", token=self.token)

    def link(self):
        return self.ask("link")

    def reach_link(self):
        """Everything before the link step, which must go well."""
        assert self.authenticate().status == "ok"
        assert self.check().state == "unlinked"
        return self

    def said(self):
        """All that came up, as one text."""
        return repr(self.worker.transcript)


@pytest.mark.parametrize("code", ["two words", "a,b", "a;b", "a\x7f", "x" * 33, ""])
def test_a_malformed_client_code_is_refused_before_the_court_is_asked(practice, code):
    with Run(practice) as run:
        assert run.authenticate().status == "ok"
        reply = run.ask("check", token=run.token, client_code=code)
        assert (reply.status, reply.requests) == ("bad_input", "0")


@pytest.mark.parametrize("court", ["alnd", "alnb"])
def test_links_from_cold_in_seven_requests(practice, court):
    with Run(practice, court) as run:
        assert run.opened.status == "ok"
        authenticated, checked, linked = run.authenticate(), run.check(), run.link()
        assert (authenticated.status, authenticated.sent) == ("ok", "1")
        assert authenticated.tokens and int(authenticated.date) > 1_700_000_000
        assert (checked.status, checked.state) == ("ok", "unlinked")
        assert (linked.status, linked.state, linked.linked_now) == ("ok", "linked", "1")
        assert authenticated.steps + checked.steps + linked.steps == [2, 3, *range(4, 12)]
        assert [q["question"] for q in linked.questions] == ["filing_login", "names"]
        assert linked.questions[1]["court_name"] == linked.questions[1]["pacer_name"]
    state = practice.state()
    assert [link["court"] for link in state["links"]] == [court]
    assert state["requests"] <= 7
    assert state["requests"] == sum(int(r.requests) for r in (authenticated, checked, linked))


def test_a_linked_account_needs_one_request_and_is_not_linked_again(practice):
    practice.world(courts={"alnd": {"links": {LOGIN: "jdoe"}}})
    with Run(practice) as run:
        run.authenticate()
        checked = run.check()
        assert (checked.state, checked.requests) == ("linked", "1")
        assert run.link().status == "bad_input"
    assert over_all_courts(practice, "link_submissions") == 0


def test_every_token_that_the_court_gives_comes_up(practice):
    with Run(practice) as run:
        first = run.authenticate().tokens
        second = run.check().tokens
        assert len(second) == 1 and second != first
        assert len(set(run.link().tokens)) >= 4


def test_a_refused_password_is_sent_once(practice):
    with Run(practice) as run:
        reply = run.authenticate(password="not the password")
        assert (reply.status, reply.sent) == ("rejected", "1")
        assert reply.detail == "Invalid username, password, or one-time passcode."
    assert practice.state()["sign_on_requests"] == 1


def test_a_filer_without_acknowledgement_gets_pacers_whole_text(practice):
    with Run(practice) as run:
        reply = run.authenticate(redact=None)
        assert reply.status == "needs_acknowledgement"
        assert reply.detail.startswith("All filers must redact: Social Security")
        assert reply.detail.endswith("will comply with the redaction rules.")


def test_a_warning_does_not_hinder_the_sign_on(practice):
    practice.world(accounts={LOGIN: {"disabled_search": True}})
    with Run(practice) as run:
        reply = run.authenticate()
        assert reply.status == "ok"
        assert reply.warning.startswith("Although you have a PACER account")


def test_a_dead_token_is_signed_out_after_one_repeat(practice):
    with Run(practice) as run:
        run.authenticate()
        practice.expire_tokens()
        reply = run.check()
        assert (reply.status, reply.state, reply.requests) == ("ok", "signed_out", "2")


def test_logout_ends_the_token(practice):
    with Run(practice) as run:
        run.authenticate()
        assert run.ask("logout", token=run.token).status == "ok"
        assert run.check().state == "signed_out"
    assert practice.state()["logouts"] == 1


def test_a_refused_filing_password_is_submitted_once(practice):
    answers = {"filing_login": {"answer": "yes", "login": "jdoe", "password": "Wrong-Filing1"}}
    with Run(practice, answers=answers) as run:
        reply = run.reach_link().link()
        assert (reply.status, reply.sent, reply.state) == ("rejected", "1", "unlinked")
        assert "not correct" in reply.detail
        assert "Wrong-Filing1" not in run.said()
    assert over_all_courts(practice, "link_submissions") == 1


@pytest.mark.parametrize("answer, status", [("no", "cancelled"), ("nobody", "needs_person")])
def test_names_that_are_not_confirmed_are_not_submitted(practice, answer, status):
    practice.fault("names", side="cmecf", name="Wanda Ruiz")
    with Run(practice, answers={"names": {"answer": answer}}) as run:
        reply = run.reach_link().link()
        assert reply.status == status and reply.linked_now is None
        assert reply.questions[1]["court_name"] == "Wanda Ruiz"
        assert reply.questions[1]["pacer_name"] == "Jane Q. Doe"
    assert over_all_courts(practice, "confirmations") == 0


def test_without_a_filing_login_nothing_is_submitted(practice):
    with Run(practice, answers={"filing_login": {"answer": "nobody"}}) as run:
        reply = run.reach_link().link()
        assert (reply.status, reply.sent) == ("needs_person", "0")
    assert over_all_courts(practice, "link_submissions") == 0


def test_a_confirmation_page_without_names_is_not_submitted(practice):
    practice.fault("no_names")
    with Run(practice) as run:
        reply = run.reach_link().link()
        assert reply.status == "page_not_recognised"
        assert "Jane" not in "".join(reply.page) and "<form" in "".join(reply.page)
    assert over_all_courts(practice, "confirmations") == 0


def test_the_old_login_form_in_place_of_the_link_form_gets_nothing(practice):
    practice.fault("getpass", stage="link_form")
    with Run(practice) as run:
        reply = run.reach_link().link()
        assert (reply.status, reply.sent, reply.questions) == ("not_nextgen", "0", [])


def test_an_appellate_court_is_manual_without_a_request(practice):
    with Run(practice, "ca11") as run:
        run.authenticate()
        reply = run.check()
        assert (reply.status, reply.requests) == ("manual_court", "0")


STAGES = ["sign_on", "login", "utilities", "link_form", "submit", "confirm"]


def until_failure(run):
    """The verbs in order until one does not end in ok."""
    for verb in (run.authenticate, run.check, run.link):
        reply = verb()
        if reply.status != "ok":
            break
    return reply


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
def test_no_kind_of_redirect_takes_the_filing_password_away(practice, code):
    practice.fault("redirect_foreign", stage="submit", code=code)
    with Run(practice) as run:
        assert run.reach_link().link().status == "refused_by_policy"
    assert over_all_courts(practice, "link_submissions") == 1


def test_a_form_for_another_host_is_refused_before_the_question(practice):
    practice.fault("form_foreign")
    with Run(practice) as run:
        reply = run.reach_link().link()
        assert (reply.status, reply.sent, reply.questions) == ("refused_by_policy", "0", [])


def test_a_confirmation_for_another_host_is_refused_before_the_question(practice):
    practice.fault("form_foreign", stage="submit")
    with Run(practice) as run:
        reply = run.reach_link().link()
        assert reply.status == "refused_by_policy"
        assert [question["question"] for question in reply.questions] == ["filing_login"]


@pytest.mark.parametrize("fault, status", [
    ({"fault": "redirect_foreign"}, "refused_by_policy"), ({"fault": "meta_foreign"}, "court_error"),
    ({"fault": "status", "code": 500}, "court_error"), ({"fault": "truncate"}, "court_error"),
    ({"fault": "truncate", "bytes": 0}, "court_error")],
    ids=["redirect", "refresh", "500", "truncated", "dropped"])
def test_a_sign_on_that_goes_wrong_gives_no_token(practice, fault, status):
    practice.fault(stage="sign_on", **fault)
    with Run(practice) as run:
        reply = run.authenticate()
        assert (reply.status, reply.tokens) == (status, [])


def test_a_sign_on_answer_that_is_not_json_is_a_court_error(practice):
    practice.fault("not_json")
    with Run(practice) as run:
        assert run.authenticate().status == "court_error"


def test_an_unknown_login_result_is_final(practice):
    practice.fault("login_result", result="5", description="<b>Closed</b>\n now")
    with Run(practice) as run:
        reply = run.authenticate()
        assert (reply.status, reply.detail) == (
            "rejected", "PACER's result 5, which is not documented: Closed now")


@pytest.mark.parametrize("token", ["two words", "a;b", "caf\u00e9", "line\r\nSet-Cookie: x=y"])
def test_a_token_that_cannot_be_a_cookie_is_not_taken(practice, token):
    practice.fault("login_result", result="0", token=token, description="")
    with Run(practice) as run:
        reply = run.authenticate()
        assert (reply.status, reply.tokens) == ("court_error", [])


@pytest.mark.parametrize("stage", STAGES)
def test_a_server_that_hangs_is_timed_out(practice, stage):
    practice.fault("hang", stage=stage)
    with Run(practice, request_timeout=2 if not PREFIX else 6) as run:
        assert until_failure(run).status == "timed_out"


def test_no_listener_is_offline(practice):
    with Worker(BUILD / "csolink-net", prefix=PREFIX) as worker:
        opened = worker.ask("open", [("connect_to[]", "::127.0.0.1:9")],
                            sign_on_host=SIGN_ON_HOST, ca_file=practice.ca_file)
        assert opened.status == "ok"
        reply = worker.ask("authenticate", login=LOGIN, password=PASSWORD)
        assert (reply.status, reply.sent) == ("offline", "0")


def test_a_certificate_of_another_authority_is_refused(practice, tmp_path):
    key, other = tmp_path / "key.pem", tmp_path / "other.pem"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
                    "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", key, "-out", other,
                    "-days", "1", "-subj", "/CN=Another authority"], check=True,
                   capture_output=True)
    with Run(practice, ca_file=other) as run:
        reply = run.authenticate()
        assert (reply.status, reply.sent) == ("tls_failed", "0")
    assert practice.state()["sign_on_requests"] == 0


@pytest.mark.parametrize("change, status", [
    ({"sign_on_host": "evil.example"}, "refused_by_policy"),
    ({"court_host": "uscourts.gov.evil.example"}, "refused_by_policy"),
    ({"court_host": "ecf.alnd.uscourts.gov/x"}, "bad_input"),
    ({"request_timeout": 0}, "bad_input"), ({"connect_timeout": "soon"}, "ok")])
def test_open_judges_where_a_run_may_go(practice, change, status):
    with Run(practice, **change) as run:
        assert run.opened.status == status


def test_connect_to_without_its_own_authority_is_refused(practice):
    with Worker(BUILD / "csolink-net", prefix=PREFIX) as worker:
        opened = worker.ask("open", [("connect_to[]", practice.connect_to)],
                            sign_on_host=SIGN_ON_HOST)
        assert opened.status == "refused_by_policy"


def test_no_variable_of_the_environment_leads_elsewhere(practice, monkeypatch, tmp_path):
    keys = tmp_path / "keys"
    for name in ("https_proxy", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.setenv("SSL_CERT_FILE", "/dev/null")
    monkeypatch.setenv("SSLKEYLOGFILE", str(keys))
    with Run(practice) as run:
        assert run.authenticate().status == "ok"
    assert not keys.exists()


def test_the_worker_ends_when_its_socket_closes_in_a_request(practice):
    practice.hold("sign_on")
    run = Run(practice, request_timeout=60)
    run.worker.send([("verb", "authenticate"), ("login", LOGIN), ("password", PASSWORD)])
    assert practice.held() == "sign_on"
    run.worker.socket.close()
    run.worker.process.communicate(timeout=10)
    practice.release(drop=True)


def test_no_secret_comes_up_but_the_tokens(practice):
    with Run(practice) as run:
        run.reach_link().link()
        assert PASSWORD not in run.said()
        assert FILING["alnd"][1] not in run.said()


@pytest.mark.skipif(bool(PREFIX), reason="valgrind's own process is what would be looked at")
def test_the_process_is_closed_to_others_and_opens_nothing(practice):
    reader, inherited = os.pipe()
    os.set_inheritable(inherited, True)
    with Run(practice) as run:
        os.close(inherited)
        pid = run.worker.process.pid
        status = pathlib.Path(f"/proc/{pid}/status").read_text()
        limits = pathlib.Path(f"/proc/{pid}/limits").read_text()
        assert "NoNewPrivs:\t1" in status
        assert any(line.split()[:5] == ["Max", "core", "file", "size", "0"]
                   for line in limits.splitlines())
        assert any(line.split()[:4] == ["Max", "file", "size", "0"]
                   for line in limits.splitlines())
        # The end of file comes when nobody has the other end any more.
        assert select.select([reader], [], [], 10)[0] and os.read(reader, 1) == b""
    os.close(reader)


def test_the_worker_dies_with_its_parent(practice):
    script = ("import subprocess, socket, sys, os\n"
              "above, below = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)\n"
              "os.set_inheritable(above.fileno(), True)\n"
              "worker = subprocess.Popen([sys.argv[1]], stdin=below)\n"
              "above.send(b'verb=none\\n\\n')\n"
              "above.recv(1000)\n"
              "print(worker.pid, flush=True)\n"
              "sys.stdin.read()\n")
    parent = subprocess.Popen([sys.executable, "-c", script, BUILD / "csolink-net"],
                              stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    worker = int(parent.stdout.readline())
    watch = os.pidfd_open(worker)
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    assert select.select([watch], [], [], 10)[0], "the worker outlived its parent"
    os.close(watch)
