"""Compiled code is kept where that is possible; answers come where it is not."""

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

import splinternet
from splinternet.base import compiler

KERNEL = """
from splinternet.base.compiler import jit

@jit
def twice(number):
    return 2 * number

print(twice(21))
"""

needs_root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0 or shutil.which("setpriv") is None,
    reason="only root can become somebody without a home",
)


@pytest.fixture
def kernel(tmp_path):
    file = tmp_path / "code" / "kernel.py"
    file.parent.mkdir()
    file.write_text(KERNEL)
    return file


def run(file: Path, *before: str, **variables: str) -> subprocess.CompletedProcess:
    source = str(Path(splinternet.__file__).parents[1])
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": source, "HOME": "/nonexistent"}
    return subprocess.run(
        [*before, sys.executable, "-B", str(file)],
        capture_output=True,
        text=True,
        env={**environment, **variables},
        cwd="/",
    )


@needs_root
def test_without_any_folder_to_write_answers_come_with_one_line_of_warning(kernel, tmp_path):
    # Somebody else, who may read all and write nothing.
    above = [each for each in tmp_path.parents if "pytest" in each.parts[-1] or "gw" in each.name]
    for folder in [kernel.parent, tmp_path, *above]:
        folder.chmod(folder.stat().st_mode | stat.S_IROTH | stat.S_IXOTH)
    nobody = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")
    if subprocess.run([*nobody, sys.executable, "-c", ""], capture_output=True).returncode:
        pytest.skip("nobody may not run this Python")
    done = run(kernel, *nobody)
    assert (done.returncode, done.stdout) == (0, "42\n")
    (line,) = done.stderr.splitlines()
    assert "NUMBA_CACHE_DIR" in line
    kept = tmp_path / "kept"
    kept.mkdir()
    kept.chmod(0o777)
    done = run(kernel, *nobody, NUMBA_CACHE_DIR=str(kept))
    assert (done.returncode, done.stdout, done.stderr) == (0, "42\n", "")
    assert list(kept.rglob("*.nbc"))


@pytest.mark.parametrize(("suffix", "left"), [(".nbi", 0), (".nbi", 20), (".nbc", -1)])
def test_damaged_code_is_compiled_again(kernel, tmp_path, suffix, left):
    kept = tmp_path / "kept"
    assert run(kernel, NUMBA_CACHE_DIR=str(kept)).stdout == "42\n"
    (file,) = kept.rglob(f"*{suffix}")
    whole = file.read_bytes()
    file.write_bytes(whole[:left])
    done = run(kernel, NUMBA_CACHE_DIR=str(kept))
    assert (done.returncode, done.stdout, done.stderr) == (0, "42\n", "")
    assert abs(file.stat().st_size - len(whole)) < 99  # whole again


def test_a_full_disk_costs_time_and_no_answer(monkeypatch, caplog):
    def full(self, sig, data):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(compiler.FunctionCache, "save_overload", full)
    compiler._warn.cache_clear()

    @compiler.jit
    def thrice(number):
        return 3 * number

    assert thrice(14) == 42
    assert [record.message.count("NUMBA_CACHE_DIR") for record in caplog.records] == [1]
