# SPDX-License-Identifier: MIT
"""Where the tree, the build and the programs are, and how this run was asked to check them."""

import os
import pathlib

TREE = pathlib.Path(__file__).resolve().parents[3]
BUILD = TREE / os.environ.get("CSOLINK_BUILD", "build")
AS_ROOT = os.geteuid() == 0

# In root's machine the programs are installed, for the person may not be able to read the tree.
PROGRAMS = pathlib.Path("/usr/local/bin") if AS_ROOT else BUILD

CSOLINK = pathlib.Path("/usr/local/bin/csolink")
SESSION = pathlib.Path("/usr/local/libexec/csolink/csolink-session")
WORKER = SESSION.with_name("csolink-net")

SANITIZERS = "" if BUILD.name == "build" else BUILD.name
# Repeats the paths, field names and people of a practice court that a failed test has named.
SEED = os.environ.get("CSOLINK_SEED") or None
VALGRIND = os.environ.get("CSOLINK_VALGRIND") == "1"

# valgrind makes everything slower by this factor at most.
PATIENCE = 10 if VALGRIND else 2 if SANITIZERS else 1
