# SPDX-License-Identifier: MIT
"""The built-in world: who has which account at the start. All of it is invented."""

DEFAULT = {
    "accounts": {
        "jdoe1234": {
            "password": "Practice-Only!Gavel7Lantern",
            "otp_secret": "PRACTICECOURTINVENTEDSECRET22345",
            "filer": True,
            "name": "Jane Q. Doe",
        },
    },
    "courts": {
        "alnd": {"filing_logins": {
            "jdoe": {"password": "Invented-Alnd-Filing7", "name": "Jane Q. Doe"}}},
        "alnb": {"filing_logins": {
            "jdoe": {"password": "Invented-Alnb-Filing7", "name": "Jane Q. Doe"}}},
    },
    "rotate_tokens": True,
}
