# SPDX-License-Identifier: MIT
"""A program that ends leaves no secret in its memory, but where docs/security.md says so; and while
it has one, the secret lies in locked memory that no core dump holds."""

import base64
import os
import pathlib
import re
import runpy
import signal
import tempfile
import time

import pytest

from support import filer, pinentries
from support.background import request_socket
from support.filer import BANKRUPTCY, COURT, LOGIN, host
from support.memory import Holding, found_in
from support.places import SANITIZERS, TREE, VALGRIND, WORKER
from support.processes import children_of
from support.worker import Worker

pytestmark = [
    pytest.mark.pam,  # root alone may read the memory of a process that cannot be traced
    pytest.mark.skipif(bool(SANITIZERS) or VALGRIND,
                       reason="a memory checker keeps what was freed, to find its use")]
# No piece of them stands in a program by itself.
PASSWORD, NEW = "kQ7vZr2mXw9t-Hd6yLc8sB4n", "Tj7mBn2rGx5-pVw3kSf9dRq8c"
FILING = "Wc8hNz3bYk6-jDt5qLm2gXp7f"
TOKEN = "Zr6kHw2vYt9q" * 11
BACKUP_CODE = "wq8r-tz5k-mv3x"
OTP_SECRET = "MZ7XQ2WKV5RJ3TYB6LDHCN4SGPAEUFOI"
OTP_URI = f"otpauth://totp/PACER?secret={OTP_SECRET}&digits=6&period=30"
FILING_LOGIN = {"name": filer.ACCOUNT["name"], "password": FILING}
CODE_OF = runpy.run_path(str(TREE / "tests/practice_court/totp.py"))["code"]
STEP_SECONDS = 30
CURL_AND_TLS = ("libcurl.so", "libssl.so", "libcrypto.so", "libnghttp2.so")


# --- what is looked for --------------------------------------------------------------------------

def known_secrets(person, keyring):
    """Every secret by its name: the invented ones, and those that came to be meanwhile."""
    secrets = {"password": PASSWORD, "new password": NEW, "filing password": FILING,
               "one-time-code secret": OTP_SECRET, "backup code": BACKUP_CODE,
               "a tool's token": TOKEN}
    if any(item["attributes"].get("kind") == "guard" for item in keyring.items()):
        secrets["guard key"] = keyring.lookup(kind="guard")
    secrets |= {f"token {path.name}": path.read_text() for path in person.tokens.glob("token*")}
    step = int(time.time()) // STEP_SECONDS
    secrets |= {f"code {ahead}": CODE_OF(OTP_SECRET, step + ahead) for ahead in (-2, -1, 0, 1)}
    encoded = {name: secret.encode() for name, secret in secrets.items()}
    return encoded | {"key of the one-time codes": base64.b32decode(OTP_SECRET)}


@pytest.fixture
def folder():
    """Where she can read what is preloaded."""
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        yield pathlib.Path(folder)


# --- csolink -------------------------------------------------------------------------------------

class Case:
    """A command with its standard input, and what she did before."""

    def __init__(self, command, input="", before=(), status=0):
        self.command, self.input, self.before, self.status = command, input, before, status


def have_account(csolink, court):
    filer.add_account(csolink, password=PASSWORD, otp_secret=OTP_SECRET)


def have_filing(csolink, court):
    assert filer.add_filing(csolink, password=FILING).status == 0


def be_linked(csolink, court):
    assert csolink("link", COURT).status == 0


def have_token_refused(csolink, court):
    court.expire_tokens()


def have_refusal(csolink, court):
    assert csolink("account", "password", LOGIN, input=f"password={NEW}\n").status == 77


def change_at_pacer(csolink, court):
    court.world(accounts={LOGIN: {"password": NEW}})


def be_signed_on(csolink, court):
    assert csolink("login").status == 0


def have_uri(csolink, court):
    assert csolink("account", "otp", LOGIN, input=f"otp_secret={OTP_URI}\n").status == 0


def have_backup_code(csolink, court):
    court.world(accounts={LOGIN: {"backup_codes": [BACKUP_CODE]}})
    assert csolink("account", "backup", LOGIN, input=f"{BACKUP_CODE}\n").status == 0


def have_item(csolink, court):
    assert csolink("store", input=ITEM).status == 0


