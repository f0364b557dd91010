"""How is a process cut off from the network? Linux refuses it every socket from then on.

A filter of system calls (seccomp) needs no privilege and cannot be taken off again. On
other systems and machines there is none, and :func:`is_cut` says so.
"""

from __future__ import annotations

import ctypes
import errno
import platform
import socket
import struct
import sys

#: Per machine: how the kernel names it (linux/audit.h), and its number of socket().
_MACHINES = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
#: io_uring can open sockets past the filter; its number is the same on both machines.
_IO_URING_SETUP = 425
#: Calls from here on are those of x32, which would be another way to the same.
_X32 = 0x40000000

_SET_SECCOMP, _SET_NO_NEW_PRIVILEGES, _FILTER = 22, 38, 2
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | errno.EACCES
#: Where the filter finds what it judges (struct seccomp_data).
_CALL, _MACHINE, _FIRST_ARGUMENT = 0, 4, 16
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06


class _Program(ctypes.Structure):
    """The kernel's struct sock_fprog."""

    _fields_ = (("length", ctypes.c_ushort), ("steps", ctypes.c_char_p))


def cut() -> None:
    """Refuse this process, and all it starts, every socket but those of the same machine's
    file system (AF_UNIX, which office programs speak to themselves through)."""
    machine = _MACHINES.get(platform.machine())
    if sys.platform != "linux" or machine is None or sys.maxsize < 2**32:
        return
    name, socket_call = machine
    # Each step: what to do, how many steps to skip if so and if not, with what.
    steps = (
        (_LOAD, 0, 0, _MACHINE),
        (_EQUAL, 0, 7, name),
        (_LOAD, 0, 0, _CALL),
        (_AT_LEAST, 5, 0, _X32),
        (_EQUAL, 4, 0, _IO_URING_SETUP),
        (_EQUAL, 0, 2, socket_call),
        (_LOAD, 0, 0, _FIRST_ARGUMENT),
        (_EQUAL, 0, 1, socket.AF_UNIX),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _REFUSE),
    )
    packed = b"".join(struct.pack("HBBI", *step) for step in steps)
    program = _Program(len(steps), packed)
    prctl = ctypes.CDLL(None).prctl
    prctl(_SET_NO_NEW_PRIVILEGES, *map(ctypes.c_ulong, (1, 0, 0, 0)))
    prctl(_SET_SECCOMP, ctypes.c_ulong(_FILTER), ctypes.byref(program))


def is_cut() -> bool:
    """Whether this process is refused a socket: tried, not supposed."""
    try:
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM).close()
    except PermissionError:
        return True
    except OSError:  # a system without IPv4
        pass
    return False
