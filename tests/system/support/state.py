# SPDX-License-Identifier: MIT
"""What csolink remembers of the filer's account, as its file has it."""

import re
import shutil

from support.filer import LOGIN


class State:
    """The state folder of the practice environment."""

    def __init__(self, person, account=LOGIN):
        self._person = person
        self.folder = person.state / "practice"
        self.file = self.folder / f"{account}.state"
        self._kept = person.home / "kept-state"
        self.history = self.folder / f"{account}.history"

    def sign_ons(self):
        """Times of the sign-ons that count for the limit."""
        found = re.search(r"^\[limit\]\nat=(.*)$", self.file.read_text(), re.M)
        return [int(time) for time in found[1].split(";") if time] if found else []

    def pass_seconds(self, seconds):
        """So long ago were the sign-ons."""
        times = "".join(f"{time - seconds};" for time in self.sign_ons())
        text = self.file.read_text()
        self._person.write(self.file,
                           re.sub(r"^(\[limit\]\nat=).*$", rf"\g<1>{times}", text, flags=re.M))

    def pass_seconds_since_runs(self, seconds):
        """So long ago were the last runs at the courts."""
        self._person.write(self.file, re.sub(
            r"^last_at=(\d+)$", lambda found: f"last_at={int(found[1]) - seconds}",
            self.file.read_text(), flags=re.M))

    def keep(self):
        """Copies the folder, for bring_back()."""
        with self._person.acting():
            shutil.copytree(self.folder, self._kept)

    def bring_back(self):
        with self._person.acting():
            shutil.rmtree(self.folder)
            shutil.copytree(self._kept, self.folder)