FILER = (have_account, have_filing)
REQUEST = filer.request(COURT) + "\n"
ITEM = f"protocol=https\nhost=example.com\nusername=jdoe\npassword={PASSWORD}\n\n"
ITEM_REQUEST = "protocol=https\nhost=example.com\n\n"
BOTH = f"password={PASSWORD}\notp_secret={OTP_SECRET}\n"
CASES = {
    "account add": Case(
        ("account", "add", "--purpose=file", "--otp=stored", LOGIN), BOTH),
    "account backup": Case(("account", "backup", LOGIN), f"{BACKUP_CODE}\n", (have_account,)),
    "account client-code": Case(
        ("account", "client-code", LOGIN, "0815"), before=(have_account,)),
    "account list": Case(("account", "list"), before=FILER),
    "account otp": Case(("account", "otp", LOGIN), f"otp_secret={OTP_URI}\n", (have_account,)),
    "account otp, asked": Case(("account", "otp", "--otp=ask", LOGIN), before=(have_account,)),
    "account password": Case(
        ("account", "password", LOGIN), f"password={NEW}\n", (have_account, change_at_pacer)),
    "account password, refused": Case(
        ("account", "password", LOGIN), f"password={NEW}\n", (have_account,), 77),
    "account remove": Case(("account", "remove", LOGIN), before=FILER),
    "erase": Case(("erase",), ITEM, (have_item,)),
    "explain": Case(("explain", COURT), before=FILER),
    "filing add": Case(
        ("filing", "add", f"--account={LOGIN}", COURT, "jdoe"), f"password={FILING}\n",
        (have_account,)),
    "filing list": Case(("filing", "list"), before=FILER),
    "filing remove": Case(("filing", "remove", COURT), before=FILER),
    "get, first use": Case(("get",), REQUEST, FILER),
    "get, linked": Case(("get",), REQUEST, (*FILER, be_linked)),
    "get, after a refusal": Case(("get",), REQUEST, (*FILER, be_linked, have_refusal)),
    "get, no court": Case(("get",), ITEM_REQUEST, (have_item,)),
    "history": Case(("history",), before=(*FILER, be_linked)),
    "link": Case(("link", COURT), before=FILER),
    "link, with a token": Case(("link", BANKRUPTCY), before=(*FILER, be_linked), status=3),
    "login": Case(("login",), before=(have_account,)),
    "login, backup code": Case(
        ("login", "--backup-code"), before=(have_account, have_backup_code)),
    "logout": Case(("logout",), before=(have_account, be_signed_on)),
    "logout, all": Case(("logout", "--all"), before=(have_account, be_signed_on)),
    "otp": Case(("otp",), before=(have_account,)),
    "otp, of an URI": Case(("otp",), before=(have_account, have_uri)),
    "session link": Case(("session", "link"), before=FILER),
    "session notice": Case(("session", "notice"), before=(have_account,)),
    "status": Case(("status",), before=(*FILER, be_linked)),
    "store": Case(("store",), ITEM),
    "token": Case(("token",), before=(have_account,)),
    "token, kept": Case(("token",), before=(have_account, be_signed_on)),
    "token, replaced": Case(
        ("token", "--replace"), f"{TOKEN}\n", (have_account, be_signed_on)),
    "token, rejected": Case(("token", "--reject"), f"{TOKEN}\n", (have_account, be_signed_on)),
    "use": Case(("use", LOGIN), before=(have_account,)),
}
# Commands that never have a secret, and the login's side, which takes it from a socket: below.
WITHOUT_SECRETS = {"courts", "help", "version", "session"}


def commands(csolink):
    """The names of all that csolink help lists."""
    lines = csolink("help").out.split("\n\n")[1]
    return set(re.findall(r"^  ([a-z]+(?: [a-z-]+)?)", lines, re.M))


@pytest.fixture
def secret_world(court, secrets):
    """The court knows the secrets of this file."""
    secrets.add(PASSWORD, NEW, FILING, OTP_SECRET)
    court.world(accounts={LOGIN: {"password": PASSWORD, "otp_secret": OTP_SECRET}},
                courts={COURT: {"filing_logins": {"jdoe": FILING_LOGIN}}})


@pytest.fixture
def held_case(keyring, secret_world, court, csolink, person, folder):
    """Runs a case up to its end and returns the secrets that stand in its memory there."""
    def run(name):
        case = CASES[name]
        for step in case.before:
            step(csolink, court)
        process = csolink.start_fed(case.input, *case.command, env=Holding(folder).environment)
        Holding.wait(process)
        found = found_in(process.pid, known_secrets(person, keyring))
        process.send_signal(signal.SIGCONT)
        ended = csolink.finish(process, prints_secret=True)
        assert ended.status == case.status, ended.err
        return found

    return run


