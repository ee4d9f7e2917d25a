# SPDX-License-Identifier: MIT
"""Which authorities csolink-net trusts without a ca_file: the system's, in both of their forms."""

import pytest

from support import production
from support.places import BUILD
from support.worker import Worker

pytestmark = pytest.mark.pam  # root alone changes the system's store
SIGN_ON_HOST = "pacer.login.uscourts.gov"


@pytest.fixture(scope="module")
def court():
    with production.practice_court() as court, production.named(SIGN_ON_HOST):
        yield court


@pytest.fixture
def store():
    """The system's store, as it was before when the test ends."""
    bundle = production.BUNDLE.read_bytes()
    links = {path: path.readlink() for path in production.hash_links()}
    yield production.STORE
    production.BUNDLE.write_bytes(bundle)
    for path in production.hash_links():
        path.unlink()
    for path, target in links.items():
        path.symlink_to(target)


def sign_on():
    """How a sign-on by the system's store ends; its password is wrong, so it is refused at best."""
    with Worker(BUILD / "csolink-net") as worker:
        assert worker.ask("open", sign_on_host=SIGN_ON_HOST).status == "ok"
        return worker.ask("authenticate", login="nobody00", password="Invented-Wrong-Password1")


def add_to_bundle(court):
    with production.BUNDLE.open("ab") as bundle:
        bundle.write(court.ca_file.read_bytes())


def test_an_unknown_authority_is_refused_before_anything_is_sent(court, store):
    court.reset()
    reply = sign_on()
    assert (reply.status, reply.sent) == ("tls_failed", "0")
    assert court.state()["requests"] == 0


def test_an_authority_in_the_hashed_directory_is_found_without_the_bundle(court, store):
    production.trust_hashed(court.ca_file)
    production.BUNDLE.write_text("this would end a connection that reads it\n")
    assert sign_on().status == "rejected"


def test_one_in_the_bundle_alone_is_found_too(court, store):
    court.reset()
    add_to_bundle(court)
    reply = sign_on()
    assert (reply.status, reply.requests) == ("rejected", "1")
    assert court.state()["sign_on_requests"] == 1


def test_where_the_directory_is_not_hashed_the_bundle_is_read(court, store):
    add_to_bundle(court)
    for path in production.hash_links():
        path.unlink()
    assert sign_on().status == "rejected"
