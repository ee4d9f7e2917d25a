# SPDX-License-Identifier: MIT
"""Starts the practice court, says where it listens, and ends it cleanly."""

import argparse
import json
import os
import pathlib
import secrets
import signal
import sys
import tempfile
import threading

from certificates import Authority
from control import ControlServer
from practice import Practice
from server import CourtServer
import start


def arguments():
    parser = argparse.ArgumentParser(
        prog="practice_court", description="A local stand-in for PACER's sign-on and courts.")
    parser.add_argument("--port", type=int, default=0, help="HTTPS port (default: any)")
    parser.add_argument("--control-port", type=int, default=0, help="control port (default: any)")
    parser.add_argument("--seed", type=int, help="repeats the paths and field names of a start")
    parser.add_argument("--world", type=pathlib.Path, metavar="FILE", help="a world of your own")
    parser.add_argument("--until-eof", action="store_true",
                        help="end when standard input is closed")
    return parser.parse_args()


def ended(until_eof):
    """A descriptor that SIGTERM, SIGINT and, when asked for, the end of standard input make readable.

    No threading.Event: one that a signal's handler sets while the main thread begins to wait for
    it locks up for ever.
    """
    reader, writer = os.pipe()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: os.write(writer, b"x"))

    def read_to_eof():
        while os.read(sys.stdin.fileno(), 4096):
            pass
        os.write(writer, b"x")

    if until_eof:
        threading.Thread(target=read_to_eof, daemon=True).start()
    return reader


def serve(options, directory, end):
    """Serve until end is readable."""
    world = json.loads(options.world.read_text()) if options.world else start.DEFAULT
    seed = secrets.randbelow(1_000_000_000) if options.seed is None else options.seed
    practice = Practice(world, seed)
    authority = Authority(directory)
    practice.certify(authority)
    servers = [CourtServer(options.port, practice, authority),
               ControlServer(options.control_port, practice, authority)]
    for server in servers:
        threading.Thread(target=server.serve_forever, daemon=True).start()
    port, control = (server.server_address[1] for server in servers)
    print(json.dumps({"port": port, "control": control, "ca_file": str(authority.ca_file),
                      "connect_to": f"::127.0.0.1:{port}", "seed": seed}), flush=True)
    os.read(end, 1)


def main():
    options = arguments()
    end = ended(options.until_eof)
    with tempfile.TemporaryDirectory(prefix="practice-court-") as directory:
        serve(options, directory, end)


if __name__ == "__main__":
    main()
