# SPDX-License-Identifier: MIT
"""What is random in a court's link procedure: paths, names and wording, new at each start."""

import dataclasses

# Public: the procedure of ALND, the PACER FAQ, and the pages of ord, mdd and wvsd.
PUBLIC_ENTRIES = ("Link a CM/ECF account to my PACER account",
                  "Link a CM/ECF Account to my PACER Account")
PUBLIC_GROUPS = ("Your Account", "NextGen Release 1.1 Menu Items")

INTRODUCTIONS = (
    "Practice: enter the login that this court gave you.",
    "Practice: your court login and your PACER account become one here.",
)
QUESTIONS = (
    "Practice: are these two names the same person?",
    "Practice: compare the names. Submit makes the link.",
)
SUCCESSES = (
    "Practice: your accounts are now linked.",
    "Practice: done. Use your PACER account for filing in this court.",
)


@dataclasses.dataclass
class Shape:
    entrance_path: str  # where the front page's entry leads when login.pl shows nothing
    link_path: str
    other_link_path: str
    submit_path: str
    confirm_path: str
    login_field: str
    password_field: str
    key_field: str
    button: tuple
    confirm_button: tuple
    entry: str
    group: str
    pacer_row_first: bool
    introduction: str
    question: str
    success: str


def word(rng, length=8):
    return "".join(rng.choice("bcdfghjklmnpqrstvwxz") for _ in range(length))


def shape(rng, court_id):
    """The shape of one court's link procedure; ALND keeps the words of its own procedure."""
    paths = ("entrance_path", "link_path", "other_link_path", "submit_path", "confirm_path")
    return Shape(
        **{path: f"/cgi-bin/{word(rng)}.pl" for path in paths},
        login_field=word(rng),
        password_field=word(rng),
        key_field=word(rng),
        button=(word(rng), "Submit"),
        confirm_button=(word(rng), "Submit"),
        entry=PUBLIC_ENTRIES[0] if court_id == "alnd" else rng.choice(PUBLIC_ENTRIES),
        group=PUBLIC_GROUPS[0] if court_id == "alnd" else rng.choice(PUBLIC_GROUPS),
        pacer_row_first=rng.random() < 0.5,
        introduction=rng.choice(INTRODUCTIONS),
        question=rng.choice(QUESTIONS),
        success=rng.choice(SUCCESSES),
    )
