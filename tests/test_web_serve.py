"""The command that serves, as a process of its own."""

import re
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from contextlib import ExitStack, closing, contextmanager, suppress

import pytest

from commands import save, small_world
from splinternet.web.connections import IDLE


@contextmanager
def started(*words: str):
    command = [sys.executable, "-m", "splinternet", "serve", "--port", "0", *words]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    with process:
        try:
            yield process
        finally:
            process.kill()


def test_it_serves_until_it_is_stopped(tmp_path):
    world = save(small_world(), tmp_path / "small")
    with started("--world", str(world)) as process:
        address = re.match(r"(http://127\.0\.0\.1:\d+/) - stop", process.stdout.readline())[1]
        with closing(urllib.request.urlopen(address)) as answer:
            assert b"On whom does a nation" in answer.read()
        request = urllib.request.Request(address, headers={"Host": "evil.example"})
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(request)
        with closing(refused.value):
            assert refused.value.code == 400
        with socket.create_connection(("127.0.0.1", int(address.split(":")[2][:-1]))) as raw:
            raw.sendall(b"this is no HTTP\r\n\r\n")
            assert b" 400 " in raw.recv(100)
        form = {"Content-Type": "multipart/form-data; boundary=x"}
        broken = urllib.request.Request(f"{address}what-if/upload", b"--y", form)
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(broken)
        with closing(refused.value):
            assert refused.value.code == 400
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=30)
        assert said == "splinternet: interrupted\n"
        assert process.returncode == 130


def test_a_port_that_is_taken(run):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        status, _, said = run("serve", "--port", port, "--world", "2019-12")
    assert status == 2
    assert said == f"splinternet: port {port} is taken; choose another one with --port\n"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("serve", "--world", "1066"), "unknown world '1066'"),
        (("--scenario", "two-blocs", "serve"), "no --scenario"),
        (("serve", "--ledger", "none", "--world", "2019-12"), "unknown ledger 'none'"),
        (("serve", "--host", "256.0.0.1", "--world", "2019-12"), "cannot listen on 256.0.0.1"),
        (("serve", "--port", "99999"), "65535"),
    ],
)
def test_what_it_cannot_serve(run, words, says):
    status, _, said = run(*words)
    assert status == 2
    assert says in said
    assert said.count("\n") == 1


def address_of(process) -> tuple[str, int]:
    found = re.match(r"(http://127\.0\.0\.1:(\d+)/) - stop", process.stdout.readline())
    return found[1], int(found[2])


def test_unfinished_heads_keep_nobody_out(tmp_path):
    """More connections than are kept: those that have waited longest go, who asks is answered."""
    world = save(small_world(), tmp_path / "small")
    with started("--world", str(world)) as process, ExitStack() as held:
        address, port = address_of(process)
        for _ in range(IDLE + 60):
            raw = held.enter_context(socket.create_connection(("127.0.0.1", port)))
            raw.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nX-a: ")
        for _ in range(3):
            with closing(urllib.request.urlopen(f"{address}api", timeout=20)) as answer:
                assert answer.status == 200


def test_a_head_must_come_in_time(tmp_path):
    world = save(small_world(), tmp_path / "small")
    quick = "import splinternet.web.connections as c, sys; c._HEAD = 0.3; "
    run = "from splinternet.__main__ import main; sys.exit(main())"
    words = [sys.executable, "-c", quick + run, "serve", "--port", "0", "--world", str(world)]
    process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    with process:
        _, port = address_of(process)
        with socket.create_connection(("127.0.0.1", port)) as raw:
            raw.settimeout(20)
            raw.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n")
            with suppress(ConnectionResetError):
                assert raw.recv(100) == b""
        # A second request on one connection has its own time.
        with socket.create_connection(("127.0.0.1", port)) as raw:
            raw.settimeout(20)
            raw.sendall(b"GET /api HTTP/1.1\r\nHost: localhost\r\n\r\n")
            assert b"200 OK" in raw.recv(100)
            raw.sendall(b"GET /api HTTP")
            with suppress(ConnectionResetError):
                while raw.recv(10_000):
                    pass
        process.kill()


def test_ctrl_c_ends_what_is_followed(tmp_path):
    with started("--world", "2019-12") as process:
        _, port = address_of(process)
        with socket.create_connection(("127.0.0.1", port)) as raw:
            raw.sendall(b"GET /brief/IN/progress HTTP/1.1\r\nHost: localhost\r\n\r\n")
            assert b"200 OK" in raw.recv(1000)
            assert b"part" in raw.recv(10_000)
            process.send_signal(signal.SIGINT)
            _, said = process.communicate(timeout=60)
        assert said == "splinternet: interrupted\n"
        assert process.returncode == 130


def test_listening_everywhere_is_warned_of(tmp_path):
    world = save(small_world(), tmp_path / "small")
    with started("--world", str(world), "--host", "0.0.0.0") as process:
        address, _ = address_of(process)
        with closing(urllib.request.urlopen(address)) as answer:
            assert answer.status == 200
        process.send_signal(signal.SIGINT)
        said = process.communicate(timeout=60)[1].splitlines()
    assert said[0] == "Warning: everybody who reaches this machine can use this server."
    assert "--name" in said[1]
    assert said[2:] == ["splinternet: interrupted"]
