"""Downloads, from a publisher on this machine that can be told to misbehave."""

import hashlib
import json
import socket
import sys
import threading
import time
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext, suppress
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import ModuleType

import pytest
import requests

from splinternet.base.errors import FetchError, InputError, MisuseError, WorldError
from splinternet.world import download
from splinternet.world import fetch as fetch_module
from splinternet.world.catalogue import downloads_folder, worlds_folder
from splinternet.world.download import Patience, ResumingDownloader
from splinternet.world.fetch import RECEIPT, fetch, fetch_world
from splinternet.world.manifest import Input, Manifest
from splinternet.world.rib.collectors import Collector, find_collectors
from splinternet.world.schema import TABLES
from splinternet.world.snapshots import load_sources
from splinternet.world.world import World
from test_rib import PEERS, attributes, peer_table, rib_record

QUICK = Patience(retries=2, wait=0.0, timeout=5.0)
HASTY = Patience(retries=0, wait=0.0, timeout=5.0)
#: Lines of one length, so that half of it is half of them.
BODY = b"".join(b"100|%d|-1|bgp\n" % asn for asn in range(10_000, 50_000))
OLD = b"10|20|0|bgp\n"
REGISTRY = (
    b"2|ripencc|20191201|1|19830705|20191130|+0100\nripencc|RU|asn|200|1|19930901|allocated\n"
)
ORGS = b"""# format:org_id|changed|org_name|country|source
ORG-2|20191201|Two, Inc.|US|RIPE
# format:aut|changed|aut_name|org_id|opaque_id|source
200|20191201|TWO|ORG-2||RIPE
"""
NAME = "20191201.as-rel2.txt.bz2"
PATH = f"/rel/{NAME}"


