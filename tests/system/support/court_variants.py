# SPDX-License-Identifier: MIT
"""The kinds of court that there may be: how linking an account there ends, and what it costs."""

import dataclasses

from support.filer import LOGIN
from support.office import FILING_LOGIN

YES, NO = (r"same person.*\n?.*yes/no", "yes"), (r"same person.*\n?.*yes/no", "no")
LINK_THEM = (r"Link them\? .yes/no", "yes")


@dataclasses.dataclass(frozen=True)
class Variant:
    """One court, and what csolink link makes of it. requests count everywhere, sign-on included."""
    name: str
    traits: dict = dataclasses.field(default_factory=dict)
    status: str = "ok"
    requests: int = 6
    submissions: int = 1
    confirmations: int = 1
    cold: bool = False  # no token is kept
    sign_ons: int = 0
    kind: str | None = None
    court: str = ""  # a certain one
    record: dict = dataclasses.field(default_factory=dict)  # more of the court's world
    faults: tuple = ()
    answers: tuple | None = None  # on a terminal: what is expected and what she types
    settings: dict = dataclasses.field(default_factory=dict)  # in her csolink.conf
    password: str | None = None  # another one than the court's
    rotates: bool = True  # each page re-issues the token
    pacer_name: str | None = None  # with no name in the record either, both are the same new one

    @property
    def is_linked(self):
        return self.status == "ok"


def refused(name, traits=None, status="page_not_recognised", requests=3, submissions=0, **more):
    """A variant that ends before the link."""
    return Variant(name, traits or {}, status, requests, submissions, confirmations=0, **more)


def behind_front(name, front, requests=7, more_traits=None, **more):
    """A court whose login.pl shows no menu: the front page has the way in."""
    traits = {"login_pl": "nothing", "front": front, **(more_traits or {})}
    return Variant(f"front page, {name}", traits, requests=requests + 1, **more)


def flake(fault, stage, often, status="ok", requests=7, **more):
    options = {"once": {}, "twice": {"times": 2}, "for the kept token": {
        "times": "always", "kept_token": True}, "always": {"times": "always"}}[often]
    make = Variant if status == "ok" else refused
    return make(f"{fault} at {stage} {often}", status=status, requests=requests,
                faults=({"fault": fault, "stage": stage, **options},), **more)


