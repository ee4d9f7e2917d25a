# SPDX-License-Identifier: MIT
"""Somebody else's tool: asks PACER and the courts by itself, without csolink."""

import http.client
import json
import socket
import ssl

from support.filer import ACCOUNT, LOGIN

SIGN_ON = "pacer.login.uscourts.gov"
AGENT = "filing-tool"


def ask(court, name, method, path, body=None, **headers):
    """One request over verified TLS; returns the body of the answer."""
    context = ssl.create_default_context(cafile=court.ca_file)
    plain = socket.create_connection(("127.0.0.1", int(court.connect_to.rpartition(":")[2])))
    connection = http.client.HTTPSConnection(name)
    connection.sock = context.wrap_socket(plain, server_hostname=name)
    try:
        connection.request(method, path, body, {"User-Agent": f"{AGENT}/1", **headers})
        return connection.getresponse().read().decode()
    finally:
        connection.close()


def sign_on(court, **changes):
    """PACER's answer to a sign-on with the filer's own fields, but for the changes."""
    fields = {"loginId": LOGIN, "password": ACCOUNT["password"], "redactFlag": "1", **changes}
    return json.loads(ask(court, SIGN_ON, "POST", "/services/cso-auth", json.dumps(fields),
                          **{"Content-Type": "application/json", "Accept": "application/json"}))