class Publisher(ThreadingHTTPServer):
    """Serves ``files``; ``faults`` of a path are used up one by one, before it behaves."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Answer)
        self.files = {PATH: BODY}
        self.types = {}
        self.faults = defaultdict(list)
        self.asked = []
        self.headers = {"Last-Modified": formatdate(1_575_200_000, usegmt=True), "ETag": '"one"'}
        self.heeds_ranges = True

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def ranges(self, path=PATH) -> list[str | None]:
        return [headers.get("Range") for asked, headers in self.asked if asked == path]


class Answer(BaseHTTPRequestHandler):
    server: Publisher

    def log_message(self, *args):
        """Keep the test's output clean."""

    def do_GET(self):
        site = self.server
        site.asked.append((self.path, dict(self.headers)))
        fault = site.faults[self.path].pop(0) if site.faults[self.path] else None
        body = site.files.get(self.path)
        if isinstance(fault, int) or body is None:
            self.send_error(fault or 404)
            return
        if isinstance(fault, threading.Event):
            fault.wait(10)
        if fault == "slow head":
            self.drip(b"HTTP/1.1 200 OK\r\nX-Wait: " + bytes(1000))
            return
        start = self.first_byte()
        if start is not None and start >= len(body):
            self.send_error(416)
            return
        self.send_response(200 if start is None else 206)
        if start is not None:
            self.send_header("Content-Range", f"bytes {start}-{len(body) - 1}/{len(body)}")
            body = body[start:]
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Type", site.types.get(self.path, "application/octet-stream"))
        for name, value in site.headers.items():
            self.send_header(name, value)
        self.end_headers()
        if fault == "drip":
            self.drip(body)
        self.wfile.write(body[: len(body) // 2] if fault == "cut" else body)

    def drip(self, body):
        with suppress(OSError):  # until the other has had enough
            for place in range(len(body)):
                self.wfile.write(body[place : place + 1])
                time.sleep(0.02)

    def first_byte(self) -> int | None:
        wanted = self.headers.get("Range")
        if not (wanted and self.server.heeds_ranges):
            return None
        held = (self.server.headers.get("ETag"), self.server.headers.get("Last-Modified"))
        if self.headers.get("If-Range", held[0]) not in held:
            return None
        return int(wanted.removeprefix("bytes=").removesuffix("-"))


@pytest.fixture
def site(tmp_path, monkeypatch):
    monkeypatch.setenv("SPLINTERNET_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with Publisher() as site:
        thread = threading.Thread(target=site.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield site
        site.shutdown()
        thread.join(5)


@pytest.fixture
def sources(site, tmp_path):
    """One required file, one optional, one to be picked from a folder."""
    text = f"""
        [[snapshot]]
        name = "2019-12"
        [[file]]
        name = "as-rel"
        roles = ["as_rel"]
        required = true
        urls = ["{site.url}/rel/{{date}}.as-rel2.txt.bz2", "{site.url}/old/{{date}}.txt"]
        licence = "theirs"
        citation = "Them, {{date}}"
        [[file]]
        name = "registry"
        roles = ["as_country"]
        urls = ["{site.url}/{{year}}/delegated-{{date}}"]
        licence = "theirs"
        citation = "Registry, {{date}}"
        [[file]]
        name = "orgs"
        roles = ["as_names", "as_country"]
        urls = ["{site.url}/orgs/"]
        pick = '(\\d{{8}})\\.orgs\\.gz'
        licence = "theirs"
        citation = "Orgs, {{date}}"
    """
    path = tmp_path / "sources.toml"
    path.write_text(text)
    return load_sources(path)


def downloaded() -> set[str]:
    return {path.name for path in (downloads_folder() / "2019-12").iterdir()} - {".lock"}


def receipt() -> dict:
    return json.loads((downloads_folder() / "2019-12" / RECEIPT).read_text())


def test_a_good_download(site, sources):
    site.files["/2019/delegated-20191201"] = REGISTRY
    fetched = fetch("2019-12", sources=sources, patience=QUICK)
    assert [file.path.name for file in fetched.files] == [NAME, "delegated-20191201"]
    assert fetched.paths("as_rel")[0].read_bytes() == BODY
    assert fetched.paths("as_country") == [downloads_folder() / "2019-12" / "delegated-20191201"]
    assert fetched.missing == ("orgs",)
    assert downloaded() == {NAME, "delegated-20191201", RECEIPT}
    noted = receipt()["files"]["as-rel"]
    assert noted["sha256"] == hashlib.sha256(BODY).hexdigest()
    assert noted["bytes"] == len(BODY)
    assert noted["url"] == site.url + PATH
    assert noted["modified"] == "2019-12-01T11:33:20+00:00"
    assert noted["citation"] == "Them, 20191201"
    assert noted["downloaded"] > noted["modified"]


def test_packed_files_are_asked_for_as_they_are(site, sources):
    fetch("2019-12", sources=sources, patience=QUICK)
    assert site.asked[0][1]["Accept-Encoding"] == "identity"
    assert site.asked[0][1]["User-Agent"].startswith("splinternet/")


def test_a_second_fetch_downloads_nothing(site, sources):
    site.files["/2019/delegated-20191201"] = REGISTRY
    site.files["/orgs/"] = b'<a href="20191001.orgs.gz">'
    site.files["/orgs/20191001.orgs.gz"] = ORGS
    first = fetch("2019-12", sources=sources, patience=QUICK)
    site.asked.clear()
    second = fetch("2019-12", sources=sources, patience=QUICK)
    assert site.asked == []
    assert [file.path for file in second.files] == [file.path for file in first.files]
    assert all(file.new for file in first.files)
    assert not any(file.new for file in second.files)


@pytest.mark.parametrize(
    ("listed", "taken"),
    [
        (["20190701", "20191001", "20200101"], "20191001"),
        (["20191201", "20200101"], "20191201"),
        (["20200401", "20200101"], "20200101"),
    ],
)
def test_the_nearest_file_of_a_folder(site, sources, listed, taken):
    links = [f'<a href="{day}.orgs.gz">{day}.or..&gt;</a>' for day in listed]
    others = ['<a href="?C=M;O=A">', '<a href="README.txt">', '<a href="20191130.orgs.txt">']
    site.files["/orgs/"] = "\n".join(links + others).encode()
    site.types["/orgs/"] = "text/html;charset=UTF-8"
    site.files.update({f"/orgs/{day}.orgs.gz": ORGS for day in listed})
    fetched = fetch("2019-12", sources=sources, patience=QUICK)
    assert [path.name for path in fetched.paths("as_names")] == [f"{taken}.orgs.gz"]
    assert receipt()["files"]["orgs"]["citation"] == f"Orgs, {taken}"


def test_the_next_address_where_the_first_has_nothing(site, sources):
    site.files = {"/old/20191201.txt": OLD}
    fetched = fetch("2019-12", sources=sources, patience=QUICK)
    assert fetched.paths("as_rel")[0].read_bytes() == OLD


def test_not_published(site, sources):
    site.files = {}
    with pytest.raises(
        FetchError, match=r"as-rel: not published for 2021-03-01 \(tried http"
    ) as no:
        fetch("2021-03", sources=sources, patience=QUICK)
    assert "\n" not in str(no.value)
    assert site.ranges("/rel/20210301.as-rel2.txt.bz2") == [None]


@pytest.mark.parametrize("name", ["2019-13", "2019", "../2019-12", "2019-12-01"])
def test_no_such_snapshot(site, sources, name):
    with pytest.raises(MisuseError, match=r"unknown snapshot .*give a month as YYYY-MM"):
        fetch(name, sources=sources, patience=QUICK)
    assert site.asked == []


def test_a_cut_connection_is_resumed(site, sources):
    site.faults[PATH] = ["cut"]
    fetched = fetch("2019-12", sources=sources, patience=QUICK)
    assert fetched.files[0].path.read_bytes() == BODY
    assert site.ranges() == [None, f"bytes={len(BODY) // 2}-"]
    assert downloaded() == {NAME, RECEIPT}


@pytest.mark.parametrize("tag", ['"one"', 'W/"weak"', None])
def test_a_later_run_resumes(site, sources, tag):
    site.headers["ETag"] = tag or ""
    site.faults[PATH] = ["cut"]
    with pytest.raises(FetchError, match=r"the connection broke off; fetch again to get the rest"):
        fetch("2019-12", sources=sources, patience=HASTY)
    assert downloaded() == {f"{NAME}.part"}
    fetched = fetch("2019-12", sources=sources, patience=HASTY)
    assert fetched.files[0].path.read_bytes() == BODY
    assert site.ranges() == [None, f"bytes={len(BODY) // 2}-"]
    assert receipt()["files"]["as-rel"]["modified"] == "2019-12-01T11:33:20+00:00"


@pytest.mark.parametrize(("tag", "proof"), [('"one"', "ETag"), ('W/"weak"', "Last-Modified")])
def test_only_a_strong_tag_proves_the_file_is_the_same(site, sources, tag, proof):
    site.headers["ETag"] = tag
    site.faults[PATH] = ["cut"]
    fetch("2019-12", sources=sources, patience=QUICK)
    [resumed] = [headers for path, headers in site.asked if path == PATH and "Range" in headers]
    assert resumed["If-Range"] == site.headers[proof]


def test_a_file_changed_meanwhile_is_downloaded_whole(site, sources):
    site.faults[PATH] = ["cut"]
    with pytest.raises(FetchError):
        fetch("2019-12", sources=sources, patience=HASTY)
    site.files[PATH] = b"#new\n" + BODY
    site.headers = {"Last-Modified": formatdate(1_575_300_000, usegmt=True), "ETag": '"two"'}
    fetched = fetch("2019-12", sources=sources, patience=HASTY)
    assert fetched.files[0].path.read_bytes() == b"#new\n" + BODY


def test_a_server_that_resumes_another_file_is_not_believed(site, sources, monkeypatch):
    site.faults[PATH] = ["cut"]
    with pytest.raises(FetchError):
        fetch("2019-12", sources=sources, patience=HASTY)
    site.files[PATH] = b"#new\n" + BODY
    site.headers = {"Last-Modified": formatdate(1_575_300_000, usegmt=True)}

    def heed_range_alone(answer):
        wanted = answer.headers.get("Range")
        return int(wanted[len("bytes=") : -1]) if wanted else None

    monkeypatch.setattr(Answer, "first_byte", heed_range_alone)
    fetched = fetch("2019-12", sources=sources, patience=QUICK)
    assert fetched.files[0].path.read_bytes() == b"#new\n" + BODY
    assert len(site.ranges()) == 3


def test_a_server_that_ignores_ranges(site, sources):
    site.heeds_ranges = False
    site.faults[PATH] = ["cut"]
    fetched = fetch("2019-12", sources=sources, patience=QUICK)
    assert fetched.files[0].path.read_bytes() == BODY


def test_a_server_that_has_no_more_of_it(site, sources):
    """All had arrived when the program was stopped: the server answers 416."""
    site.faults[PATH] = ["cut"]
    with pytest.raises(FetchError):
        fetch("2019-12", sources=sources, patience=HASTY)
    site.files[PATH] = BODY[: len(BODY) // 2]
    fetched = fetch("2019-12", sources=sources, patience=QUICK)
    assert fetched.files[0].path.read_bytes() == BODY[: len(BODY) // 2]
    assert site.ranges()[1:] == [f"bytes={len(BODY) // 2}-", None]


def test_a_truncated_body_is_never_taken_for_the_file(site, sources):
    site.faults[PATH] = ["cut"] * 3
    site.heeds_ranges = False
    with pytest.raises(FetchError, match="the connection broke off"):
        fetch("2019-12", sources=sources, patience=QUICK)
    assert downloaded() == {f"{NAME}.part"}
    assert len(site.ranges()) == 3


@pytest.mark.parametrize("status", [500, 503, 429])
def test_a_passing_failure_is_tried_again(site, sources, status):
    site.faults[PATH] = [status, status]
    fetched = fetch("2019-12", sources=sources, patience=QUICK)
    assert fetched.files[0].path.read_bytes() == BODY
    assert len(site.ranges()) == 3


def test_retries_are_bounded(site, sources):
    site.faults[PATH] = [500] * 9
    with pytest.raises(FetchError, match=r"the server answers HTTP 500 .*; try again later"):
        fetch("2019-12", sources=sources, patience=QUICK)
    assert len(site.ranges()) == 3
    assert downloaded() == set()


def test_waits_double(site, sources, monkeypatch):
    waits = []
    monkeypatch.setattr("splinternet.world.download.time.sleep", waits.append)
    site.faults[PATH] = [500] * 3
    fetch("2019-12", sources=sources, patience=Patience(retries=3, wait=0.5))
    assert waits == [0.5, 1.0, 2.0]


def test_a_refusal_is_final(site, sources):
    site.faults[PATH] = [403] * 3
    with pytest.raises(FetchError, match="HTTP 403"):
        fetch("2019-12", sources=sources, patience=QUICK)
    assert len(site.ranges()) == 1


def test_a_web_page_is_not_the_file(site, sources):
    site.types[PATH] = "text/html; charset=utf-8"
    with pytest.raises(FetchError, match="a web page came instead of the file"):
        fetch("2019-12", sources=sources, patience=QUICK)
    assert downloaded() == set()


@pytest.mark.parametrize(
    "body", [b"<!doctype html><title>please log in</title>", b"", BODY[:-5], b"\x1f\x8b\x08\x00cut"]
)
@pytest.mark.parametrize("path", [PATH, "/2019/delegated-20191201"])
def test_what_no_reader_takes_is_fetched_again(site, sources, path, body):
    site.files["/2019/delegated-20191201"] = REGISTRY
    right, site.files[path] = site.files[path], body
    with pytest.raises(FetchError, match=r"what came is not the file \(.*fetch again") as no:
        fetch("2019-12", sources=sources, patience=QUICK)
    assert path.rpartition("/")[2] not in downloaded()
    assert "\n" not in str(no.value)
    site.files[path] = right
    fetched = fetch("2019-12", sources=sources, patience=QUICK)
    assert [file.path.read_bytes() for file in fetched.files] == [BODY, REGISTRY]


@pytest.mark.parametrize("status", [204, 304])
def test_an_answer_without_a_file_is_not_one(site, sources, status):
    site.faults[PATH] = [status]
    with pytest.raises(FetchError, match=f"the server answers HTTP {status}"):
        fetch("2019-12", sources=sources, patience=QUICK)
    assert fetch("2019-12", sources=sources, patience=QUICK).files[0].path.read_bytes() == BODY


def test_a_file_that_nobody_noted_is_fetched_again(site, sources):
    """It was left by a run that was killed; nobody knows whether it is whole."""
    folder = downloads_folder() / "2019-12"
    folder.mkdir(parents=True)
    (folder / NAME).write_bytes(BODY[:-17])
    assert fetch("2019-12", sources=sources, patience=QUICK).files[0].path.read_bytes() == BODY


def test_a_forced_fetch_that_fails_leaves_what_was_there(site, sources):
    path = fetch("2019-12", sources=sources, patience=QUICK).files[0].path
    site.files[PATH] = b"damaged"
    with pytest.raises(FetchError, match="what came is not the file"):
        fetch("2019-12", sources=sources, patience=QUICK, force=True)
    assert path.read_bytes() == BODY
    assert not fetch("2019-12", sources=sources, patience=QUICK).files[0].new


def test_a_registry_file_cut_at_the_end_of_a_line_is_noted(site, sources):
    """No length was promised, and each line is whole; but the file says how many there are."""
    head = b"2|ripencc|20191201|3|19830705|20191130|+0100\nripencc|*|asn|*|3|summary\n"
    site.files["/2019/delegated-20191201"] = head + REGISTRY.splitlines(keepends=True)[1]
    for _ in range(2):
        fetched = fetch("2019-12", sources=sources, patience=QUICK)
        (note,) = fetched.files[1].received.notes
        assert "3 records" in note
        assert "1 are there" in note


def test_two_fetches_at_once_download_once(site, sources, caplog):
    slowly = threading.Event()
    site.faults[PATH] = [slowly]
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(fetch, "2019-12", sources=sources, patience=QUICK)
        while not site.asked:
            time.sleep(0.01)
        second = pool.submit(fetch, "2019-12", sources=sources, patience=QUICK)
        while not caplog.records:
            time.sleep(0.01)
        slowly.set()
        assert first.result().files[0].path.read_bytes() == BODY
        assert not second.result().files[0].new
    assert "another fetch of 2019-12 is at work; waiting for it" in caplog.text
    assert len(site.ranges()) == 1


def test_a_publisher_that_sends_a_byte_now_and_then_is_given_up(site, sources):
    site.faults[PATH] = ["drip"] * 2
    patience = Patience(retries=1, wait=0.0, timeout=0.3, least=100)
    with pytest.raises(FetchError, match=r"fewer than 100 bytes came in 0\.3 s; try again later"):
        fetch("2019-12", sources=sources, patience=patience)
    assert len(site.ranges()) == 2


def test_a_head_that_never_ends_is_given_up(site, sources):
    site.faults[PATH] = ["slow head"]
    patience = Patience(retries=0, wait=0.0, timeout=0.4)
    with pytest.raises(FetchError, match=r"no sign of 127\.0\.0\.1:\d+ for 0\.4 s"):
        fetch("2019-12", sources=sources, patience=patience)
    assert fetch("2019-12", sources=sources, patience=QUICK).files[0].path.read_bytes() == BODY


def test_more_than_any_file_has_is_not_taken(site, sources, monkeypatch):
    monkeypatch.setattr(download, "_MOST", 1000)
    with pytest.raises(FetchError, match="which no published file is"):
        fetch("2019-12", sources=sources, patience=QUICK)


def test_bytes_that_did_not_reach_the_disk_are_missed(site, sources, monkeypatch):
    """As where two write to one file, or a file system drops what it took."""
    size = download._on_disk
    monkeypatch.setattr(download, "_on_disk", lambda part: size(part) - 1)
    with pytest.raises(FetchError, match=r"680,000 bytes came and 679,999 are on the disk"):
        fetch("2019-12", sources=sources, patience=QUICK)
    assert downloaded() == set()


def test_nobody_there(site, sources, tmp_path):
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))  # bound but not listening: connections are refused
        address = f"http://127.0.0.1:{unused.getsockname()[1]}"
        text = (tmp_path / "sources.toml").read_text().replace(site.url, address)
        (tmp_path / "elsewhere.toml").write_text(text)
        elsewhere = load_sources(tmp_path / "elsewhere.toml")
        with pytest.raises(FetchError, match=r"cannot reach 127\.0\.0\.1:\d+ \(.*refused\)") as no:
            fetch("2019-12", sources=elsewhere, patience=QUICK)
    assert "\n" not in str(no.value)


def test_no_network(site, sources, monkeypatch):
    def no_names(*args, **kwargs):
        raise socket.gaierror(-3, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", no_names)
    with pytest.raises(FetchError, match=r"cannot find 127\.0\.0\.1:\d+ \(no network\?\)"):
        fetch("2019-12", sources=sources, patience=QUICK)


def test_a_silent_server(site, sources):
    with socket.create_server(("127.0.0.1", 0)) as silent, requests.Session() as session:
        part = downloads_folder() / "x.part"
        download = ResumingDownloader(
            session, part, Patience(retries=0, timeout=0.05), lambda done, total: None
        )
        address = f"http://127.0.0.1:{silent.getsockname()[1]}/x"
        with pytest.raises(FetchError, match=r"no sign of 127\.0\.0\.1:\d+ for 0\.05 s"):
            download(address)


def test_a_wrong_checksum(site, sources):
    wrong = {NAME: "0" * 64}
    pinned = type(sources.snapshot[0])(name="2019-12", sha256=wrong)
    sources = type(sources)(snapshot=(pinned,), file=sources.file)
    with pytest.raises(FetchError, match=r"not the file with sha256 0{64}; fetch again"):
        fetch("2019-12", sources=sources, patience=QUICK)
    assert downloaded() == set()


def test_a_right_checksum(site, sources):
    right = {NAME: hashlib.sha256(BODY).hexdigest()}
    pinned = type(sources.snapshot[0])(name="2019-12", sha256=right)
    sources = type(sources)(snapshot=(pinned,), file=sources.file)
    assert fetch("2019-12", sources=sources, patience=QUICK).paths("as_rel")


def test_a_file_its_publisher_has_changed(site, sources):
    path = fetch("2019-12", sources=sources, patience=QUICK).files[0].path
    path.unlink()
    site.files[PATH] = OLD
    with pytest.raises(FetchError, match=r"it was another on 2.*; force=True accepts the new one"):
        fetch("2019-12", sources=sources, patience=QUICK)
    assert not path.exists()
    fetch("2019-12", sources=sources, patience=QUICK, force=True)
    assert path.read_bytes() == OLD
    assert receipt()["files"]["as-rel"]["bytes"] == len(OLD)


def test_a_file_changed_on_this_machine(site, sources):
    path = fetch("2019-12", sources=sources, patience=QUICK).files[0].path
    path.write_bytes(b"scribble")
    with pytest.raises(FetchError, match=r"not the file that was downloaded on .*; delete it"):
        fetch("2019-12", sources=sources, patience=QUICK)
    assert path.read_bytes() == b"scribble"
    path.unlink()
    fetch("2019-12", sources=sources, patience=QUICK)
    assert path.read_bytes() == BODY


def test_force_downloads_again(site, sources):
    fetch("2019-12", sources=sources, patience=QUICK)
    again = fetch("2019-12", sources=sources, patience=QUICK, force=True)
    assert again.files[0].new
    assert site.ranges() == [None, None]


def test_a_damaged_receipt(site, sources):
    fetch("2019-12", sources=sources, patience=QUICK)
    (downloads_folder() / "2019-12" / RECEIPT).write_text("{")
    with pytest.raises(FetchError, match=r"receipt\.json: damaged .*force=True"):
        fetch("2019-12", sources=sources, patience=QUICK)
    assert fetch("2019-12", sources=sources, patience=QUICK, force=True).files


def test_an_interrupt_keeps_what_has_arrived(site, sources, monkeypatch):
    seen = []

    def interrupt(done, total):
        seen.append((done, total))
        if done > len(BODY) // 3:
            raise KeyboardInterrupt

    bars = nullcontext(lambda name: interrupt)
    with monkeypatch.context() as patch:
        patch.setattr(fetch_module, "download_bars", lambda show: bars)
        with pytest.raises(KeyboardInterrupt):
            fetch("2019-12", sources=sources, patience=QUICK)
    assert downloaded() == {f"{NAME}.part"}
    assert seen[-1][1] == len(BODY)
    fetched = fetch("2019-12", sources=sources, patience=QUICK)
    assert fetched.files[0].path.read_bytes() == BODY
    assert site.ranges()[-1] == f"bytes={seen[-1][0]}-"
    assert downloaded() == {NAME, RECEIPT}


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs /dev/full")
def test_a_full_disk(site, sources):
    site.headers = {}
    folder = downloads_folder() / "2019-12"
    folder.mkdir(parents=True)
    (folder / f"{NAME}.part").symlink_to("/dev/full")
    with pytest.raises(FetchError, match="the disk that holds the downloads is full"):
        fetch("2019-12", sources=sources, patience=QUICK)
    assert downloaded() == {f"{NAME}.part"}


def test_a_data_folder_that_cannot_be(site, sources, tmp_path):
    (tmp_path / "data").write_text("a file, not a folder")
    with pytest.raises(FetchError, match="cannot be stored"):
        fetch("2019-12", sources=sources, patience=QUICK)


def test_progress_goes_to_standard_error(site, sources, capfd):
    fetch("2019-12", sources=sources, patience=QUICK, progress=True)
    out, err = capfd.readouterr()
    assert out == ""
    assert NAME in err
    fetch("2019-12", sources=sources, patience=QUICK, force=True)
    assert capfd.readouterr() == ("", "")


def test_a_bad_list_of_sources(tmp_path):
    (tmp_path / "bad.toml").write_text("[[file]]\nname = 3")
    with pytest.raises(InputError, match=r"bad\.toml: is no list of snapshot files"):
        load_sources(tmp_path / "bad.toml")
    with pytest.raises(InputError, match="cannot be read"):
        load_sources(tmp_path / "absent.toml")


def test_the_shipped_sources():
    shipped = load_sources()
    assert [snapshot.name for snapshot in shipped.snapshot] == ["2019-12", "2025-09"]
    day = shipped.find("2019-12").date
    addresses = {file.name: file.addresses(day) for file in shipped.file}
    caida = "https://publicdata.caida.org/datasets"
    assert addresses["as-rel"][0] == f"{caida}/as-relationships/serial-2/{NAME}"
    assert addresses["prefix2as"] == [f"{caida}/routing/routeviews-prefix2as/2019/12/"]
    assert addresses["delegated-ripencc"] == [
        "https://ftp.ripe.net/pub/stats/ripencc/2019/delegated-ripencc-extended-20191201.bz2"
    ]
    assert [file.name for file in shipped.file if file.required] == ["as-rel"]
    assert shipped.find("2021-03").date.isoformat() == "2021-03-01"


@pytest.mark.parametrize(
    ("name", "listed", "taken"),
    [
        ("as-org2info", ["20191001.as-org2info.jsonl.gz", "20190701.as-org2info.txt.gz"], 1),
        (
            "prefix2as",
            ["routeviews-rv2-20191201-0800.pfx2as.gz", "routeviews-rv2-20191202-1200.pfx2as.gz"],
            0,
        ),
        ("ixs", ["ix-asns_201910.jsonl", "ixs_201907.jsonl", "ixs_201910.jsonl"], 2),
        ("ix-asns", ["ix-asns_201910.jsonl", "ixs_201910.jsonl"], 0),
    ],
)
def test_the_shipped_patterns(name, listed, taken):
    shipped = load_sources()
    [file] = [file for file in shipped.file if file.name == name]
    chosen = file.choose(listed, shipped.find("2019-12").date)
    assert chosen
    assert chosen[0] == listed[taken]


@pytest.fixture
def builder(monkeypatch):
    """A stand-in for the importer, which reads files in earnest; records what it was given."""
    calls = []

    def build_world(date, *, name, **files):
        calls.append({"date": date, "name": name} | files)
        inputs = tuple(
            Input(
                file=path.name,
                format="test",
                sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
                bytes=1,
                used_for=role,
                read=1,
            )
            for role, paths in files.items()
            for path in paths
        )
        manifest = Manifest(name=name, date=str(date), inputs=inputs)
        world = World(manifest, TABLES["networks"].empty(), TABLES["links"].empty())
        return world, None  # what is reported of it is not looked at

    module = ModuleType("splinternet.world.build")
    module.build_world = build_world
    monkeypatch.setitem(sys.modules, "splinternet.world.build", module)
    return calls


def test_a_fetched_world(site, sources, builder):
    folder, fetched = fetch_world("2019-12", sources=sources, patience=QUICK)
    assert folder == worlds_folder() / "2019-12"
    assert World.open(folder).manifest.name == "2019-12"
    [call] = builder
    assert call["as_rel"] == fetched.paths("as_rel")
    assert call["as_country"] == call["as_names"] == []
    assert str(call["date"]) == "2019-12-01"


def test_a_world_of_the_same_files_is_left(site, sources, builder):
    fetch_world("2019-12", sources=sources, patience=QUICK)
    fetch_world("2019-12", sources=sources, patience=QUICK)
    assert len(builder) == 1
    fetch_world("2019-12", sources=sources, patience=QUICK, force=True)
    assert len(builder) == 2


def test_a_damaged_world_is_made_again(site, sources, builder):
    folder, _ = fetch_world("2019-12", sources=sources, patience=QUICK)
    (folder / "links.parquet").write_bytes(b"")
    fetch_world("2019-12", sources=sources, patience=QUICK)
    assert World.open(folder).links.height == 0


def test_another_world_is_not_replaced_unasked(site, sources, builder):
    folder, _ = fetch_world("2019-12", sources=sources, patience=QUICK)
    site.files["/2019/delegated-20191201"] = REGISTRY
    with pytest.raises(WorldError, match="made of other files is there; force=True replaces it"):
        fetch_world("2019-12", sources=sources, patience=QUICK)
    assert len(World.open(folder).manifest.inputs) == 1
    fetch_world("2019-12", sources=sources, patience=QUICK, force=True)
    assert len(World.open(folder).manifest.inputs) == 2


def test_a_world_without_its_manifest_is_made_again(site, sources, builder):
    folder, _ = fetch_world("2019-12", sources=sources, patience=QUICK)
    (folder / "manifest.json").unlink()
    fetch_world("2019-12", sources=sources, patience=QUICK)
    assert World.open(folder).manifest.name == "2019-12"


def test_what_is_no_world_is_kept_and_nothing_downloaded(site, sources, builder):
    folder = worlds_folder() / "2019-12"
    folder.mkdir(parents=True)
    (folder / "thesis.txt").write_text("all of it")
    with pytest.raises(WorldError, match="is no world"):
        fetch_world("2019-12", sources=sources, patience=QUICK, force=True)
    assert site.asked == []
    assert (folder / "thesis.txt").read_text() == "all of it"


# Routing tables


@pytest.fixture
def collectors(site):
    """Two collectors, whose tables have the same names; the first day begins at 06:44."""
    pick = r"rib\.({date}\.\d{4})\.bz2"
    folder = f"{site.url}/{{name}}/{{year}}.{{month}}/"
    made = [
        Collector(name, "Nairobi", "KE", folder, pick, "theirs", f"Them, {name}")
        for name in ("one", "two")
    ]
    links = [f'<a href="rib.201912{at}.bz2">' for at in ("01.0844", "01.0644", "02.0000")]
    for collector, monitor in zip(made, (10, 20), strict=True):
        page = f"/{collector.name}/2019.12/"
        site.files[page] = "\n".join(links).encode()
        site.types[page] = "text/html"
        path = attributes([monitor, 100, 10_000])
        table = peer_table(PEERS) + rib_record("10.0.0.0/8", [(monitor // 10 - 1, path)])
        site.files[page + "rib.20191201.0644.bz2"] = table
    return made


def test_routing_tables_come_with_a_snapshot(site, sources, collectors):
    folder, _ = fetch_world("2019-12", sources=sources, patience=QUICK)
    site.asked.clear()
    table = "/one/2019.12/rib.20191201.0644.bz2"
    site.faults[table] = ["cut"]
    with pytest.raises(FetchError, match="broke off"):
        fetch_world("2019-12", ribs=collectors, sources=sources, patience=HASTY)
    again, fetched = fetch_world("2019-12", ribs=collectors, sources=sources, patience=HASTY)
    half = len(site.files[table]) // 2
    assert site.ranges(table) == [None, f"bytes={half}-"]
    assert not site.ranges()  # what was here is not asked for
    assert [path.name for path in fetched.paths("rib")] == [
        "one.rib.20191201.0644.bz2",
        "two.rib.20191201.0644.bz2",
    ]
    world = World.open(again)
    assert again == folder
    assert dict(world.paths.select("monitor", "collector").iter_rows()) == {
        10: "one",
        20: "two",
    }
    assert receipt()["files"]["two"]["citation"] == "Them, two"


def test_what_is_no_routing_table_is_not_kept(site, sources, collectors):
    site.files["/one/2019.12/rib.20191201.0644.bz2"] = BODY
    with pytest.raises(FetchError, match=r"what came is not the file .*no routing table"):
        fetch("2019-12", ribs=collectors, sources=sources, patience=QUICK)
    assert downloaded() == {NAME, RECEIPT}
    del site.files["/two/2019.12/"]
    fetched = fetch("2019-12", ribs=collectors[1:], sources=sources, patience=QUICK)
    assert "two" in fetched.missing


def test_addresses_of_collectors():
    day = load_sources().find("2019-12").date
    named = ["route-views2", "route-views.kixp", "rrc00"]
    files = [each.published(day) for each in find_collectors(named)]
    assert [file.addresses(day)[0] for file in files] == [
        "https://archive.routeviews.org/bgpdata/2019.12/RIBS/",
        "https://archive.routeviews.org/route-views.kixp/bgpdata/2019.12/RIBS/",
        "https://data.ris.ripe.net/rrc00/2019.12/",
    ]
    listed = ["bview.20191201.0000.gz", "bview.20191201.0800.gz", "updates.20191201.0000.gz"]
    assert files[2].choose(listed, day) == (listed[0], "20191201.0000")
    assert files[2].choose(["bview.20191205.0000.gz"], day) is None
