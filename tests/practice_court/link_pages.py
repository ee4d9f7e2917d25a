# SPDX-License-Identifier: MIT
"""HTML of the link procedure. Every sentence here is invented but for those marked as public."""

import dataclasses
from html import escape

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
REFUSALS = {
    "wrong_password": "Practice: the CM/ECF login or password is not correct.",
    "locked": "Practice: too many wrong passwords. Wait before you try again.",
    "linked_elsewhere": "Practice: this CM/ECF login already belongs to another PACER account.",
    "stale_form": "Practice: this form was used already or is not the one that was shown.",
}


@dataclasses.dataclass
class Shape:
    """What differs from court to court and start to start: paths, names, order, wording."""
    link_path: str
    submit_path: str
    confirm_path: str
    login_field: str
    password_field: str
    button: tuple
    confirm_button: tuple
    entry: str
    group: str
    pacer_row_first: bool
    introduction: str
    question: str
    success: str


def _word(rng, length=8):
    return "".join(rng.choice("bcdfghjklmnpqrstvwxz") for _ in range(length))


def shape(rng, court_id):
    """The shape of one court's link procedure; ALND keeps the words of its own procedure."""
    return Shape(
        link_path=f"/cgi-bin/{_word(rng)}.pl",
        submit_path=f"/cgi-bin/{_word(rng)}.pl",
        confirm_path=f"/cgi-bin/{_word(rng)}.pl",
        login_field=_word(rng),
        password_field=_word(rng),
        button=(_word(rng), "Submit"),
        confirm_button=(_word(rng), "Submit"),
        entry=PUBLIC_ENTRIES[0] if court_id == "alnd" else rng.choice(PUBLIC_ENTRIES),
        group=PUBLIC_GROUPS[0] if court_id == "alnd" else rng.choice(PUBLIC_GROUPS),
        pacer_row_first=rng.random() < 0.5,
        introduction=rng.choice(INTRODUCTIONS),
        question=rng.choice(QUESTIONS),
        success=rng.choice(SUCCESSES),
    )


def utilities(form, with_entry):
    """The Utilities page: groups of entries, the link entry among them while not linked."""
    entry = f"<li><a href='{form.link_path}?{form.login_field}=1'>{escape(form.entry)}</a></li>"
    return f"""<h2>Utilities</h2>
<h3>{escape(form.group)}</h3><ul>
<li><a href='/cgi-bin/iquery.pl?account'>View your transaction log</a></li>
{entry if with_entry else ""}
<li><a href='/cgi-bin/login.pl?logout'>Logout</a></li></ul>
<h3>Miscellaneous</h3><ul>
<li><a href='/cgi-bin/CourtInfo.pl?location=main'>Court Information</a></li></ul>"""


def _form_tag(action):
    return f"<form action='{escape(action)}' enctype='multipart/form-data' method='POST'>"


def _hidden(fields):
    return "".join(f"<input type='hidden' name='{escape(name)}' value='{escape(value)}'>\n"
                   for name, value in fields.items())


def _button(pair):
    name, value = pair
    return f"<input type='submit' name='{name}' value='{value}'>"


def link_form(form, action, hidden, message=""):
    """Steps 6 and 7: the court's login and password."""
    notice = f"<p><b>{escape(message)}</b></p>" if message else ""
    return f"""<h2>{escape(form.entry)}</h2>{notice}
<p>{escape(form.introduction)}</p>
{_form_tag(action)}
{_hidden(hidden)}<table>
<tr><td>CM/ECF login</td><td><input type='text' name='{form.login_field}' value=''></td></tr>
<tr><td>CM/ECF password</td>\
<td><input type='password' name='{form.password_field}' value=''></td></tr></table>
{_button(form.button)} <input type='reset' value='Clear'></form>"""


def confirmation(form, action, hidden, cmecf_name, pacer_name, with_names):
    """Step 8: the two names, and the Submit that cannot be undone."""
    rows = [f"<tr><td>CM/ECF name:</td><td>{escape(cmecf_name)}</td></tr>",
            f"<tr><td>PACER name:</td><td>{escape(pacer_name)}</td></tr>"]
    if form.pacer_row_first:
        rows.reverse()
    table = "<table>" + "\n".join(rows) + "</table>" if with_names else ""
    return f"""<h2>{escape(form.entry)}</h2>
<p>{escape(form.question)}</p>
{_form_tag(action)}
{_hidden(hidden)}{table}
{_button(form.confirm_button)} <input type='button' value='Back' onclick='history.back()'></form>"""


def success(form, by_alert):
    """Step 9: said on the page, or in a pop-up as wvsd tells."""
    if by_alert:
        return f'<script type="text/javascript">alert("{form.success}");</script>'
    return f"<h2>{escape(form.entry)}</h2><p>{escape(form.success)}</p>"


def refusal(form, reason):
    return f"<h2>{escape(form.entry)}</h2><p>{escape(REFUSALS[reason])}</p>"
