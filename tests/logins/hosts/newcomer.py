# SPDX-License-Identifier: MIT
"""A person with a new account, who has a session only while a login program gives her one."""

import itertools
import pwd
import subprocess

from hosts.machine import introduce
from support.background import background_of, wait_for
from support.person import Person

PASSWORD = "Invented-Login-Password3"
# Nobody's id comes back: systemd does not start one user's manager more than five times in 10 s.
_ids = itertools.count(5001)


class Newcomer(Person):
    """An account that has never logged in. Her runtime directory and bus are the logins'."""

    def __init__(self):
        uid = next(_ids)
        name, self.password = f"newcomer{uid}", PASSWORD
        subprocess.run(["useradd", f"--uid={uid}", "--create-home", "--shell=/bin/bash", name],
                       check=True)
        subprocess.run(["chpasswd"], input=f"{name}:{self.password}\n", text=True, check=True)
        entry = pwd.getpwuid(uid)
        self._become(entry, entry.pw_dir)
        introduce(self)

    def leave(self):
        """Ends what is left of her, and takes the account away."""
        subprocess.run(["pkill", "-KILL", "-u", str(self.uid)], check=False)
        wait_for(lambda: not self._has_processes() and not self.runtime.exists())
        subprocess.run(["userdel", "--remove", self.name], check=True, capture_output=True)

    def has_left(self):
        """Nothing of csolink's runs for her, and her token is gone with the runtime directory."""
        return not self.runtime.exists() and not background_of(self)

    def _has_processes(self):
        return subprocess.run(["pgrep", "-u", str(self.uid)], capture_output=True).returncode == 0
