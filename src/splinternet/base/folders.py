"""Writing whole files and folders: beside their place first, then renamed into it."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from splinternet.base.errors import WorldError

__all__ = ["check_new_file", "new_file", "new_folder"]


@contextmanager
def new_folder(path: Path, check: Callable[[], None]) -> Iterator[Path]:
    """Give a scratch folder that becomes ``path`` if the block ends well, and goes if it does not.

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
        check()
        target = Path(os.path.realpath(path))
        target.parent.mkdir(parents=True, exist_ok=True)
        scratch = _beside(target, "part")
        try:
            scratch.mkdir()
            yield scratch
            replaces = target.exists()  # asked before the check, so that it holds for the answer
            check()
            if replaces:
                _swap(scratch, target)
            else:
                scratch.rename(target)
        finally:
            shutil.rmtree(scratch, ignore_errors=True)


@contextmanager
def new_file(path: Path) -> Iterator[Path]:
    """Give a scratch file name that becomes ``path`` if the block ends well.

    Of a symbolic link the file behind it is written. A file that is replaced keeps its
    permissions. What is no regular file (a pipe, a device) cannot be replaced, so it is given
    itself.

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
        scratch = _beside(target, "part")
        try:
            scratch.touch(0o666 if mode is None else 0o600, exist_ok=False)
            yield scratch
            if mode is not None:
                scratch.chmod(mode)
            scratch.replace(target)
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
            scratch = _beside(target, "part")
            scratch.touch(exist_ok=False)
            scratch.unlink()


def _beside(path: Path, purpose: str) -> Path:
    return path.with_name(f".{path.name}.{purpose}-{secrets.token_hex(4)}")


def _swap(scratch: Path, path: Path) -> None:
    """Put a folder in the place of another, which comes back if that fails or is interrupted."""
    old = _beside(path, "old")
    try:
        path.rename(old)
        scratch.rename(path)
    finally:
        if old.exists() and not path.exists():
            old.rename(path)
        shutil.rmtree(old, ignore_errors=True)


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
