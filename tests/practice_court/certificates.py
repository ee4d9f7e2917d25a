# SPDX-License-Identifier: MIT
"""A private certificate authority and the server's certificates, made at each start."""

import pathlib
import socket
import ssl
import subprocess

EC_KEY = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
OTHER_NAME = "other.uscourts.example"


class Authority:
    """Signs the server's certificates; its files live in a directory that the caller removes."""

    def __init__(self, directory):
        self.directory = pathlib.Path(directory)
        self.ca_file = self.directory / "ca.pem"
        self._context = _new_context()
        self._context.sni_callback = self._choose
        self._names = frozenset()
        self._kinds, self._bad_contexts = {}, {}
        self._openssl(
            "req", "-x509", *EC_KEY, "-days", "7", "-out", "ca.pem", "-keyout", "ca.key", "-subj",
            "/CN=Practice court authority", "-addext", "keyUsage=critical,keyCertSign,cRLSign")

    def certify(self, names, bad):
        """Give new connections a certificate for these host names; bad: host to the kind of bad
        certificate that it has."""
        if frozenset(names) != self._names:
            self._names = frozenset(names)
            self._make("server", names, days=7)
            self._load(self._context, "server")
        if bad != self._kinds:
            self._bad_contexts = {kind: self._bad_context(kind, sorted(bad))
                                  for kind in {*bad.values()} - {"closed"}}
            self._kinds = dict(bad)

    def accept(self, connection):
        """The server's side of a TLS handshake. Its .asked_name is the name that was asked for."""
        greeting = connection.recv(4096, socket.MSG_PEEK)
        if any(kind == "closed" and name.encode() in greeting
               for name, kind in self._kinds.items()):
            raise ConnectionAbortedError("this host closes in the handshake")
        return self._context.wrap_socket(connection, server_side=True)

    def _choose(self, connection, name, _context):
        connection.asked_name = name or ""
        if name in self._kinds:
            connection.context = self._bad_contexts[self._kinds[name]]

    def _bad_context(self, kind, names):
        self._make(kind, [OTHER_NAME] if kind == "other_name" else names,
                   days=-1 if kind == "expired" else 7, signed=kind != "self_signed")
        context = _new_context()
        self._load(context, kind)
        return context

    def _load(self, context, name):
        context.load_cert_chain(self.directory / f"{name}.pem", self.directory / f"{name}.key")

    def _make(self, name, names, days, signed=True):
        """NAME.pem and NAME.key. Two commands, for "openssl req" makes no expired ones."""
        alternatives = ",".join(f"DNS:{host}" for host in sorted(names))
        self._openssl(
            "req", "-new", *EC_KEY, "-out", f"{name}.csr", "-keyout", f"{name}.key", "-subj",
            "/CN=Practice court", "-addext", f"subjectAltName={alternatives}", "-addext",
            "basicConstraints=critical,CA:FALSE", "-addext", "extendedKeyUsage=serverAuth")
        signer = ["-CA", "ca.pem", "-CAkey", "ca.key"] if signed else ["-signkey", f"{name}.key"]
        self._openssl("x509", "-req", "-in", f"{name}.csr", *signer, "-copy_extensions", "copy",
                      "-days", str(days), "-out", f"{name}.pem")

    def _openssl(self, *arguments):
        subprocess.run(["openssl", *arguments], cwd=self.directory, check=True,
                       capture_output=True, stdin=subprocess.DEVNULL)


def _new_context():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context