COLD = {"cold": True, "sign_ons": 1}
WAYS_IN = [
    Variant("ALND's procedure with a cold token", court="alnd", requests=7, **COLD),
    Variant("a bankruptcy court with a cold token", kind="bankruptcy", requests=7, **COLD),
    behind_front("by meta refresh, with a cold token", "meta", requests=9, **COLD),
    behind_front("by HTTP redirect, with a cold token", "http", requests=9, **COLD),
    behind_front("by script, with a cold token", "script", requests=9, **COLD),
    behind_front("at once, with a cold token", "page", requests=8, **COLD),
    behind_front("official, by an absolute address", "absolute_official"),
    behind_front("with NextGen's version", "nextgen_suffix"),
    behind_front("live database", "live_database"),
    behind_front("beside the training host", "decoy_host", kind="bankruptcy"),
    behind_front("beside a training path", "decoy_path"),
    refused("front page without an entry", {"login_pl": "nothing", "front": "none"}, requests=2),
]
MENUS = [
    Variant("double quotes, ampersands escaped, plain labels, Logout",
            {"quotes": "double", "ampersands": "escaped", "labels": "plain", "log_out": "Logout"}),
    Variant("the same at a bankruptcy court", {"quotes": "double", "ampersands": "escaped",
            "labels": "plain", "log_out": "Logout"}, kind="bankruptcy"),
    Variant("menu bar without an id", {"top_menu": "without_id"}),
    Variant("no Utilities in the menu bar", {"utilities_menu": "none"}),
    Variant("tokens are not re-issued", rotates=False),
]
ENTRIES = [
    *(Variant(f"entry in group {word}", {"grouping": word})
      for word in ("your_account", "release_items", "flat", "nested", "table")),
    *(Variant(f"entry's text {word}", {"entry_text": word})
      for word in ("lower", "upper", "filer", "in_tags")),
    *(Variant(f"entry {word}", {"entry": word})
      for word in ("absolute", "base", "button_post", "button_get", "twice_same")),
    Variant("entry in menu.pl alone", {"entry": "menu_script"}, requests=7),
    Variant("entry in tags in menu.pl alone", {"entry": "menu_script", "entry_text": "in_tags"},
            requests=7),
    Variant("entry in menu.pl alone, with a cold token", {"entry": "menu_script"}, requests=8,
            **COLD),
    Variant("entry in menu.pl and no Utilities, with a cold token",
            {"entry": "menu_script", "utilities_menu": "none"}, requests=7, **COLD),
    behind_front("entry in menu.pl and no Utilities, with a cold token", "meta", requests=9,
                 more_traits={"entry": "menu_script", "utilities_menu": "none"}, **COLD),
    refused("two entries that lead apart", {"entry": "twice_different"}, requests=2),
    refused("Log Out under the entry's text", {"entry": "as_log_out"}, "refused_by_policy",
            requests=2),
    refused("no entry", {"entry": "none"}, "not_offered"),
    refused("neither entry nor Utilities", {"entry": "none", "utilities_menu": "none"},
            "not_offered", requests=2),
]
FORMS = [
    Variant("urlencoded form", {"enctype": "urlencoded"}),
    *(Variant(f"action {word}", {"action": word}) for word in ("absolute", "base", "empty")),
    *(Variant(f"action empty behind a {entry}", {"action": "empty", "entry": entry})
      for entry in ("button_post", "button_get")),
    *(Variant(f"{charset}, {enctype}", {"charset": charset, "enctype": enctype,
                                        "hidden": "non_ascii"})
      for charset in ("utf-8", "iso-8859-1", "iso-8859-2", "shift_jis", "utf-16")
      for enctype in ("multipart", "urlencoded")),
    *(Variant(f"hidden fields with entities in {charset}, {enctype}",
              {"charset": charset, "enctype": enctype, "hidden": "entities"})
      for charset in ("utf-8", "iso-8859-1", "utf-16") for enctype in ("multipart", "urlencoded")),
    *(refused(f"hidden fields with characters that {charset} lacks",
              {"charset": charset, "hidden": "entities"})
      for charset in ("iso-8859-2", "shift_jis")),
    *(Variant(f"button {word}", {"buttons": word})
      for word in ("with_cancel", "button_element", "image")),
    refused("two buttons alike", {"buttons": "two_alike"}),
    Variant("other forms on the page", {"other_forms": "around"}),
    Variant("form begins inside of its table", {"table": "around"}),
    refused("a password by GET", {"method": "get"}, "refused_by_policy"),
]
CONFIRMATIONS = [
    Variant("no confirmation page", {"confirmation": "none"}, requests=5, confirmations=0),
    *(Variant(f"names as {word}, {first} first", {"confirmation": word, "first_name_shown": first})
      for word in ("labelled", "columns", "transposed", "split_names", "dl", "inputs")
      for first in ("cmecf", "pacer")),
    Variant("confirmation by GET", {"confirmation_method": "get"}),
    Variant("confirmation by GET, with a cold token", {"confirmation_method": "get"}, requests=7,
            **COLD),
    Variant("a confirmation by GET is sent once, whatever comes back",
            {"confirmation_method": "get"},
            faults=({"fault": "no_access_once", "stage": "confirm", "after": True},)),
    refused("confirmation without names", {"confirmation": "no_names"}, requests=5, submissions=1),
    refused("other names, nobody there", status="needs_person", requests=5, submissions=1,
            record={"name": "Wanda Ruiz"}),
    refused("other names, she says no", status="names_differ", requests=5, submissions=1,
            record={"name": "Wanda Ruiz"}, answers=(NO,)),
    Variant("names shown only after the link, she says no", {"confirmation": "too_late"},
            requests=5, confirmations=0, record={"name": "Wanda Ruiz"}, answers=(NO,)),
    Variant("other names, she says yes", record={"name": "Wanda Ruiz"}, answers=(YES,)),
    Variant("names in another order and case", record={"name": "DOE, JANE Q"}),
    *(Variant(f"{name} as {layout} in {charset}", {"confirmation": layout, "charset": charset},
              record={"name": name}, pacer_name=name)
      for name, layout, charset in (("José Núñez", "labelled", "iso-8859-1"),
                                    ("Łucja Dvořáková", "columns", "utf-8"),
                                    ("Žofie Dvořáková", "dl", "utf-16"))),
    refused("a name in a charset that is not read", {"charset": "iso-8859-2"}, "needs_person",
            requests=5, submissions=1, record={"name": "Łucja Dvořáková"},
            pacer_name="Łucja Dvořáková"),
    refused("confirm=always, she says no", status="cancelled", requests=5, submissions=1,
            settings={"confirm": "always"}, answers=(LINK_THEM, NO)),
]
OUTCOMES = [
    *(Variant(f"success by {word}", {"success": word})
      for word in ("html", "alert", "alert_and_location")),
    Variant("success by a redirect to the menu", {"success": "redirect"}),
    Variant("success by a redirect, with a cold token", {"success": "redirect"}, requests=7,
            **COLD),
    behind_front("success by a redirect, with a cold token", "meta", requests=9,
                 more_traits={"success": "redirect"}, **COLD),
    Variant("success on a page with the new menu", {"success": "new_menu"}),
    Variant("success by a redirect, no confirmation page",
            {"success": "redirect", "confirmation": "none"}, confirmations=0),
    *(Variant(f"{fault['fault']} once for the answer to a {stage} that linked", traits,
              requests=requests, confirmations=confirmations,
              faults=({**fault, "stage": stage, "after": True, "times": 1},))
      for stage, traits, requests, confirmations in (
          ("confirm", {}, 6, 1), ("submit", {"confirmation": "none"}, 5, 0))
      for fault in ({"fault": "redirect_foreign"}, {"fault": "meta_foreign"},
                    {"fault": "script_foreign"}, {"fault": "status", "code": 500},
                    {"fault": "truncate", "bytes": 0}, {"fault": "truncate"},
                    {"fault": "big_page"})),
    *(refused(f"refused by {word}", {"refusal": word}, "rejected", requests=5, submissions=1,
              password="Not-The-Filing-Password1")
      for word in ("html", "alert_back", "login_attempt_failed")),
    refused("the filing login is another account's", requests=5, submissions=1,
            record={"links": {"other5678": FILING_LOGIN}}),
    Variant("already linked", requests=1, submissions=0, confirmations=0,
            record={"links": {LOGIN: FILING_LOGIN}}),
    Variant("already linked at a bankruptcy court", requests=1, submissions=0, confirmations=0,
            kind="bankruptcy", record={"links": {LOGIN: FILING_LOGIN}}),
]
FLAKES = [
    *(flake(fault, stage, "once") for fault in ("no_access_once", "login_page_once")
      for stage in ("login", "utilities", "link_form")),
    *(flake(fault, "login", often, requests=9, sign_ons=1)
      for fault in ("no_access_once", "login_page_once")
      for often in ("twice", "for the kept token")),
    *(flake(fault, "utilities", "for the kept token", requests=10, sign_ons=1)
      for fault in ("no_access_once", "login_page_once")),
    *(flake(fault, "login", "always", "court_error", requests=5, sign_ons=1)
      for fault in ("no_access_once", "login_page_once")),
    *(flake(fault, "link_form", "always", "court_error", requests=9, sign_ons=1)
      for fault in ("no_access_once", "login_page_once")),
    flake("login_page_once", "login", "always", "court_error", requests=3, **COLD),
]
OTHER_COURTS = [
    refused("the old login form", status="not_nextgen", requests=1, faults=({"fault": "getpass"},)),
    refused("the old login form for the link form", status="not_nextgen",
            faults=({"fault": "getpass", "stage": "link_form"},)),
    refused("an appellate court", status="manual_court", court="ca11", requests=0),
    refused("a BAP on its circuit's host", status="manual_court", court="bap9", requests=0),
    refused("the Court of International Trade", status="manual_court", court="cit", requests=1),
]
VARIANTS = (WAYS_IN + MENUS + ENTRIES + FORMS + CONFIRMATIONS + OUTCOMES + FLAKES + OTHER_COURTS)
