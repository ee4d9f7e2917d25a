# SPDX-License-Identifier: MIT
"""A court's front page: how one gets to it, its filing entry, and the decoys beside it."""

from html import escape

import menu
import pages

INDEX = "/cgi-bin/ShowIndex.pl"
ENTRANCE = "/cgi-bin/login.pl"


def training_host_of(court):
    """The decoy that some bankruptcy front pages carry beside the real entry."""
    return court["host"].replace("ecf.", "ecf-train.", 1)


def way(court, traits):
    """How "/" leads to the front page: a redirect's Location, or the page's text."""
    name = traits["front"]
    if name == "by_type":
        is_district = menu.family(court) == "district" and court["type"] != "appellate"
        name = "meta" if is_district else "page"
    ways = {"meta": (None, pages.meta_refresh(INDEX)),
            "script": (None, pages.script_location(INDEX)),
            "http": (INDEX, "")}
    return ways.get(name, (None, None))


def page(court, traits, entrance):
    """The page with the filing entry; entrance is the path that it leads to."""
    name = escape(court["name"].upper())
    make = ENTRIES.get(traits["front"]) or BY_TYPE.get(court["type"], _dashed)
    return f"""<html><head><title>{name}</title></head><body>
<!-ShowPage(index.html)->
<h2>Welcome to the {name}</h2>
{make(court, name, entrance)}
<p>24 hours a day, 7 days a week, except for maintenance.</p>
<a href='/cgi-bin/CourtInfo.pl?location=main'>Court Information</a>
</body></html>"""


def _dashed(_court, _name, entrance):
    return f'<a href="{entrance}">CM/ECF &ndash; Document Filing System</a>'


def _hyphened(_court, name, entrance):
    return f'<p><A HREF="{entrance}">{name} - Document Filing System</A></p>'


def _appellate(_court, _name, _entrance):
    return '<a href="/n/AttorneyFiling/login.jsf">CM/ECF Document Filing System</a>'


def _decoy_host(court, name, entrance):
    training = escape(training_host_of(court))
    return (f'<p>Practice: <a href="https://{training}{entrance}">{name}\n (training) - Document '
            f"Filing System</a></p>\n{_hyphened(court, name, entrance)}")


def _decoy_path(court, name, entrance):
    return (f'<p>Practice: <a href="/cmecf-train{entrance}">{name} Document Filing System, '
            f"training</a></p>\n{_hyphened(court, name, entrance)}")


def _absolute_official(court, _name, entrance):
    return (f'<A HREF="https://{court["host"]}{entrance}">OFFICIAL COURT ELECTRONIC DOCUMENT\n'
            "FILING SYSTEM</A>")


def _nextgen_suffix(_court, name, entrance):
    return f"<a href='{entrance}'>{name} - <b>Document Filing System</b> (NextGen v1.7.1)</a>"


def _live_database(_court, name, entrance):
    return f"<a href='{entrance}'>{name} -\xa0Document Filing System (Live Database)</a>"


def _none(_court, _name, _entrance):
    return "<p>Practice: this court's filing system is closed.</p>"


BY_TYPE = {"appellate": _appellate, "bankruptcy": _decoy_host}
ENTRIES = {
    "absolute_official": _absolute_official, "nextgen_suffix": _nextgen_suffix,
    "live_database": _live_database, "decoy_host": _decoy_host, "decoy_path": _decoy_path,
    "none": _none,
}
