"""Writing whole files and folders: beside their place first, then renamed into it.

A new file lies beside its place under a name that begins with a dot, and is locked as long as
whoever writes it lives. So the next to write there can tell what a killed run has left, and removes
it. All that looks for such leftovers, or makes them, first locks the folder around them.
"""

from __future__ import annotations

import ctypes
import errno
import fcntl
import logging
import os
import secrets
import shutil
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

from splinternet.base.errors import WorldError

__all__ = ["check_new_file", "locked", "new_file", "new_folder", "recover"]


@contextmanager
def new_folder(path: Path, check: Callable[[], None]) -> Iterator[Path]:
    """Give a scratch folder that becomes ``path`` if the block ends well, and goes if it does not.

    A folder that is replaced stays at its name until the new one, whole and on the disk, takes its
    place in one step. On file systems without such a step a run that is killed between two leaves
    nothing there, and :func:`recover` puts the old one back.

    Parameters
    ----------
    path
        The folder; if it is a symbolic link, the one behind it.
    check
        Raises if ``path`` may not be made, or not replaced. Called first, and again at the end,
        for meanwhile another may have made it.

    Raises
    ------
    WorldError
        If ``path`` cannot be written.
    """
    with _explained(path):
        recover(path)
        check()
        target = Path(os.path.realpath(path))
        target.parent.mkdir(parents=True, exist_ok=True)
        with _scratch(target, Path.mkdir) as scratch:
            try:
                yield scratch
                for file in (*scratch.rglob("*"), scratch):
                    _sync(file)
                replaces = target.exists()  # asked before the check, so that it holds for both
                check()
                if not replaces:
                    scratch.rename(target)
                elif not _exchange(scratch, target):
                    _swap(scratch, target)
                _sync(target.parent)
            finally:
                shutil.rmtree(scratch, ignore_errors=True)


@contextmanager
def new_file(path: Path) -> Iterator[Path]:
    """Give a scratch file name that becomes ``path`` if the block ends well.

    Of a symbolic link the file behind it is written. A file that is replaced keeps its
    permissions. A pipe or a device is no regular file and cannot be replaced, so
    it is given itself.

    Raises
    ------
    WorldError
        If the file cannot be written.
    """
    path = path.absolute()
    with _explained(path):
        target = Path(os.path.realpath(path))
        # A link to itself is no file either; writing to it says so.
        if (path.exists() or target.is_symlink()) and not path.is_file():
            yield path
            return
        mode = stat.S_IMODE(target.stat().st_mode) if target.exists() else None
        with _scratch(target, lambda file: file.touch(0o666 if mode is None else 0o600)) as scratch:
            try:
                yield scratch
                if mode is not None:
                    scratch.chmod(mode)
                _sync(scratch)
                scratch.replace(target)
                _sync(target.parent)
            finally:
                scratch.unlink(missing_ok=True)


def check_new_file(path: Path) -> None:
    """Raise before long work what :func:`new_file` would raise after it.

    Raises
    ------
    WorldError
        If the file cannot be written, as far as its folder tells.
    """
    path = path.absolute()
    with _explained(path):
        target = Path(os.path.realpath(path))
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if path.is_file() or not (path.exists() or target.is_symlink()):
            with _scratch(target, Path.touch) as scratch:
                scratch.unlink()


def recover(path: Path) -> None:
    """Remove what killed runs left beside ``path``; put back what one was about to replace."""
    target = Path(os.path.realpath(path))
    with suppress(OSError), _around(target) as is_alone:
        if is_alone:
            _clear(target)


@contextmanager
def locked(path: Path, waiting: str) -> Iterator[None]:
    """Hold a lock on a file, made if need be; if another has it, say ``waiting`` and wait.

    Raises
    ------
    OSError
        If the file cannot be made.
    """
    path.touch()
    held = _lock(path)
    if held is None:
        logging.getLogger("splinternet").warning(waiting)
        held = _lock(path, wait=True)  # None again where file systems know no locks
    try:
        yield
    finally:
        if held is not None:
            os.close(held)


@contextmanager
def _scratch(target: Path, make: Callable[[Path], None]) -> Iterator[Path]:
    """Make something beside the target that is known to be ours while the block lasts."""
    with _around(target) as is_alone:
        if is_alone:
            _clear(target)
        scratch = _beside(target, "part")
        make(scratch)
        held = _lock(scratch)
    try:
        yield scratch
    finally:
        if held is not None:
            os.close(held)


@contextmanager
def _around(target: Path) -> Iterator[bool]:
    """Lock the folder that a target is in, for a moment; say whether that was possible."""
    held = _lock(target.parent, wait=True)
    try:
        yield held is not None
    finally:
        if held is not None:
            os.close(held)


def _lock(path: Path, *, wait: bool = False) -> int | None:
    """Lock a file or folder until what is returned is closed; None if another has locked it."""
    try:
        opened = os.open(path, os.O_RDONLY)
    except OSError:
        return None
    try:
        fcntl.flock(opened, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(opened)
        return None
    return opened


def _clear(target: Path) -> None:
    """Remove leftovers of a target, in a folder that is locked."""
    for path in list(target.parent.iterdir()):
        if path.name.startswith(f".{target.name}.old-"):
            if target.exists():
                _remove(path)
            else:
                path.rename(target)
        elif path.name.startswith(f".{target.name}.part-"):
            held = _lock(path)
            if held is not None:  # whoever made it lives no more
                os.close(held)
                _remove(path)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def _beside(path: Path, purpose: str) -> Path:
    return path.with_name(f".{path.name}.{purpose}-{secrets.token_hex(4)}")


def _exchange(scratch: Path, path: Path) -> bool:
    """Let two folders change places in one step; False where the system has no such step."""
    here, both = -100, 2  # AT_FDCWD, RENAME_EXCHANGE
    renameat2 = _renameat2()
    if renameat2 is None:
        return False
    failed = renameat2(here, os.fsencode(scratch), here, os.fsencode(path), both)
    return not failed


@cache
def _renameat2() -> Callable[..., int] | None:
    """Return Linux's call of that name, which Python lacks."""
    call: Callable[..., int] | None = getattr(ctypes.CDLL(None), "renameat2", None)
    return call


def _swap(scratch: Path, path: Path) -> None:
    """Put a folder in the place of another, which comes back if that fails or is interrupted."""
    old = _beside(path, "old")
    with _around(path):  # so that nobody takes the old one for what a killed run has left
        try:
            path.rename(old)
            scratch.rename(path)
        finally:
            if old.exists() and not path.exists():
                old.rename(path)
    shutil.rmtree(old, ignore_errors=True)


def _sync(path: Path) -> None:
    """See to it that a file or folder is on the disk, where the file system can say so."""
    with suppress(OSError):
        opened = os.open(path, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    """Turn the system's refusals into one clear line."""
    try:
        yield
    except OSError as error:
        what = (
            "the disk is full; free some space and try again"
            if error.errno in (errno.ENOSPC, errno.EDQUOT)
            else f"cannot be written ({error.strerror or error})"
        )
        raise WorldError(f"{path}: {what}") from None
