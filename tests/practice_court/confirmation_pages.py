# SPDX-License-Identifier: MIT
"""Step 8: the confirmation page, with the two names in every layout. All words are invented."""

from html import escape

import login_pages
import markup

COURT, PACER = "CM/ECF", "PACER"


def page(shape, traits, attributes, hidden, names):
    """names: the court's ("cmecf") and PACER's ("pacer"); what is linked cannot be undone."""
    pairs = [(COURT, names["cmecf"]), (PACER, names["pacer"])]
    if {"any": shape.pacer_row_first, "pacer": True, "cmecf": False}[traits["first_name_shown"]]:
        pairs.reverse()
    above, rows = LAYOUTS[traits["confirmation"]](pairs)
    made = markup.form(traits, attributes, hidden, rows, shape.confirm_button,
                       "<input type='button' value='Back' onclick='history.back()'>")
    return f"""<h2>{escape(shape.entry)}</h2>
<p>{escape(shape.question)}</p>
{above}{login_pages.around(traits, made)}"""


def _row(*cells, tag="td"):
    return "<tr>" + "".join(f"<{tag}>{cell}</{tag}>" for cell in cells) + "</tr>\n"


def _labelled(pairs):
    return "", "".join(_row(f"{side} name:", escape(name)) for side, name in pairs)


def _columns(pairs):
    head = _row("", *(f"{side} account" for side, _ in pairs), tag="th")
    names = _row("Name", *(escape(name) for _, name in pairs))
    return f"<table>{head}{names}{_row('Role', 'Attorney', 'Attorney')}</table>", ""


def _transposed(pairs):
    head = _row("Account", "Name", "Role", tag="th")
    rows = "".join(_row(side, escape(name), "Attorney") for side, name in pairs)
    return f"<table>{head}{rows}</table>", ""


def _split_names(pairs):
    """"Jane Q. Doe" as first, middle and last name."""
    parts = [[escape(part) for part in (name.split()[0], " ".join(name.split()[1:-1]),
                                        name.split()[-1])] for _, name in pairs]
    head = _row("", *(side for side, _ in pairs), tag="th")
    rows = "".join(_row(title, *row) for title, *row in
                   zip(("First name", "Middle name", "Last name"), *parts))
    return f"<table>{head}{rows}</table>", ""


def _dl(pairs):
    return "<dl>" + "".join(f"<dt>Name in {side}</dt><dd>{escape(name)}</dd>"
                            for side, name in pairs) + "</dl>", ""


def _inputs(pairs):
    return "", "".join(_row(f"{side} name", f'<input type="text" value="{escape(name)}" disabled>')
                       for side, name in pairs)


def _no_names(_pairs):
    return "", ""


LAYOUTS = {"labelled": _labelled, "columns": _columns, "transposed": _transposed,
           "split_names": _split_names, "dl": _dl, "inputs": _inputs, "no_names": _no_names}