@pytest.mark.parametrize("case", CASES)
def test_nothing_is_left_where_the_keyrings_session_is_encrypted(case, held_case, person):
    person.configure(keyring_transfer="encrypted")
    assert held_case(case) == {}


# Only these cross the bus: a token or a code that is found was never GDBus's.
CROSSES_THE_BUS = {"password", "new password", "filing password", "one-time-code secret",
                   "backup code", "guard key"}


@pytest.mark.parametrize("case", CASES)
def test_gdbus_alone_leaves_something_where_that_session_is_plain(case, held_case):
    found = held_case(case)
    assert set(found) <= CROSSES_THE_BUS
    assert {place.name for places in found.values() for place in places} <= {"[heap]", ""}


def test_what_gdbus_leaves_is_found(held_case):
    """Else the two tests above would search in vain."""
    assert "password" in held_case("get, linked")


def test_every_command_is_searched(csolink):
    assert {"get", "account add", "session"} <= commands(csolink)
    assert commands(csolink) - {name.split(",")[0] for name in CASES} - WITHOUT_SECRETS == set()


def test_what_was_typed_is_not_left(secret_world, keyring, csolink, person, folder):
    person.configure(keyring_transfer="encrypted")
    command = ("account", "add", "--purpose=search", "--otp=stored", LOGIN)
    with csolink.terminal(*command, env=Holding(folder).environment) as terminal:
        terminal.expect("Password of PACER account jdoe1234: ")
        terminal.type(PASSWORD)
        terminal.expect("ne-time-code secret")
        terminal.type(OTP_SECRET)
        Holding.wait(terminal.process)
        assert found_in(terminal.process.pid, known_secrets(person, keyring)) == {}
        terminal.process.send_signal(signal.SIGCONT)
        assert terminal.wait() == 0


def test_a_code_that_was_typed_is_not_left(secret_world, keyring, court, csolink, person, folder):
    person.configure(keyring_transfer="encrypted")
    court.world(accounts={LOGIN: {"backup_codes": [BACKUP_CODE]}})
    filer.add_account(csolink, password=PASSWORD, otp="ask")
    with csolink.terminal("login", env=Holding(folder).environment) as terminal:
        terminal.expect("One-time code for")
        terminal.type(BACKUP_CODE)
        Holding.wait(terminal.process)
        assert found_in(terminal.process.pid, known_secrets(person, keyring)) == {}
        terminal.process.send_signal(signal.SIGCONT)
        assert terminal.wait() == 0, terminal.text


def test_what_was_typed_in_a_dialog_is_not_left(
        secret_world, keyring, court, csolink, person, folder):
    """The filing login and its password, by a pinentry that answers at once."""
    person.configure(keyring_transfer="encrypted")
    have_account(csolink, court)
    person.write(person.home / "asked", "")
    pinentries.put(person, pinentries.OBEDIENT.format(
        ask=f"echo x >>{person.home}/asked; case $(wc -l <{person.home}/asked) in "
            f"1) echo 'D jdoe' ;; 2) echo 'D {FILING}' ;; *) echo 'D yes' ;; esac"))
    process = csolink.start_fed("", "link", COURT, env={
        "DISPLAY": ":99", **Holding(folder).environment})
    Holding.wait(process)
    found = found_in(process.pid, known_secrets(person, keyring))
    process.send_signal(signal.SIGCONT)
    ended = csolink.finish(process)
    assert ended.status == 0, ended.err
    assert (person.home / "asked").read_text().count("x") >= 2
    assert found == {}


@pytest.mark.parametrize("answer, status", [("yes", 0), ("no", 3)])
def test_a_password_that_was_proposed_is_not_left(
        secret_world, keyring, court, csolink, person, folder, answer, status):
    person.configure(keyring_transfer="encrypted")
    have_account(csolink, court)
    command = ("account", "password", "--generate", LOGIN)
    with csolink.terminal(*command, input="", output=True,
                          env=Holding(folder).environment) as terminal:
        terminal.expect(r"\(yes/no\) ")
        proposed, = re.findall(r"^A new password for .*: (\S+)$", terminal.text, re.M)
        court.world(accounts={LOGIN: {"password": proposed}})
        terminal.type(answer)
        Holding.wait(terminal.process)
        secrets = known_secrets(person, keyring) | {"proposed password": proposed.encode()}
        assert found_in(terminal.process.pid, secrets) == {}
        terminal.process.send_signal(signal.SIGCONT)
        assert terminal.wait() == status


