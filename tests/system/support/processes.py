# SPDX-License-Identifier: MIT
"""Children of a process, those that nobody waited for, and what processes wait for."""

import ctypes
import os
import pathlib
import signal
import time

from support.places import PATIENCE

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


def wait_until_all_wait(processes):
    """They have opened the file of the run lock, which comes after all that they read before."""
    for process in processes:
        end = time.monotonic() + 20 * PATIENCE
        while not any(path.endswith(".run") for path in open_files(process.pid)):
            assert time.monotonic() < end and process.poll() is None
            time.sleep(0.02)


def open_files(process_id):
    folder = f"/proc/{process_id}/fd"
    for name in os.listdir(folder):
        try:
            yield os.readlink(f"{folder}/{name}")
        except FileNotFoundError:
            continue
