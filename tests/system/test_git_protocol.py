# SPDX-License-Identifier: MIT
"""git-credential-csolink for hosts that are no court, on a real keyring.

Where git-credential-libsecret 2.55 behaves otherwise, a comment says how.
"""

import pytest

SECRET = "Invented-Secret1"
OTHER = "Invented-Secret2"
SCHEMA = "org.git.Password"


@pytest.fixture(autouse=True)
def known_secrets(secrets):
    secrets.add(SECRET, OTHER)


@pytest.fixture
def helper(csolink, keyring):
    """Calls an operation with the lines of its request."""
    def call(operation, *lines):
        request = "".join(f"{line}\n" for line in lines)
        return csolink(operation, input=request + "\n", program="git-credential-csolink",
                       prints_secret=operation == "get")
    return call


@pytest.fixture
def helper_bytes(csolink, keyring):
    """The same with bytes that are no text."""
    def call(operation, request):
        with csolink.start(operation, program="git-credential-csolink") as process:
            process.stdin.buffer.write(request)
            out, err = process.communicate()
        return process.returncode, out, err
    return call


def request(host, *lines, protocol="https"):
    return f"protocol={protocol}", f"host={host}", *lines


def login(user, secret):
    return f"username={user}", f"password={secret}"


def assert_silent(result):
    assert (result.status, result.out, result.err) == (0, "", "")


def assert_refused(result):
    """Not valid: a sentence, and nothing that could be taken for a credential."""
    assert (result.status, result.out) == (65, "")
    assert result.err.startswith("csolink: ") and result.err.count("\n") == 1


# --- what git itself sees ------------------------------------------------------------------------

def test_git_fills_in_what_it_approved(csolink, keyring):
    csolink.git_credential("approve", "example.com", username="jdoe", password=SECRET)
    filled = csolink.git_credential("fill", "example.com").fields
    assert (filled["username"], filled["password"]) == ("jdoe", SECRET)


def test_git_asks_the_person_after_it_rejected(csolink, keyring):
    csolink.git_credential("approve", "example.com", username="jdoe", password=SECRET)
    csolink.git_credential("reject", "example.com", username="jdoe", password=SECRET)
    assert csolink.git_credential("fill", "example.com").status != 0


def test_git_tells_two_users_apart(csolink, keyring):
    csolink.git_credential("approve", "example.com", username="one", password=SECRET)
    csolink.git_credential("approve", "example.com", username="two", password=OTHER)
    one = csolink.git_credential("fill", "example.com", username="one")
    two = csolink.git_credential("fill", "example.com", username="two")
    assert (one.fields["password"], two.fields["password"]) == (SECRET, OTHER)


# --- get -----------------------------------------------------------------------------------------

def test_nothing_stored_is_answered_by_silence(helper):
    assert_silent(helper("get", *request("example.com")))


def test_an_unknown_operation_does_nothing(helper):
    assert_silent(helper("frobnicate", *request("example.com")))


def test_only_new_facts_are_printed(helper):
    helper("store", *request("example.com", *login("jdoe", SECRET)))
    answer = helper("get", *request("example.com"))
    assert answer.fields == {"username": "jdoe", "password": SECRET}
    assert (answer.status, answer.err) == (0, "")


@pytest.mark.parametrize("lines", [
    request("example.com", protocol="http"),
    request("other.example"),
    request("sub.example.com"),
    request("example.com", "username=other"),
    request("example.com", "username="),
    request("example.com", "path=a.git"),
    request("example.com:443"),
], ids=["protocol", "host", "subdomain", "user", "empty user", "path", "port"])
def test_whatever_differs_gets_nothing(helper, lines):
    helper("store", *request("example.com", *login("jdoe", SECRET)))
    assert_silent(helper("get", *lines))


def test_a_missing_path_asks_for_any(helper):
    helper("store", *request("example.com", "path=a.git", *login("jdoe", SECRET)))
    assert helper("get", *request("example.com")).fields["password"] == SECRET


def test_the_hosts_own_entry_comes_before_one_for_a_path(helper):
    helper("store", *request("example.com", *login("jdoe", SECRET)))
    helper("store", *request("example.com", "path=a.git", *login("jdoe", OTHER)))
    assert helper("get", *request("example.com")).fields["password"] == SECRET


