# SPDX-License-Identifier: MIT
"""No bus, no service, no collection, locked, absent: each has its own answer, and none hangs."""

import signal
import subprocess
import time

import pytest

from support.places import PATIENCE

SECRET = "Invented-Secret1"
HELPER = "git-credential-csolink"
ASKED = "protocol=https\nhost=example.com\n"
STORED = f"{ASKED}username=jdoe\npassword={SECRET}\n"
LOCKED, NO_KEYRING, TIMED_OUT = 3, 69, 75
AT_ONCE = 20


@pytest.fixture(autouse=True)
def known_secrets(secrets):
    secrets.add(SECRET)


@pytest.fixture
def entry(csolink, keyring):
    """A credential for example.com in the keyring."""
    csolink("store", input=STORED + "\n", program=HELPER)


def ask(csolink, operation="get", **more):
    text = ASKED if operation == "get" else STORED
    return csolink(operation, input=text + "\n", program=HELPER,
                   prints_secret=operation == "get", **more)


def assert_said(result, status, word):
    """Nothing on standard output, and one sentence, which has the word in it."""
    assert (result.status, result.out) == (status, "")
    assert result.err.startswith("csolink: ") and result.err.count("\n") == 1
    assert word in result.err


def assert_answers(csolink):
    assert ask(csolink).fields == {"username": "jdoe", "password": SECRET}


# --- locked --------------------------------------------------------------------------------------

@pytest.mark.parametrize("operation", ["get", "store", "erase"])
def test_locked_is_said_and_changes_nothing(csolink, entry, keyring, operation):
    """git-credential-libsecret: get and erase end with 0, as if nothing were stored."""
    keyring.lock()
    assert_said(ask(csolink, operation), LOCKED, "locked")
    keyring.unlock()
    assert_answers(csolink)
    assert len(keyring.items()) == 1


@pytest.mark.parametrize("operation", ["get", "store", "erase"])
def test_a_keyring_that_was_never_unlocked_is_locked(csolink, entry, keyring, operation):
    """Searched with a schema's name it shows no item at all (gnome-keyring 89)."""
    keyring.restart_locked()
    assert_said(ask(csolink, operation), LOCKED, "locked")


def test_in_a_locked_keyring_nothing_can_be_called_absent(csolink, keyring):
    keyring.lock()
    assert_said(ask(csolink), LOCKED, "locked")


def test_a_daemon_that_died_comes_back_locked_not_empty(csolink, entry, keyring):
    keyring.end()
    assert_said(ask(csolink), LOCKED, "locked")


def start_many(csolink):
    return [csolink.start_get(ASKED, program=HELPER) for _ in range(AT_ONCE)]


def finish(processes):
    """Exit statuses and outputs; who hangs is killed and fails the test."""
    deadline = time.monotonic() + 30 * PATIENCE
    try:
        return [(*process.communicate(timeout=deadline - time.monotonic()), process.returncode)
                for process in processes]
    finally:
        for process in processes:
            process.kill()
            process.communicate()


def test_many_at_once_on_a_locked_keyring_do_not_hang_or_break_it(csolink, entry, keyring):
    """Three prompts at once make git-credential-libsecret hang and the daemon deaf to prompts."""
    keyring.lock()
    for out, err, status in finish(start_many(csolink)):
        assert (out, status) == ("", LOCKED)
        assert "locked" in err
    keyring.unlock()
    assert_answers(csolink)


def test_many_at_once_all_get_the_credential(csolink, entry):
    for out, err, status in finish(start_many(csolink)):
        assert (status, err) == (0, "")
        assert out.splitlines()[:2] == ["username=jdoe", f"password={SECRET}"]


# --- no keyring ----------------------------------------------------------------------------------

@pytest.mark.parametrize("operation", ["get", "store", "erase"])
@pytest.mark.parametrize("env", [{}, {"DISPLAY": ":99"}, {"DBUS_SESSION_BUS_ADDRESS": ""},
                                 {"DBUS_SESSION_BUS_ADDRESS": "autolaunch:", "DISPLAY": ":99"},
                                 {"XDG_RUNTIME_DIR": ""}],
                         ids=["nothing", "display", "empty", "autolaunch", "no directory"])
def test_without_a_bus_none_is_launched(csolink, operation, env):
    started = time.monotonic()
    assert_said(ask(csolink, operation, env=env), NO_KEYRING, "bus")
    assert time.monotonic() - started < 2 * PATIENCE


