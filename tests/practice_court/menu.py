# SPDX-License-Identifier: MIT
"""The menu bar of CM/ECF and the page around the main content, district and bankruptcy."""

from html import escape
import json

import markup

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


def page(court, traits, user_id, main, base=""):
    """A whole page; user_id is SIGNED_IN_ONLY for an account without a filing login here."""
    script = ""
    if family(court) == "bankruptcy":
        role = "web" if user_id == SIGNED_IN_ONLY else "aty"
        script = f'<script>document.cookie = "PRTYPE={role}; path=/;"</script>'
    title = escape(court["name"])
    top = ' id="topmenu"' if traits["top_menu"] == "with_id" else ""
    return f"""<html><head>{base}<link rel="shortcut icon"  href="/favicon.ico"/>\
<title>{title} CM/ECF NextGen</title>
<script type="text/javascript">var default_base_path = "/"; </script>{script}
<script type="text/javascript" src="/lib/core.js"></script>\
<script type="text/javascript" src="/cgi-bin/menu.pl?id={user_id}"></script></head>\
<body BGCOLOR=ADC1CE TEXT=000000 onLoad='SetFocus()'>        \
<div{top} class="yuimenubar">
\t<div class="bd"><img src="/graphics/logo-cmecf-sm.png" class="cmecfLogo" id="cmecfLogo" \
alt="CM/ECF" title="" />
\t<ul class="first-of-type">
{_items(court, traits, user_id)}</ul><hr class="hrmenuseparator"></div></div>
{_search_box()}
<script type="text/javascript">CMECF.MainMenu.createMenu();</script> \
<div id="cmecfMainContent"><input type="hidden" id="cmecfMainContentScroll" value="0">
{main}
</div></body></html>"""


def items(court, traits, user_id):
    """Pairs of href and label of the menu bar, in order."""
    suffix = f"&id={user_id}" if family(court) == "bankruptcy" else ""
    menus = [("Reports", "Reports")]
    if traits["utilities_menu"] == "shown":
        menus.append(("Utilities", "<u>U</u>tilities"))
    if user_id != SIGNED_IN_ONLY:
        filing = FILING_ITEMS[family(court)]
    else:
        filing = []
    return [
        *((f"/cgi-bin/DisplayMenu.pl?{name}{suffix}", label + ARROW) for name, label in filing),
        ("/cgi-bin/iquery.pl", "<u>Q</u>uery"),
        *((f"/cgi-bin/DisplayMenu.pl?{name}{suffix}", label + ARROW) for name, label in menus),
    ]


def _items(court, traits, user_id):
    rows = [(markup.attribute(traits, "href", href), markup.label(traits, label))
            for href, label in items(court, traits, user_id)]
    if user_id != SIGNED_IN_ONLY:
        rows.append(("href='javascript: CMECF.MainMenu.searchPrompt();'", "Search"))
    rows.append(('onClick="CMECF.MainMenu.showHelpPage(); return false" ', "Help"))
    log_out = markup.attribute(traits, "href", "/cgi-bin/login.pl?logout")
    rows.append((log_out, traits["log_out"]))
    return "\n".join(_item(attribute, label) for attribute, label in rows)


def _item(attribute, label):
    return (f'<li class="yuimenubaritem"><a class="yuimenubaritemlabel" {attribute}>'
            f"{label}</a></li>")


def _search_box():
    return """<form name="menuSearch" action="/cgi-bin/iquery.pl" method="POST">
<input type="text" name="search_text"><input type="submit" value="Search"></form>"""


def script(court, traits, user_id, entries):
    """The body of menu.pl: the same menu, and the Utilities entries, for scripts."""
    rows = [*items(court, traits, user_id), *entries]
    lines = ",\n".join(f"  {{ text: {json.dumps(label)}, url: {json.dumps(href)} }}"
                       for href, label in rows)
    return f"CMECF.MainMenu.items = [\n{lines}\n];\n"