def test_several_users_are_listed_and_none_is_chosen(helper):
    """git-credential-libsecret answers with the one that was changed last."""
    helper("store", *request("example.com", *login("one", SECRET)))
    helper("store", *request("example.com", *login("two", OTHER)))
    refused = helper("get", *request("example.com"))
    assert_refused(refused)
    assert "one" in refused.err and "two" in refused.err


def test_an_empty_user_and_password_are_values(helper):
    helper("store", *request("example.com", *login("", "")))
    assert helper("get", *request("example.com")).fields == {"username": "", "password": ""}


def test_the_password_of_a_client_certificate_has_no_host(helper):
    certificate = request("", "path=/home/jdoe/client.pem", "username=", protocol="cert")
    assert helper("store", *certificate, f"password={SECRET}").status == 0
    assert helper("get", *certificate).fields["password"] == SECRET


def test_a_long_header_from_the_server_is_no_part_of_the_credential(helper):
    """A helper that read 1,024 bytes at a time took the rest for a line (git 64f1e658e9)."""
    noise = "wwwauth[]=" + "x" * 1012 + "password=stolen"
    helper("store", *request("example.com", noise, *login("jdoe", SECRET)))
    assert helper("get", *request("example.com", noise)).fields["password"] == SECRET


@pytest.mark.parametrize("stored", ["example.com", "example.com:8443", "example.com:8444"])
@pytest.mark.parametrize("asked", ["example.com", "example.com:8443"])
def test_a_port_gets_its_own_password_only(helper, stored, asked):
    """git-credential-libsecret gives https://host:8443's password to https://host."""
    helper("store", *request(stored, *login("jdoe", SECRET)))
    answer = helper("get", *request(asked))
    assert (answer.fields.get("password") == SECRET) == (stored == asked)


@pytest.mark.parametrize("host, port", [("[::1]", None), ("[::1]:8443", "8443")])
def test_an_address_of_ip_version_6_is_not_cut_at_its_colon(helper, keyring, host, port):
    """git-credential-libsecret stores server "[:" and port 1."""
    helper("store", *request(host, *login("jdoe", SECRET)))
    assert helper("get", *request(host)).fields["password"] == SECRET
    attributes = keyring.items()[0]["attributes"]
    assert (attributes["server"], attributes.get("port")) == ("[::1]", port)


# --- requests that are not fit -------------------------------------------------------------------

@pytest.mark.parametrize("lines", [(), ("host=example.com",), ("protocol=https",)],
                         ids=["empty", "no protocol", "no host"])
def test_a_request_for_any_server_is_refused(helper, lines):
    helper("store", *request("example.com", *login("jdoe", SECRET)))
    assert_refused(helper("get", *lines))


@pytest.mark.parametrize("lines", [(), ("host=example.com",), ("protocol=https",)],
                         ids=["empty", "no protocol", "no host"])
def test_an_erase_for_any_server_erases_nothing(helper, keyring, lines):
    helper("store", *request("example.com", *login("jdoe", SECRET)))
    helper("erase", *lines)
    assert len(keyring.items()) == 1


@pytest.mark.parametrize("operation", ["get", "store"])
@pytest.mark.parametrize("odd", [b"username=a\rb", b"username=a\x00b", b"username=\xff\xfe",
                                 b"path=\xff", b"username=a\x1b[2J", b"no equals sign"],
                         ids=["CR", "NUL", "user not UTF-8", "path not UTF-8", "escape", "key"])
def test_odd_bytes_are_refused_and_never_stored(helper_bytes, keyring, operation, odd):
    """git-credential-libsecret stored CR, cut at NUL, and dropped such a user with exit 0."""
    request = b"protocol=https\nhost=example.com\npassword=x\nusername=u\n" + odd + b"\n\n"
    status, out, err = helper_bytes(operation, request)
    assert (status, out) == (65, "")
    assert err.startswith("csolink: ") and err.count("\n") == 1 and "\x1b" not in err
    assert keyring.items() == []


def test_lines_may_end_in_cr_lf(helper, helper_bytes):
    """git-credential-libsecret ends with 255."""
    helper("store", *request("example.com", *login("jdoe", SECRET)))
    status, out, err = helper_bytes("get", b"protocol=https\r\nhost=example.com\r\n\r\n")
    assert (status, err) == (0, "")
    assert out.splitlines()[:2] == ["username=jdoe", f"password={SECRET}"]


