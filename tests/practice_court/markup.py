# SPDX-License-Identifier: MIT
"""How a court writes what all its pages have: attributes, charset, forms and their buttons."""

from html import escape
import re

from exchange import Answer

# Browsers submit the form of a UTF-16 page in UTF-8 (HTML, "form submission encoding"), and take
# ISO-8859-1 for windows-1252 (WHATWG, Encoding).
SUBMITTED_IN = {"utf-16": "utf-8", "iso-8859-1": "windows-1252"}

NON_ASCII = {
    "utf-8": "Zürich – “25 €” ✓",
    "iso-8859-1": "Núñez & Müller, ½ £",
    "iso-8859-2": "Łódź, Dvořák, Erdős",
    "shift_jis": "表示 ソフト 能力",  # each with a second byte of 5c, ASCII's backslash
    "utf-16": "Žluťoučký kůň 馬",
}
# A page that is not in UTF has the last two as references; windows-1252 can send the euro sign.
WITH_ENTITIES = "a&b \"c\" <d> 'e' \u00a0é &amp; ?x=1&copy=2 € ✓"


def html(traits, text, status=200):
    """A page in the court's charset."""
    charset = traits["charset"]
    return Answer(status=status, body=text.encode(charset, "xmlcharrefreplace"),
                  content_type=f"text/html; charset={charset}")


def attribute(traits, name, value):
    """name='value' as this court writes links."""
    mark = {"single": "'", "double": '"'}[traits["quotes"]]
    if traits["ampersands"] == "escaped":
        value = escape(value)
    return f"{name}={mark}{value}{mark}"


def label(traits, text):
    """The text of a menu item, which may come with tags."""
    return text if traits["labels"] == "marked" else re.sub(r"<[^>]*>", "", text).strip()


def base_tag(traits, host, *names):
    """The base element of a page one of whose traits of these names is "base"."""
    if "base" not in (traits[name] for name in names):
        return ""
    return f'<base href="https://{host}/cgi-bin/deep/below/">'


def relative_to_base(path):
    """The reference that leads to the path from a page with base_tag()."""
    return f"../../..{path}"


def hidden_values(traits, random_value):
    """Values of hidden fields, as they must come back."""
    odd = {"plain": random_value, "entities": WITH_ENTITIES,
           "non_ascii": NON_ASCII[traits["charset"]]}
    return [random_value, odd[traits["hidden"]]]


def submitted(traits, text):
    """The bytes that a browser sends for a text of the page; &#NUMBER; for what they cannot say."""
    charset = traits["charset"]
    return text.encode(SUBMITTED_IN.get(charset, charset), "xmlcharrefreplace")


def form(traits, attributes, hidden, content, button, clear):
    """A form. attributes: action and so on; button: name and value; clear: a button that does
    nothing at the court. `table` says whether it begins inside of its table, which is no HTML."""
    fields = "".join(f"<input type='hidden' name='{name}' value='{escape(value)}'>\n"
                     for name, value in hidden.items())
    opening = "<form " + " ".join(f"{name}='{escape(value)}'"
                                  for name, value in attributes.items()) + ">"
    last_row = f"<tr><td>{fields}{BUTTONS[traits['buttons']](button)} {clear}</td></tr>"
    if traits["table"] == "around":
        return f"<table>{opening}\n{content}{last_row}</form></table>"
    return f"{opening}\n<table>{content}{last_row}</table></form>"


def _input(kind, pair):
    name, value = pair
    return f"<input type='{kind}' name='{name}' value='{value}'>"


def _one(button):
    return _input("submit", button)


def _with_cancel(button):
    return _input("submit", (f"{button[0]}no", "Cancel")) + _input("submit", button)


def _button_element(button):
    return f"<button name='{button[0]}' value='{button[1]}1'><b>Submit</b></button>"


def _image(button):
    return f"<input type='image' name='{button[0]}' src='/graphics/submit.gif' alt='Submit'>"


def _two_alike(button):
    return _input("submit", button) + _input("submit", (f"{button[0]}no", button[1]))


BUTTONS = {"one": _one, "with_cancel": _with_cancel, "button_element": _button_element,
           "image": _image, "two_alike": _two_alike}


def pressed(traits, button):
    """What the button adds to the form's data: names and values; None: any number."""
    if traits["buttons"] == "image":
        return {f"{button[0]}.x": None, f"{button[0]}.y": None}
    value = f"{button[1]}1" if traits["buttons"] == "button_element" else button[1]
    return {button[0]: value}
