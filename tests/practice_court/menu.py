# SPDX-License-Identifier: MIT
"""The menu bar of CM/ECF and the page around the main content, district and bankruptcy."""

from html import escape

SIGNED_IN_ONLY = -1

FILING_ITEMS = {
    "district": [("CivilEvents", "C<u>i</u>vil"), ("CriminalEvents", "Crimi<u>n</u>al")],
    "bankruptcy": [("BankruptcyEvents", "<u>B</u>ankruptcy"),
                   ("AdversaryEvents", "<u>A</u>dversary")],
}
ARROW = " <div class='spritedownarrow'></div>"


def family(court):
    """Courts that are neither bankruptcy nor appellate run the district software."""
    return "bankruptcy" if court["type"] == "bankruptcy" else "district"


def page(court, user_id, main):
    """A whole page; user_id is SIGNED_IN_ONLY for an account without a filing login here."""
    script = ""
    if family(court) == "bankruptcy":
        role = "web" if user_id == SIGNED_IN_ONLY else "aty"
        script = f'<script>document.cookie = "PRTYPE={role}; path=/;"</script>'
    title = escape(court["name"])
    return f"""<html><head><link rel="shortcut icon"  href="/favicon.ico"/>\
<title>{title} CM/ECF NextGen</title>
<script type="text/javascript">var default_base_path = "/"; </script>{script}
<script type="text/javascript" src="/lib/core.js"></script>\
<script type="text/javascript" src="/cgi-bin/menu.pl?id={user_id}"></script></head>\
<body BGCOLOR=ADC1CE TEXT=000000 onLoad='SetFocus()'>        \
<div id="topmenu" class="yuimenubar">
\t<div class="bd"><img src="/graphics/logo-cmecf-sm.png" class="cmecfLogo" id="cmecfLogo" \
alt="CM/ECF" title="" />
\t<ul class="first-of-type">
{_items(court, user_id)}</ul><hr class="hrmenuseparator"></div></div>
{_search_box()}
<script type="text/javascript">CMECF.MainMenu.createMenu();</script> \
<div id="cmecfMainContent"><input type="hidden" id="cmecfMainContentScroll" value="0">
{main}
</div></body></html>"""


def items(court, user_id):
    """Pairs of href and label of the menu bar, in order."""
    suffix = f"&id={user_id}" if family(court) == "bankruptcy" else ""
    menus = [("Reports", "Reports"), ("Utilities", "<u>U</u>tilities")]
    if user_id != SIGNED_IN_ONLY:
        filing = FILING_ITEMS[family(court)]
    else:
        filing = []
    return [
        *((f"/cgi-bin/DisplayMenu.pl?{name}{suffix}", label + ARROW) for name, label in filing),
        ("/cgi-bin/iquery.pl", "<u>Q</u>uery"),
        *((f"/cgi-bin/DisplayMenu.pl?{name}{suffix}", label + ARROW) for name, label in menus),
    ]


def _items(court, user_id):
    rows = [_item(f"href='{href}'", label) for href, label in items(court, user_id)]
    if user_id != SIGNED_IN_ONLY:
        rows.append(_item("href='javascript: CMECF.MainMenu.searchPrompt();'", "Search"))
    rows.append(_item('onClick="CMECF.MainMenu.showHelpPage(); return false" ', "Help"))
    rows.append(_item("href='/cgi-bin/login.pl?logout'", "Log Out"))
    return "\n".join(rows)


def _item(attribute, label):
    return (f'<li class="yuimenubaritem"><a class="yuimenubaritemlabel" {attribute}>'
            f"{label}</a></li>")


def _search_box():
    return """<form name="menuSearch" action="/cgi-bin/iquery.pl" method="POST">
<input type="text" name="search_text"><input type="submit" value="Search"></form>"""


def script(court, user_id, entries):
    """The body of menu.pl: the same menu, and the Utilities entries, for scripts."""
    rows = [*items(court, user_id), *entries]
    lines = ",\n".join(f'  {{ text: "{label}", url: "{href}" }}' for href, label in rows)
    return f"CMECF.MainMenu.items = [\n{lines}\n];\n"