def test_a_secret_that_no_line_can_hold_is_not_printed(helper, person):
    person.run("secret-tool", "store", "--label=x", "protocol", "https", "server", "example.com",
               "user", "jdoe", input="half\rhalf")
    assert_refused(helper("get", *request("example.com")))


# --- store ---------------------------------------------------------------------------------------

def test_store_prints_nothing(helper):
    """git-credential-libsecret prints the password."""
    assert_silent(helper("store", *request("example.com", *login("jdoe", SECRET))))


def test_store_replaces_the_same_users_password(helper, keyring):
    helper("store", *request("example.com", *login("jdoe", SECRET)))
    helper("store", *request("example.com", *login("jdoe", OTHER)))
    assert helper("get", *request("example.com")).fields["password"] == OTHER
    assert len(keyring.items()) == 1


def test_stores_at_the_same_moment_end_as_one_entry(csolink, helper, keyring):
    """Each may find nothing and make an entry; the next store leaves one of them."""
    text = "\n".join(request("example.com", *login("jdoe", SECRET), "", ""))
    keyring.freeze()
    processes = [csolink.start("store", program="git-credential-csolink") for _ in range(10)]
    for process in processes:
        process.stdin.write(text)
        process.stdin.flush()
    keyring.thaw()
    assert [(*process.communicate(), process.returncode) for process in processes] == [
        ("", "", 0)] * len(processes)
    assert_silent(helper("store", *request("example.com", *login("jdoe", OTHER))))
    assert helper("get", *request("example.com")).fields["password"] == OTHER
    assert len(keyring.items()) == 1


def test_expiry_and_refresh_token_are_kept_and_replaced(helper, keyring):
    before = ("password_expiry_utc=9999999998", f"oauth_refresh_token={OTHER}")
    helper("store", *request("example.com", *login("jdoe", SECRET), *before))
    helper("store", *request("example.com", *login("jdoe", SECRET),
                             "password_expiry_utc=9999999999"))
    assert helper("get", *request("example.com")).fields == {
        "username": "jdoe", "password": SECRET, "password_expiry_utc": "9999999999"}
    assert len(keyring.items()) == 1


def test_an_expired_password_is_returned_for_git_to_judge(helper):
    helper("store", *request("example.com", *login("jdoe", SECRET), "password_expiry_utc=1"))
    assert helper("get", *request("example.com")).fields["password_expiry_utc"] == "1"


@pytest.mark.parametrize("lines", [
    request("example.com", "username=jdoe"),
    request("example.com", f"password={SECRET}"),
    request("example.com", *login("jdoe", SECRET), "ephemeral=1"),
    request("example.com", "capability[]=authtype", "authtype=Bearer", f"credential={SECRET}"),
], ids=["no password", "no user", "ephemeral", "authtype"])
def test_what_is_not_to_be_kept_is_not(helper, keyring, lines):
    """git-credential-libsecret stores ephemeral ones."""
    assert_silent(helper("store", *lines))
    assert keyring.items() == []


@pytest.mark.parametrize("richer", [
    request("example.com", "path=a.git", *login("jdoe", OTHER)),
    request("example.com:8443", *login("jdoe", OTHER)),
], ids=["path", "port"])
def test_a_store_for_the_host_leaves_richer_entries_alone(helper, keyring, richer):
    """CreateItem with replace, which git-credential-libsecret uses, swallows them."""
    helper("store", *richer)
    helper("store", *request("example.com", *login("jdoe", SECRET)))
    assert len(keyring.items()) == 2
    assert helper("get", *richer[:-1]).fields["password"] == OTHER
    assert helper("get", *request("example.com")).fields["password"] == SECRET


def test_a_store_leaves_another_programs_richer_item_alone(helper, keyring, person):
    theirs = ("protocol", "https", "server", "example.com", "user", "jdoe", "application", "theirs")
    person.run("secret-tool", "store", "--label=theirs", *theirs, input=OTHER)
    helper("store", *request("example.com", *login("jdoe", SECRET)))
    assert person.run("secret-tool", "lookup", *theirs) == OTHER


