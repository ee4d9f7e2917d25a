# SPDX-License-Identifier: MIT
"""Children of a process, and those that nobody waited for."""

import ctypes
import os
import pathlib
import signal

PR_SET_CHILD_SUBREAPER = 36


def children_of(process_id):
    """The process ids of its children."""
    tasks = pathlib.Path(f"/proc/{process_id}/task")
    return [int(child) for task in tasks.iterdir()
            for child in (task / "children").read_text().split()]


def adopt_orphans():
    """What goes on in the background becomes our child when its parent has ended."""
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1)


def end_children():
    """Ends every descendant: the children of one that ends become ours."""
    while children := children_of(os.getpid()):
        for child in children:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
