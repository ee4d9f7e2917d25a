# SPDX-License-Identifier: MIT
"""A file system in user space whose server never answers: whoever asks it cannot even be killed."""

import contextlib
import ctypes
import os
import pathlib
import struct
import subprocess
import tempfile

import pytest

FUSE_DEVICE = os.makedev(10, 229)
MS_NOSUID, MS_NODEV = 2, 4
REQUEST_MAX = 1 << 17
# fuse_init_out of linux/fuse.h, version 7.31.
INIT_ANSWER = struct.pack("=IIIIHHIIHHI7I", 7, 31, 0, 0, 1, 1, 4096, 1, 1, 0, 0, *[0] * 7)


@contextlib.contextmanager
def dead_files(directory, uid, gid):
    """Mounts it on the directory as fusermount(1) does for that user; for her alone."""
    with contextlib.ExitStack() as stack:
        server = _open_device(stack)
        options = f"fd={server},rootmode=40700,user_id={uid},group_id={gid}"
        mount = ctypes.CDLL(None, use_errno=True).mount
        if mount(b"dead", bytes(directory), b"fuse", MS_NOSUID | MS_NODEV, options.encode()) != 0:
            raise OSError(ctypes.get_errno(), "mount")
        stack.callback(subprocess.run, ["umount", "--lazy", directory], check=True)
        _begin(server)
        # Who reads the requests, and answers none: before that they could still be taken back.
        reader = stack.enter_context(
            subprocess.Popen(["cat"], stdin=server, stdout=subprocess.DEVNULL))
        stack.callback(reader.kill)
        os.close(server)
        yield


def _open_device(stack):
    """The machine's /dev has no such device; /tmp and /run allow none."""
    place = pathlib.Path(tempfile.mkdtemp())
    stack.callback(place.rmdir)
    subprocess.run(["mount", "-t", "tmpfs", "tmpfs", place], check=True)
    stack.callback(subprocess.run, ["umount", "--lazy", place], check=True)
    os.mknod(place / "fuse", 0o20600, FUSE_DEVICE)
    try:
        return os.open(place / "fuse", os.O_RDWR)
    except OSError as error:
        pytest.skip(f"the kernel gives no /dev/fuse: {error}")


def _begin(server):
    request = os.read(server, REQUEST_MAX)
    _size, _operation, unique = struct.unpack_from("=IIQ", request)
    os.write(server, struct.pack("=IiQ", 16 + len(INIT_ANSWER), 0, unique) + INIT_ANSWER)
