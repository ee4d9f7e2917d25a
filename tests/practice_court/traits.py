# SPDX-License-Identifier: MIT
"""The traits of a court: how its pages are made and how it behaves. A row each, default first."""

TRAITS = {
    "certificate": ("good", "other_name", "expired", "self_signed", "closed"),
    "charset": ("utf-8", "iso-8859-1", "iso-8859-2", "shift_jis", "utf-16"),
    # The way in.
    "front": ("by_type", "meta", "page", "http", "script", "absolute_official", "nextgen_suffix",
              "live_database", "decoy_host", "decoy_path", "none"),
    "login_pl": ("menu", "nothing"),
    # The menu bar, and the markup of all links.
    "quotes": ("single", "double"),
    "ampersands": ("raw", "escaped"),
    "labels": ("marked", "plain"),
    "top_menu": ("with_id", "without_id"),
    "log_out": ("Log Out", "Logout"),
    "utilities_menu": ("shown", "none"),
    # The Utilities page.
    "grouping": ("any_public", "your_account", "release_items", "flat", "nested", "table"),
    "entry_text": ("any_public", "lower", "upper", "filer", "in_tags"),
    "entry": ("relative", "absolute", "base", "menu_script", "button_post", "button_get",
              "twice_same", "twice_different", "as_log_out", "none"),
    # The form for the filing login; "buttons" and the hidden fields also on the confirmation page.
    "method": ("post", "get"),
    "enctype": ("multipart", "urlencoded"),
    "action": ("relative", "absolute", "base", "empty"),
    "hidden": ("plain", "entities", "non_ascii"),
    "buttons": ("one", "with_cancel", "button_element", "image", "two_alike"),
    "other_forms": ("none", "around"),
    "table": ("inside", "around"),
    # What comes of it.
    "confirmation": ("labelled", "columns", "transposed", "split_names", "dl", "inputs",
                     "no_names", "none", "too_late"),
    "confirmation_method": ("post", "get"),
    "first_name_shown": ("any", "cmecf", "pacer"),
    "success": ("html", "alert", "redirect", "alert_and_location", "new_menu"),
    "refusal": ("html", "alert_back", "login_attempt_failed"),
}

# Faults that give a court another trait while they are on.
BY_FAULT = {
    "no_link_entry": ("entry", "none"),
    "no_confirmation": ("confirmation", "none"),
    "no_names": ("confirmation", "no_names"),
    "alert": ("success", "alert"),
}


def complete(given):
    """All traits of a court; ValueError for a trait or word that is none."""
    if not isinstance(given, dict):
        raise ValueError("traits are not an object")
    for name, word in given.items():
        if name not in TRAITS:
            raise ValueError(f"no such trait: {name}")
        if word not in TRAITS[name]:
            raise ValueError(f"trait {name} cannot be {word}")
    return {name: given.get(name, words[0]) for name, words in TRAITS.items()}


def met(traits, faults):
    """The traits as one request meets them."""
    return traits | dict(BY_FAULT[name] for name in faults if name in BY_FAULT)
