"""A system-call filter for the child process (Linux, seccomp): what no parser ever needs.

Code that a hostile file smuggles in does not run in Python, so a rule in Python does not bind it.
"""

import ctypes
import os
import platform
import struct
import sys
from dataclasses import dataclass

NO_NEW_PRIVILEGES, SET_SECCOMP, FILTER = 38, 22, 2  # linux/prctl.h, linux/seccomp.h
ALLOW, FORBID = 0x7FFF0000, 0x00050001  # SECCOMP_RET_ALLOW, SECCOMP_RET_ERRNO with EPERM
LOAD, EQUAL, AT_LEAST, ANY_BIT, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06  # linux/bpf_common.h
NUMBER, ARCHITECTURE, ARGUMENTS = 0, 4, 16  # offsets in struct seccomp_data
FOREIGN_ABI = 0x40000000  # x32, whose numbers would slip past the list
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


@dataclass(frozen=True, slots=True, kw_only=True)
class Calls:
    """Numbers of system calls of one machine; `opening` with the argument that holds the flags."""

    architecture: int
    forbidden: tuple[int, ...]
    opening: tuple[tuple[int, int], ...]


# Sockets; other programs; signals and other processes' memory; changes to files and folders.
CALLS = {
    "x86_64": Calls(
        architecture=0xC000003E,
        forbidden=(
            41, 42, 49, 50, 57, 58, 59, 322, 62, 101, 310, 311, 425, 437, 76, 77, 82, 83, 84, 85,
            86, 87, 88, 90, 91, 258, 263, 264, 265, 266, 268, 316,
        ),
        opening=((257, 2), (2, 1)),
    ),
    "aarch64": Calls(
        architecture=0xC00000B7,
        forbidden=(
            198, 203, 200, 201, 221, 281, 129, 117, 270, 271, 425, 437, 34, 35, 36, 37, 38, 45, 46,
            52, 53, 276,
        ),
        opening=((56, 2),),
    ),
}  # fmt: skip


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))


def filter_calls() -> bool:
    """Forbid this process what `CALLS` lists, for good; False where the system cannot."""
    calls = CALLS.get(platform.machine())
    if sys.platform != "linux" or calls is None:
        return False
    code = ctypes.create_string_buffer(program(calls))
    packed = _Program(len(code) // 8, ctypes.addressof(code))
    try:
        control = ctypes.CDLL(None, use_errno=True).prctl
        if control(NO_NEW_PRIVILEGES, 1, 0, 0, 0):
            return False
        return not control(SET_SECCOMP, FILTER, ctypes.byref(packed), 0, 0)
    except (OSError, AttributeError):
        return False


def program(calls: Calls) -> bytes:
    """The filter in the kernel's language: each step is an operation, two jumps and a number."""
    steps: list[bytes] = [
        _step(LOAD, ARCHITECTURE),
        _step(EQUAL, calls.architecture, yes=1),
        _step(RETURN, FORBID),
        _step(LOAD, NUMBER),
    ]
    for number, argument in calls.opening:
        steps += (
            _step(EQUAL, number, no=4),
            _step(LOAD, ARGUMENTS + 8 * argument),
            _step(ANY_BIT, WRITING, no=1),
            _step(RETURN, FORBID),
            _step(RETURN, ALLOW),
        )
    left = len(calls.forbidden)
    steps.append(_step(AT_LEAST, FOREIGN_ABI, yes=left + 1))
    steps += (_step(EQUAL, number, yes=left - at) for at, number in enumerate(calls.forbidden))
    steps += (_step(RETURN, ALLOW), _step(RETURN, FORBID))
    return b"".join(steps)


def _step(operation: int, value: int, *, yes: int = 0, no: int = 0) -> bytes:
    return struct.pack("=HBBI", operation, yes, no, value)
