# SPDX-License-Identifier: MIT
"""Stacks of hosts that ask for no password, in the shape that Debian gives them."""

from hosts.machine import write

# gdm3's, with pam_permit where the finger would be read.
FINGERPRINT = """\
auth     requisite  pam_nologin.so
auth     required   pam_permit.so
auth     optional   pam_gnome_keyring.so
@include common-account
session  required   pam_limits.so
session  required   pam_env.so
@include common-session
session  optional   pam_gnome_keyring.so auto_start
"""
AUTOLOGIN = """\
auth     requisite  pam_nologin.so
auth     optional   pam_gnome_keyring.so
auth     required   pam_permit.so
@include common-account
session  required   pam_limits.so
session  required   pam_env.so
@include common-session
session  optional   pam_gnome_keyring.so auto_start
"""
# cron's; it never authenticates.
CRON = """\
@include common-auth
session  required   pam_env.so
@include common-account
@include common-session-noninteractive
session  required   pam_limits.so
"""
STACKS = {"gdm-fingerprint": FINGERPRINT, "gdm-autologin": AUTOLOGIN, "cron": CRON}


def write_stacks():
    for service, text in STACKS.items():
        write(f"/etc/pam.d/{service}", text)
