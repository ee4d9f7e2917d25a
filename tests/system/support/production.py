# SPDX-License-Identifier: MIT
"""PACER and the courts under their own names: root's throw-away machine has no other network."""

import contextlib
import os
import pathlib
import socket
import subprocess

from support.court import Court

HTTPS_PORT = 443
HOSTS = pathlib.Path("/etc/hosts")
BUNDLE = pathlib.Path("/etc/ssl/certs/ca-certificates.crt")
STORE = pathlib.Path("/etc/ssl/certs")
ADDRESS = "127.0.0.1"


def assert_alone():
    """This machine has loopback and nothing else: real names lead nowhere but here."""
    interfaces = [name for _, name in socket.if_nameindex()]
    assert interfaces == ["lo"], f"not in a throw-away machine: {interfaces}"


@contextlib.contextmanager
def named(*hosts, address=ADDRESS):
    """These hosts are at a loopback address."""
    assert_alone()
    before = HOSTS.read_text()
    HOSTS.write_text(before + "".join(f"{address} {host}\n" for host in hosts))
    try:
        yield
    finally:
        HOSTS.write_text(before)


@contextlib.contextmanager
def practice_court():
    """The practice court on HTTPS's own port; its authority is in no store yet."""
    assert_alone()
    court = Court(port=HTTPS_PORT)
    try:
        yield court
    finally:
        court.stop()


def trust_hashed(ca_file):
    """Puts an authority where OpenSSL finds it by its hash; returns the link."""
    certificate = STORE / "practice-court.pem"
    certificate.write_bytes(ca_file.read_bytes())
    certificate.chmod(0o644)
    name = subprocess.run(["openssl", "x509", "-noout", "-subject_hash", "-in", certificate],
                          stdout=subprocess.PIPE, text=True, check=True).stdout.strip()
    link = STORE / f"{name}.0"
    link.unlink(missing_ok=True)
    os.symlink(certificate.name, link)
    return link


def hash_links():
    """The links that make the store a hashed one."""
    return [path for path in STORE.iterdir() if path.is_symlink() and path.suffix[1:].isdigit()]
