# SPDX-License-Identifier: MIT
"""A private certificate authority and one server certificate for all names, made at each start."""

import pathlib
import ssl
import subprocess

EC_KEY = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]


class Authority:
    """Signs the server's certificate; its files live in a directory that the caller removes."""

    def __init__(self, directory):
        self.directory = pathlib.Path(directory)
        self.ca_file = self.directory / "ca.pem"
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.minimum_version = ssl.TLSVersion.TLSv1_2
        self.names = frozenset()
        self._openssl(
            "-out", "ca.pem", "-keyout", "ca.key", "-subj", "/CN=Practice court authority",
            "-addext", "keyUsage=critical,keyCertSign,cRLSign")

    def certify(self, names):
        """Give new connections a certificate for these host names."""
        if frozenset(names) == self.names:
            return
        self.names = frozenset(names)
        alternatives = ",".join(f"DNS:{name}" for name in sorted(names))
        self._openssl(
            "-out", "server.pem", "-keyout", "server.key", "-subj", "/CN=Practice court",
            "-CA", "ca.pem", "-CAkey", "ca.key",
            "-addext", f"subjectAltName={alternatives}",
            "-addext", "basicConstraints=critical,CA:FALSE",
            "-addext", "extendedKeyUsage=serverAuth")
        self.context.load_cert_chain(self.directory / "server.pem", self.directory / "server.key")

    def _openssl(self, *arguments):
        subprocess.run(
            ["openssl", "req", "-x509", *EC_KEY, "-days", "7", *arguments],
            cwd=self.directory, check=True, capture_output=True, stdin=subprocess.DEVNULL)
