# SPDX-License-Identifier: MIT
"""Steps 6, 7 and 9: the form for the filing login, and what follows it. All words are invented."""

from html import escape
import json

import markup
import pages

REFUSALS = {
    "wrong_password": "Practice: the CM/ECF login or password is not correct.",
    "locked": "Practice: too many wrong passwords. Wait before you try again.",
    "linked_elsewhere": "Practice: this CM/ECF login already belongs to another PACER account.",
    "stale_form": "Practice: this form was used already or is not the one that was shown.",
}

SEARCH = """<form name="quick" action="/cgi-bin/iquery.pl" method="POST">
Practice: case <input type="text" name="case_num"><input type="submit" value="Submit"></form>"""
NEW_PASSWORD = """<form action="/cgi-bin/CourtInfo.pl" method="POST">
Practice: new password <input type="text" name="who"><input type="password" name="first">
<input type="password" name="again"><input type="submit" name="go" value="Submit"></form>"""


def around(traits, form):
    """Other forms that a page may have before and after the one that is meant."""
    return SEARCH + form + NEW_PASSWORD if traits["other_forms"] == "around" else form


def form(shape, traits, attributes, hidden, message=""):
    """Steps 6 and 7: the court's login and password."""
    notice = f"<p><b>{escape(message)}</b></p>" if message else ""
    rows = f"""<tr><td>CM/ECF login</td>\
<td><input type='text' name='{shape.login_field}' value=''></td></tr>
<tr><td>CM/ECF password</td>\
<td><input type='password' name='{shape.password_field}' value=''></td></tr>"""
    made = markup.form(traits, attributes, hidden, rows, shape.button,
                       "<input type='reset' value='Clear'>")
    return f"""<h2>{escape(shape.entry)}</h2>{notice}
<p>{escape(shape.introduction)}</p>
{around(traits, made)}"""


def success(shape, by_alert):
    """Step 9: said on the page, or in a pop-up as wvsd tells."""
    if by_alert:
        return f'<script type="text/javascript">alert("{shape.success}");</script>'
    return f"<h2>{escape(shape.entry)}</h2><p>{escape(shape.success)}</p>"


def success_elsewhere(shape, path):
    """The same as a page that is nothing but a pop-up and a way on."""
    return pages.script(f"alert({json.dumps(shape.success)});\nlocation.href = '{path}';")


def refusal(shape, reason):
    return f"<h2>{escape(shape.entry)}</h2><p>{escape(REFUSALS[reason])}</p>"


def refusal_by_alert(reason):
    """A pop-up, and back to the form that the browser still has."""
    return pages.script(f"alert({json.dumps(REFUSALS[reason])});\nhistory.back();")


def refusal_by_text():
    """Public: the words "login attempt failed", of CurrentGen's refusal page."""
    return "<p>Login attempt failed. Practice: go back and try again.</p>"
