# SPDX-License-Identifier: MIT
"""The Utilities page: its groups, and the link entry among them in all its forms."""

from html import escape

import markup
from shape import PUBLIC_GROUPS

# Public: the PACER FAQ, for appellate courts; the others are the public words in another dress.
FILER_ENTRY = "Link my filer account to my PACER account"


def entry_text(shape, traits):
    """The link entry as HTML."""
    return {
        "any_public": escape(shape.entry), "lower": shape.entry.lower(),
        "upper": shape.entry.upper(), "filer": FILER_ENTRY,
        "in_tags": "<u>L</u>ink a <b>CM/ECF</b>&nbsp;account\n  <div>to my PACER&#32;account</div>",
    }[traits["entry_text"]]


def entry_address(shape):
    return f"{shape.link_path}?{shape.login_field}=1&step=0"


def is_on_page(traits):
    return traits["entry"] not in ("none", "menu_script") and traits["utilities_menu"] == "shown"


def page(court, shape, traits, with_entry, elsewhere=None):
    """The main part; elsewhere: an address that the entry leads to instead of the right one."""
    entries = ENTRIES[traits["entry"]](court, shape, traits, elsewhere) if with_entry else []
    groups = {
        "any_public": _lists, "your_account": _lists, "release_items": _lists,
        "flat": _flat, "nested": _nested, "table": _table,
    }
    words = {"your_account": PUBLIC_GROUPS[0], "release_items": PUBLIC_GROUPS[1]}
    heading = words.get(traits["grouping"], shape.group)
    first = [_link(traits, "/cgi-bin/iquery.pl?account", "View your transaction log"), *entries,
             _link(traits, "/cgi-bin/login.pl?logout", "Logout")]
    others = [_link(traits, "/cgi-bin/CourtInfo.pl?location=main", "Court Information")]
    return "<h2>Utilities</h2>\n" + groups[traits["grouping"]](heading, first, others)


def _lists(heading, first, others):
    return "".join(f"<h3>{escape(title)}</h3><ul>\n" + _rows(rows) + "</ul>\n"
                   for title, rows in ((heading, first), ("Miscellaneous", others)))


def _rows(rows):
    return "\n".join(f"<li>{row}</li>" for row in rows)


def _flat(_heading, first, others):
    return "<br>\n".join([*first, *others])


def _nested(heading, first, others):
    return (f"<ul><li>{escape(heading)}<ul><li>Practice: accounts<ul>{_rows(first)}</ul></li></ul>"
            f"</li><li>Miscellaneous<ul>{_rows(others)}</ul></li></ul>")


def _table(heading, first, others):
    rows = "".join(f"<tr><td>{one}</td><td>{other}</td></tr>\n"
                   for one, other in zip(first, others + [""] * len(first)))
    return f"<table><tr><th>{escape(heading)}</th><th>Miscellaneous</th></tr>\n{rows}</table>"


def _link(traits, address, text):
    return f"<a {markup.attribute(traits, 'href', address)}>{text}</a>"


def _entry_at(traits, shape, address):
    return _link(traits, address, entry_text(shape, traits))


def _relative(_court, shape, traits, elsewhere):
    return [_entry_at(traits, shape, elsewhere or entry_address(shape))]


def _absolute(court, shape, traits, _elsewhere):
    return [_entry_at(traits, shape, f"https://{court['host']}{entry_address(shape)}")]


def _base(_court, shape, traits, _elsewhere):
    return [_entry_at(traits, shape, markup.relative_to_base(entry_address(shape)))]


def _button(method):
    def make(_court, shape, traits, elsewhere):
        action = markup.attribute(traits, "action", elsewhere or shape.link_path)
        text = entry_text(shape, traits)
        return [f"<form method={method} {action}><input type=hidden name={shape.login_field} "
                f'value=1><input type="submit" value="{text}"></form>']
    return make


def _twice_same(_court, shape, traits, _elsewhere):
    return 2 * [_entry_at(traits, shape, entry_address(shape))]


def _twice_different(_court, shape, traits, _elsewhere):
    return [_entry_at(traits, shape, address)
            for address in (entry_address(shape), f"{shape.other_link_path}?1")]


def _as_log_out(_court, shape, traits, _elsewhere):
    return [_entry_at(traits, shape, "/cgi-bin/login.pl?logout")]


def _no_entry(_court, _shape, _traits, _elsewhere):
    return []


ENTRIES = {
    "relative": _relative, "absolute": _absolute, "base": _base, "menu_script": _no_entry,
    "button_post": _button("post"), "button_get": _button("get"), "twice_same": _twice_same,
    "twice_different": _twice_different, "as_log_out": _as_log_out, "none": _no_entry,
}
