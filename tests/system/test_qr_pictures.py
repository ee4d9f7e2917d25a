# SPDX-License-Identifier: MIT
"""csolink account otp --qr: the secret from a picture, by the real zbarimg."""

import os
import pathlib
import struct
import subprocess
import time
import zlib

import pytest

from support import authenticator, filer
from support.authenticator import SECRET, uri
from support.filer import LOGIN
from support.places import PATIENCE, PROGRAMS
from support.trace import Trace

ZBARIMG = pathlib.Path("/usr/bin/zbarimg")
# With the library that zbarimg itself brings.
TO_JPEG = """
import ctypes, sys
magick = ctypes.CDLL("libMagickWand-6.Q16.so.6")
magick.NewMagickWand.restype = ctypes.c_void_p
magick.MagickWandGenesis()
wand = ctypes.c_void_p(magick.NewMagickWand())
assert magick.MagickReadImage(wand, sys.argv[1].encode())
assert magick.MagickWriteImage(wand, sys.argv[2].encode())
"""


def png(width, height):
    """A white picture."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(
            ">I", zlib.crc32(kind + data))
    packer = zlib.compressobj()
    row = b"\0" + b"\xff" * ((width + 7) // 8)
    rows = b"".join([packer.compress(row) for _ in range(height)] + [packer.flush()])
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    chunks = chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


@pytest.fixture
def filing(keyring, court, csolink):
    filer.add_account(csolink, otp="ask")
    return csolink


@pytest.fixture
def picture(person):
    """Makes the picture of a text, which qrencode reads from its standard input."""
    def make(text, name="code.png"):
        person.run("qrencode", "-o", person.home / name, input=text)
        return person.home / name
    return make


@pytest.fixture
def file(person):
    """Makes a file of hers with these bytes."""
    def make(name, content, size=None):
        path = person.home / name
        with person.acting():
            path.write_bytes(content)
            os.truncate(path, size or len(content))
        return path
    return make


def read_picture(csolink, path):
    return csolink("account", "otp", f"--qr={path}", LOGIN)


def test_the_secret_of_a_picture_makes_pacers_codes(filing, court, keyring, picture):
    path = picture(authenticator.at_court(court, period=60, digits=8, algorithm="SHA256"))
    result = read_picture(filing, path)
    assert result.status == 0, result.err
    assert "both factors" in result.err
    filing("link", "alnd")
    assert court.state()["sign_ons"] == 1


def test_a_picture_of_a_strange_name_is_read(filing, keyring, picture):
    result = read_picture(filing, picture(uri(), name="-msl:https:%d[0] .png"))
    assert result.status == 0, result.err
    assert keyring.lookup(kind="otp", account=LOGIN) == SECRET


def test_a_jpeg_is_read(filing, keyring, picture, person):
    path = person.home / "code.jpeg"
    person.run("/usr/bin/python3", "-c", TO_JPEG, picture(uri()), path)
    assert read_picture(filing, path).status == 0
    assert keyring.lookup(kind="otp", account=LOGIN) == SECRET


@pytest.mark.parametrize("name, content, size, word", [
    ("blank.png", png(200, 200), None, "no QR code"),
    ("cut.png", png(200, 200)[:60], None, "no QR code"),
    ("bomb.png", png(30000, 30000), None, "no QR code"),
    ("notes.txt", b"otpauth://totp/x?secret=A", None, "neither a PNG nor a JPEG"),
    ("code.svg", b"<svg/>", None, "neither a PNG nor a JPEG"),
    ("empty.png", b"", None, "neither a PNG nor a JPEG"),
    ("huge.png", png(10, 10), 17 * 1024 * 1024, "larger than 16 MiB"),
], ids=lambda value: value if isinstance(value, str) and "." in value else "")
def test_other_files_are_refused_and_change_nothing(
        filing, keyring, file, name, content, size, word):
    before = keyring.items()
    result = read_picture(filing, file(name, content, size))
    assert (result.status, word in result.err) == (65, True), result.err
    assert keyring.items() == before


@pytest.mark.parametrize("text, word", [
    ("shopping list", "no QR code with an otpauth"), (uri().replace("totp", "hotp"), "hotp"),
    (uri(digits=4), "digits")])
def test_codes_of_something_else_are_refused_with_their_reason(filing, picture, text, word):
    result = read_picture(filing, picture(text))
    assert (result.status, word in result.err) == (65, True), result.err


def test_what_is_no_file_is_refused_at_once(filing, person):
    fifo = person.home / "fifo.png"
    with person.acting():
        os.mkfifo(fifo)
    begun = time.monotonic()
    for path in [fifo, person.home, person.home / "missing.png", "/dev/zero"]:
        result = read_picture(filing, path)
        assert (result.status, "cannot be read" in result.err) == (65, True), result.err
    assert time.monotonic() - begun < 5 * PATIENCE


def test_a_picture_and_no_secret_is_a_contradiction(filing, picture):
    result = filing("account", "otp", "--otp=ask", f"--qr={picture(uri())}", LOGIN)
    assert (result.status, "--qr" in result.err) == (65, True)


def test_the_picture_is_copied_nowhere(filing, person, picture):
    """ImageMagick copies what it reads through a pipe to /tmp."""
    path, trace = picture(uri()), Trace(person.home)
    with person.popen([*trace.under, PROGRAMS / "csolink", "account", "otp", f"--qr={path}", LOGIN],
                      env=trace.environment, stderr=subprocess.PIPE, text=True) as process:
        _, err = process.communicate(timeout=30)
    assert process.returncode == 0, err
    calls, = [text for file in person.home.glob("trace.*")
              if "png:/proc/self/fd/0" in (text := file.read_text())]
    assert "O_CREAT" not in calls


@pytest.mark.pam  # root alone can hide a program of the system
def test_without_zbarimg_the_sentence_says_so(filing, picture):
    path = picture(uri())
    subprocess.run(["mount", "--bind", "/dev/null", ZBARIMG], check=True)
    try:
        result = read_picture(filing, path)
    finally:
        subprocess.run(["umount", ZBARIMG], check=True)
    assert (result.status, "zbarimg" in result.err, "not installed" in result.err) == (
        65, True, True)
