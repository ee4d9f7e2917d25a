# SPDX-License-Identifier: MIT
"""The steps of a run: a bar on a terminal, lines where that cannot be, nothing in a pipe."""

import re

import pytest

from support import filer
from support.filer import BANKRUPTCY, COURT, LOGIN

ERASED = "\r\x1b[K"
STEPS = re.compile(r"(\d of \d  )?(\w+) +\[[=> ]{22}\] +(\d+)/11 ([^\r\n]+)")


@pytest.fixture
def filing(keyring, court, csolink):
    filer.set_up_without_codes(csolink, court, COURT, BANKRUPTCY)
    return csolink


def test_one_line_is_drawn_anew_and_gone_before_anything_else(filing):
    with filing.terminal("link", COURT) as terminal:
        assert terminal.wait() == 0
    *drawn, last = terminal.text.split(ERASED)
    assert drawn[0] == "" and last == f"{COURT}: linked, account {LOGIN}\n"
    steps = [STEPS.fullmatch(text) for text in drawn[1:]]
    assert [int(step[3]) for step in steps] == list(range(2, 12))
    assert {step[2] for step in steps} == {COURT}
    assert max(map(len, drawn)) < 80


def test_of_several_courts_it_tells_which_one(filing):
    with filing.terminal("link", COURT, BANKRUPTCY) as terminal:
        assert terminal.wait() == 0
    told = {(step[1], step[2]) for step in STEPS.finditer(terminal.text)}
    assert told == {("1 of 2  ", COURT), ("2 of 2  ", BANKRUPTCY)}
    assert terminal.text.endswith("2 courts: 2 linked\n")


def test_the_line_is_gone_before_a_question(filing, court):
    court.world(accounts={LOGIN: {"name": "John Roe"}})
    with filing.terminal("link", COURT) as terminal:
        terminal.expect(r"yes/no")
        assert re.search(r"\x1b\[K(?!\w+ +\[)[^\x1b]*yes/no", terminal.text)
        terminal.type("no")
        assert terminal.wait() == 3
    assert re.search(r"(\n|\x1b\[K)csolink: \w+ ", terminal.text)


def test_the_line_is_gone_before_a_token_that_is_printed_on_the_terminal(filing):
    with filing.terminal("token", f"--court={COURT}", output=True) as terminal:
        assert terminal.wait() == 0
    assert terminal.text.endswith(ERASED)
    assert len(STEPS.findall(terminal.text)) == 10


@pytest.mark.parametrize("kind", ["dumb", ""])
def test_a_terminal_that_cannot_redraw_gets_lines(filing, kind):
    with filing.terminal("link", COURT, env={"TERM": kind}) as terminal:
        assert terminal.wait() == 0
    assert re.findall(r"csolink: alnd: step +(\d+) of 11: .", terminal.text) == [
        str(step) for step in range(2, 12)]
    assert "\x1b" not in terminal.text and "\r" not in terminal.text


def test_in_a_pipe_it_is_silent_unless_lines_are_asked_for(filing):
    assert filing("link", BANKRUPTCY).err == ""
    lines = filing("link", "--progress", BANKRUPTCY, COURT).err.splitlines()
    assert [line[:37] for line in lines] == [
        f"csolink: {COURT} (2 of 2): step {step:2} of 11" for step in range(3, 12)]


def test_the_line_is_gone_before_a_deadlines_sentence(filing, court, keyring, person):
    person.configure(keyring_timeout=3)
    court.hold("link_form")
    with filing.terminal("link", COURT) as terminal:
        assert court.held() == "link_form"
        keyring.freeze()
        court.release()
        assert terminal.wait() == 75
        keyring.thaw()
    assert re.search(r"\r\x1b\[Kcsolink: timed_out .*keyring", terminal.text)