def keyring_files(person):
    return [(path.name, path.stat().st_ino, path.stat().st_mtime_ns, path.read_bytes())
            for path in sorted((person.home / ".local/share/keyrings").glob("*.keyring"))]


def test_storing_the_same_again_writes_nothing(helper, person):
    """gnome-keyring rewrites its whole file at each write, equal or not."""
    same = request("example.com", *login("jdoe", SECRET), "password_expiry_utc=9999999999")
    helper("store", *same)
    before = keyring_files(person)
    assert_silent(helper("store", *same))
    assert keyring_files(person) == before
    helper("store", *request("example.com", *login("jdoe", OTHER)))
    assert keyring_files(person) != before


# --- the form of git-credential-libsecret --------------------------------------------------------

def test_entries_have_the_form_of_git_credential_libsecret(helper, keyring):
    helper("store", *request("example.com:8443", "path=a.git", *login("jdoe", SECRET),
                             "password_expiry_utc=9999999999", f"oauth_refresh_token={OTHER}"))
    item, = keyring.items()
    assert item["attributes"] == {
        "protocol": "https", "server": "example.com", "port": "8443", "object": "a.git",
        "user": "jdoe", "xdg:schema": SCHEMA}
    assert keyring.lookup(server="example.com") == (
        f"{SECRET}\npassword_expiry_utc=9999999999\noauth_refresh_token={OTHER}")


def test_a_password_alone_is_the_whole_secret(helper, keyring):
    helper("store", *request("example.com", *login("jdoe", SECRET)))
    assert keyring.lookup(server="example.com", user="jdoe", protocol="https") == SECRET


def test_entries_that_people_have_are_found_and_kept_in_place(helper, keyring, person):
    form = ("xdg:schema", SCHEMA, "protocol", "https", "server", "example.com", "user", "jdoe")
    person.run("secret-tool", "store", "--label=Git: https://example.com/", *form,
               input=f"{SECRET}\npassword_expiry_utc=9999999999")
    assert helper("get", *request("example.com")).fields == {
        "username": "jdoe", "password": SECRET, "password_expiry_utc": "9999999999"}
    helper("store", *request("example.com", *login("jdoe", OTHER)))
    assert person.run("secret-tool", "lookup", *form) == OTHER
    assert len(keyring.items()) == 1


# --- erase ---------------------------------------------------------------------------------------

def test_erase_forgets_all_users_of_a_host_and_no_other_host(helper, keyring):
    helper("store", *request("example.com", *login("one", SECRET)))
    helper("store", *request("example.com", *login("two", OTHER)))
    helper("store", *request("other.example", *login("one", SECRET)))
    assert_silent(helper("erase", *request("example.com")))
    assert [item["attributes"]["server"] for item in keyring.items()] == ["other.example"]


def test_erase_of_one_user_keeps_the_other(helper, keyring):
    helper("store", *request("example.com", *login("one", SECRET)))
    helper("store", *request("example.com", *login("two", OTHER)))
    helper("erase", *request("example.com", "username=one"))
    assert [item["attributes"]["user"] for item in keyring.items()] == ["two"]


def test_nothing_to_erase_is_no_failure(helper):
    assert_silent(helper("erase", *request("example.com")))


def test_erase_with_another_password_erases_nothing(helper, keyring):
    helper("store", *request("example.com", *login("jdoe", SECRET)))
    assert_silent(helper("erase", *request("example.com", *login("jdoe", OTHER))))
    assert len(keyring.items()) == 1


def test_erase_compares_the_password_of_each_entry(helper, keyring):
    """git-credential-libsecret compares the first one's and erases all."""
    helper("store", *request("example.com", *login("jdoe", SECRET)))
    helper("store", *request("example.com", "path=a.git", *login("jdoe", OTHER)))
    assert_silent(helper("erase", *request("example.com", *login("jdoe", SECRET))))
    assert [item["attributes"].get("object") for item in keyring.items()] == ["a.git"]


def test_erase_of_a_host_leaves_its_ports_alone(helper, keyring):
    helper("store", *request("example.com:8443", *login("jdoe", SECRET)))
    helper("erase", *request("example.com"))
    assert len(keyring.items()) == 1
