# SPDX-License-Identifier: MIT
"""What holds for every test: no known secret in any output, no report of a memory checker."""

import pathlib
import re
import tempfile

from support.places import SANITIZERS, TREE, VALGRIND

TOKEN = re.compile(r"[A-Za-z0-9]{128}")


class Secrets:
    """The secrets that a test knows of, and all output that must not contain them."""

    def __init__(self):
        self._known = set()
        self._outputs = []

    def add(self, *secrets):
        self._known.update(secret for secret in secrets if secret)

    def add_world(self, world):
        """Everything secret in the practice court's world."""
        for account in world["accounts"].values():
            self.add(account.get("password"), account.get("otp_secret"),
                     *account.get("backup_codes", []))
        for court in world["courts"].values():
            self.add(*(login["password"] for login in court.get("filing_logins", {}).values()))

    def add_tokens(self, directory):
        """Every token that is kept in this directory now."""
        for path in directory.glob("*"):
            self.add(*TOKEN.findall(path.read_text(errors="replace")))

    def watch(self, source, text):
        """Remembers output in which no secret may stand, whenever the secret becomes known."""
        self._outputs.append((source, text))

    def leaks(self):
        """Where secrets stand; the secrets themselves are not told."""
        return [source for source, text in self._outputs
                if any(secret in text for secret in self._known)]


class MemoryReports:
    """Reports of valgrind and of the sanitizers go to files, apart from what csolink writes."""

    def __init__(self):
        self._directory = pathlib.Path(tempfile.mkdtemp(prefix="reports-"))
        self._directory.chmod(0o777)
        self._suppressions = self._directory.with_suffix(".supp")
        self._suppressions.write_text((TREE / "tests/glib.supp").read_text() if VALGRIND else "")
        self._suppressions.chmod(0o644)

    def wrap(self, command):
        """The command under valgrind, where that was asked for."""
        if not VALGRIND:
            return command
        return ["valgrind", "-q", "--error-exitcode=99", "--leak-check=full",
                "--errors-for-leak-kinds=definite", "--trace-children=yes",
                "--trace-children-skip=*/pinentry*,*/played-csolink/csolink-net",
                f"--suppressions={self._suppressions}", f"--log-file={self._directory}/%p",
                *command]

    def environment(self):
        if not SANITIZERS:
            return {}
        options = f"log_path={self._directory}/report:exitcode=99"
        return {"ASAN_OPTIONS": options, "UBSAN_OPTIONS": f"{options}:print_stacktrace=1"}

    def take(self):
        """The text of all reports, "" where there is none; and removes them."""
        text = ""
        for report in self._directory.iterdir():
            text += report.read_text()
            report.unlink()
        self._directory.rmdir()
        self._suppressions.unlink()
        return text