@pytest.mark.parametrize("address", ["unix:path=/nonexistent/bus", "garbage"])
def test_a_dead_bus_is_no_keyring(csolink, address):
    result = ask(csolink, env={"DBUS_SESSION_BUS_ADDRESS": address})
    assert_said(result, NO_KEYRING, "bus")


@pytest.mark.parametrize("address", ["", "autolaunch:"])
def test_the_bus_in_the_runtime_directory_is_found_without_an_address(csolink, entry, address):
    assert ask(csolink, env={"DBUS_SESSION_BUS_ADDRESS": address}).fields["password"] == SECRET


def test_a_bus_without_the_service_is_no_keyring(csolink, bus):
    result = ask(csolink, env={"SECRET_SERVICE_BUS_NAME": "org.example.Nobody"})
    assert_said(result, NO_KEYRING, "Secret Service")


@pytest.mark.parametrize("operation", ["get", "store"])
def test_a_service_without_a_default_collection_is_no_keyring(csolink, bus, operation):
    """The bus starts the service, which has no keyring file to open."""
    assert_said(ask(csolink, operation), NO_KEYRING, "collection")


# --- no answer -----------------------------------------------------------------------------------

def test_a_service_that_never_answers_costs_its_deadline_and_no_more(csolink, entry, keyring,
                                                                     person):
    """git-credential-libsecret waits 25 s."""
    person.configure(keyring_timeout=1)
    keyring.freeze()
    started = time.monotonic()
    try:
        result = ask(csolink)
    finally:
        keyring.thaw()
    assert_said(result, TIMED_OUT, "in time")
    assert time.monotonic() - started < 5 * PATIENCE
    person.configure(keyring_timeout=None)
    assert_answers(csolink)


def test_a_caller_that_blocks_signals_does_not_take_the_deadline_away(
        csolink, entry, keyring, person):
    """A program with threads blocks them in most, and exec keeps the mask."""
    person.configure(keyring_timeout=1)
    keyring.freeze()
    try:
        process = person.popen(
            ["csolink", "account", "list"], stdin=subprocess.DEVNULL, stderr=subprocess.PIPE,
            preexec_fn=lambda: signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM}))
        _, error = process.communicate(timeout=10 * PATIENCE)
    finally:
        keyring.thaw()
    assert (process.returncode, b"in time" in error) == (TIMED_OUT, True)


def test_a_caller_that_is_killed_does_not_hurt_the_keyring(csolink, entry, keyring):
    keyring.freeze()
    processes = start_many(csolink)
    for process in processes:
        process.kill()
        process.communicate()
    keyring.thaw()
    assert_answers(csolink)


# --- transfer ------------------------------------------------------------------------------------

@pytest.mark.parametrize("transfer", ["plain", "encrypted"])
def test_both_ways_of_transfer_carry_the_same_secret(csolink, keyring, person, transfer):
    person.configure(keyring_transfer=transfer)
    ask(csolink, "store")
    assert keyring.lookup(server="example.com") == SECRET
    assert_answers(csolink)


def bus_traffic(csolink, person, transfer):
    """What a monitor of the bus sees of one get."""
    person.configure(keyring_transfer=transfer)
    with person.popen(["dbus-monitor", "--session", "--binary"], stdout=subprocess.PIPE,
                      stderr=subprocess.DEVNULL) as monitor:
        seen = monitor.stdout.read1()  # its first message: it listens from here on
        assert_answers(csolink)
        person.run("dbus-send", "--session", "/", "org.example.Test.End")
        while b"org.example.Test" not in seen:
            more = monitor.stdout.read1()
            assert more, "the monitor ended early"
            seen += more
        monitor.kill()
    return seen


def test_encrypted_transfer_hides_the_secret_from_a_monitor_of_the_bus(csolink, entry, person):
    assert SECRET.encode() in bus_traffic(csolink, person, "plain")
    assert SECRET.encode() not in bus_traffic(csolink, person, "encrypted")


# --- what is asked -------------------------------------------------------------------------------

def test_a_get_asks_the_service_five_things_and_a_property_first(csolink, entry, keyring):
    """gnome-keyring 42.1 dies of a client that begins with OpenSession, and answers a first search
    wrongly."""
    assert keyring.calls_during(lambda: assert_answers(csolink)) == [
        "Get", "SearchItems", "GetAll", "OpenSession", "GetSecrets"]
