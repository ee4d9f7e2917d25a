# SPDX-License-Identifier: MIT
"""What csolink says to csolink-net: each file of tests/conversations is a test, without a network."""

import pytest

from support import conversation
from support.conversation import Stage

NAMES = sorted(path.stem for path in conversation.FOLDER.glob("*.conversation"))


@pytest.mark.parametrize("name", NAMES)
def test_conversation(keyring, person, csolink, secrets, name):
    secrets.add(*conversation.SECRETS.values())
    stage = Stage(person, csolink)
    before, runs = conversation.runs_of(
        conversation.read(conversation.FOLDER / f"{name}.conversation"))
    stage.prepare(before)
    for run in runs:
        stage.play(run)