def test_a_password_that_pam_captured_is_not_left(
        secret_world, keyring, court, csolink, person, folder):
    person.configure(keyring_transfer="encrypted")
    have_account(csolink, court)
    ours, theirs = request_socket(operation="capture", user=person.name, secret=NEW, link="off")
    with ours, theirs:
        process = csolink.start("session", env=Holding(folder).environment, stdin=theirs)
        Holding.wait(process)
        assert found_in(process.pid, known_secrets(person, keyring)) == {}
        process.send_signal(signal.SIGCONT)
        assert csolink.finish(process, input=None).status == 0
    assert keyring.lookup(kind="pending") == NEW


def test_what_a_deadline_ends_had_its_secrets_in_locked_memory(
        secret_world, keyring, csolink, person, folder):
    """It ends without going back to where it was: the kernel takes the pages as they are."""
    person.configure(keyring_timeout=1)
    keyring.freeze()
    process = csolink.start_fed(ITEM, "store", env=Holding(folder).environment)
    Holding.wait(process)
    found = found_in(process.pid, {"password": PASSWORD.encode()})
    keyring.thaw()
    process.send_signal(signal.SIGCONT)
    assert csolink.finish(process).status == 75
    assert found and all(place.is_locked_and_not_dumped for place in found["password"])


# --- while they are in use -----------------------------------------------------------------------

def programs_of(process):
    """csolink and the worker that it started."""
    worker, = children_of(process.pid)
    return process.pid, worker


@pytest.mark.parametrize("stage, names", [
    ("sign_on", {"password", "code"}), ("login", {"token"}), ("submit", {"filing password"})])
def test_a_secret_in_use_lies_in_locked_memory(
        stage, names, secret_world, keyring, court, csolink, person):
    person.configure(keyring_transfer="encrypted")
    for step in FILER:
        step(csolink, court)
    court.hold(stage)
    process = csolink.start_get(filer.request(COURT))
    assert court.held() == stage
    secrets = known_secrets(person, keyring)
    for program in programs_of(process):
        found = found_in(program, secrets)
        for name in names:
            places = set().union(*(found.get(known, ()) for known in secrets
                                   if known.startswith(name)))
            assert [place for place in places if place.is_locked_and_not_dumped], name
        if program == process.pid:
            assert not {name: places for name, places in found.items()
                        if not all(place.is_locked_and_not_dumped for place in places)}
    court.release()
    assert csolink.finish(process, input=None, prints_secret=True).status == 0


# --- csolink-net ---------------------------------------------------------------------------------

def run_all_verbs(worker, court, code):
    """A run from open to logout. Returns the tokens that came up."""
    replies = [
        worker.ask("open", [("connect_to[]", court.connect_to)], court=COURT,
                   court_host=host(COURT), court_type="district",
                   sign_on_host="pacer.login.uscourts.gov", ca_file=court.ca_file,
                   connect_timeout=5, request_timeout=20),
        worker.ask("authenticate", login=LOGIN, password=PASSWORD, redact=1, otp_code=code)]
    replies += [worker.ask("check", token=replies[-1].tokens[-1]), worker.ask("link")]
    tokens = [token for reply in replies for token in reply.tokens]
    replies.append(worker.ask("logout", token=tokens[-1]))
    assert [reply.status for reply in replies] == ["ok"] * 5
    return tokens


@pytest.fixture
def searched_worker(secret_world, court, folder):
    """The secrets that stand in csolink-net's memory after a whole run, before its end."""
    def run(wipes):
        environment = Holding(folder, wipes).environment
        code = CODE_OF(OTP_SECRET, int(time.time()) // STEP_SECONDS)
        worker = Worker(WORKER, prefix=["env", *map("=".join, environment.items())], answers={
            "filing_login": {"answer": "yes", "login": "jdoe", "password": FILING},
            "names": {"answer": "yes"}})
        tokens = run_all_verbs(worker, court, code)
        worker.socket.close()
        Holding.wait(worker.process)
        secrets = {"password": PASSWORD, "code": code, "filing password": FILING,
                   **{f"token {number}": token for number, token in enumerate(tokens)}}
        found = found_in(worker.process.pid,
                         {name: secret.encode() for name, secret in secrets.items()})
        worker.process.send_signal(signal.SIGCONT)
        assert worker.close()[0] == 0
        return found
    return run


def test_libcurl_and_openssl_alone_leave_something_in_the_worker(searched_worker):
    """What they free is wiped for them, and nothing is left."""
    assert searched_worker(CURL_AND_TLS) == {}


def test_what_libcurl_and_openssl_leave_is_found(searched_worker):
    """Else the test above would search in vain."""
    assert searched_worker(()) != {}
