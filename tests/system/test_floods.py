# SPDX-License-Identifier: MIT
"""Courts, and a sign-on service, that answer too much: at each stage, and of each kind."""

import pytest

from support import places
from support.hostile_court import EXIT, WORKER_SECONDS, Hostile, assert_bounded, assert_passed
from support.hostile_court import new_office
from support.office import SIGN_ON_HOST

pytestmark = pytest.mark.skipif(
    places.VALGRIND, reason="it takes more processor time than csolink-net has")

TOO_MANY, TOO_LARGE = "the page has too many elements", "the page is larger than 2 MiB"
TOO_LONG = "the head of the answer is larger than 32 KiB"

# Where a page is read, and what a court needs for it to be asked.
STAGES = {"front": {"login_pl": "nothing"}, "login": {}, "menu": {"entry": "menu_script"},
          "utilities": {}, "link_form": {}, "submit": {}, "confirm": {}}
BEFORE_A_LINK = [stage for stage in STAGES if stage != "confirm"]
TAGS = ("<div>", "<b>", "<p><i>", "<table><tr><td>", "<form><input>", "<a href=x>", "<svg>", "<br>",
        "<script>x</script>")


def flood(name, status, stage, says="", fault="nested", /, **options):
    return Hostile(f"{name} at {stage}", status, {"fault": fault, "stage": stage, **options},
                   STAGES[stage], stage, says)


def script(statements):
    """2 MB of them."""
    return {"begin": "<script>", "tag": statements, "end": "</script>"}


PAGES = [
    *(flood("5 MB", "court_error", stage, TOO_LARGE, "big_page") for stage in BEFORE_A_LINK),
    *(flood("2 MB of <a>", "court_error", stage, TOO_MANY, tag="<a href=x>")
      for stage in BEFORE_A_LINK),
    flood("5 MB", "ok", "confirm", "", "big_page"),
    flood("2 MB of <a>", "ok", "confirm", tag="<a href=x>"),
    *(flood(f"2 MB of {tag}", "court_error", "login", TOO_MANY, tag=tag) for tag in TAGS),
]
# What a page may have, where it is read by those who look for it.
READ = [
    flood("2 MB of text", "ok", "login", tag="&lt;\n"),
    flood("2 MB of names", "page_not_recognised", "submit", tag="CM/ECF name: ", place="</form>"),
    flood("a style of 2 MB", "ok", "submit", begin="<p style='", tag="display ", end="'></p>",
          place="</form>"),
    flood("a label of 2 MB", "ok", "utilities", begin="<a href=x>", tag="link my ", end="</a>"),
    flood("a link of 2 MB", "ok", "utilities", begin="<a href='", tag="../", end="'>x</a>"),
    flood("5000 hidden fields", "page_not_recognised", "submit", bytes=180_000,
          tag="<input type=hidden name=x value=y>", place="</form>"),
    flood("2 MB of alerts", "ok", "confirm", **script("alert('x');")),
    flood("an alert without end", "ok", "confirm", **script("alert(")),
    flood("2 MB of slashes", "ok", "utilities", **script("/")),
    flood("2 MB of menu", "ok", "menu", tag="{text:'x',url:'y'},"),
    flood("2 MB of ways elsewhere", "ok", "front", **script("window.location='/x';")),
    flood("a refresh of 2 MB", "court_error", "front", "too long",
          begin="<meta http-equiv=refresh content='0;url=/", tag="x", end="'>"),
]
ANSWERS = [
    *(flood(f"{part} without end", "court_error", stage, says, "unending", part=part)
      for stage in ("login", "submit")
      for part, says in (("head", TOO_LONG), ("interim", TOO_LONG), ("trailer", TOO_LONG),
                         ("body", TOO_LARGE))),
    *(flood(f"{part} that drips", "timed_out", "login", "", "unending", part=part, seconds=0.2)
      for part in ("head", "interim", "trailer")),
    flood("a header of 1 MB", "court_error", "login", "too long", "headers",
          value=1_000_000 * "x"),
    flood("1000 cookies", "ok", "utilities", "", "headers",
          name="Set-Cookie", value="n{}=v", count=1000),
    flood("800 tokens", "court_error", "utilities", "fresh token", "headers",
          name="Set-Cookie", value="NextGenCSO=Invented{}", count=800),
    flood("a packed body", "page_not_recognised", "utilities", "", "bomb"),
    flood("a packed transfer", "court_error", "utilities", TOO_LARGE, "bomb",
          header="Transfer-Encoding"),
]
JSON = {
    "5 MB": {"fault": "big_page"},
    "2 MB of objects": {"begin": ', "x": [0', "tag": ",{}", "end": "]", "place": "}"},
    "a list without end": {"begin": ', "x": ', "tag": "[", "place": "}"},
    "words of 2 MB": {"tag": "x", "place": '"}'},
    "a body without end": {"fault": "unending", "part": "body"},
    "a trailer without end": {"fault": "unending", "part": "trailer"},
}

office = pytest.fixture(scope="module")(new_office)


@pytest.mark.parametrize("hostile", PAGES + READ + ANSWERS,
                         ids=lambda row: row.name.replace(" ", "_"))
def test_a_court_that_floods_is_named_and_the_next_one_is_linked(office, hostile):
    assert_passed(office, hostile)


@pytest.mark.parametrize("name", JSON)
def test_a_sign_on_service_that_floods_is_named(office, name):
    office.sign_off()
    before = office.court.state()["sign_on_requests"]
    office.court.fault(**{"fault": "nested", "stage": "sign_on", "host": SIGN_ON_HOST, **JSON[name]})
    result, taken = office.timed("token")
    office.court.clear_faults()
    assert (result.status, result.out) == (EXIT["court_error"], ""), result.err
    assert_bounded(taken, WORKER_SECONDS)
    seen = office.court.state()
    assert (seen["sign_on_requests"] - before, seen["violations"]) == (1, [])
    office.sign_on()  # the password is as good as before
