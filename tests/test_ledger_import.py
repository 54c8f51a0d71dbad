"""``splinternet ledger import``: AidData's workbook, TeleGeography's archive, and damaged files."""

import bz2
import gzip
import io
import json
import lzma
import random
import tarfile
import zipfile
import zlib
from xml.sax.saxutils import escape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledgers import write_ledger
from splinternet.base import archives
from splinternet.base.archives import DataFile
from splinternet.base.countries import find_country
from splinternet.base.errors import InputError
from splinternet.ledger.extending import extend_ledger
from splinternet.ledger.importers import find_importer
from splinternet.ledger.ledger import Ledger
from splinternet.ledger.reading import check_ledger, read_ledger
from splinternet.ledger.writing import write_files
from splinternet.supply.cables import cables_by, international_cables
from splinternet.supply.finance import finance

# Files made by hand from the published formats ---------------------------------------------------

_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_SHEETS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def workbook(rows: list[list[object]]) -> bytes:
    """The smallest xlsx that holds one sheet."""

    def cell(value: object) -> str:
        if isinstance(value, int | float):
            return f"<c><v>{value}</v></c>"
        return f'<c t="inlineStr"><is><t>{escape(str(value))}</t></is></c>'

    sheet = "".join(f"<row>{''.join(map(cell, row))}</row>" for row in rows)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    files = {
        "[Content_Types].xml": f'<Types xmlns="{_TYPES}"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/><Override PartName='
        f'"/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/><Override PartName='
        f'"/xl/worksheets/sheet1.xml" ContentType="{kind}.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="r1" Type='
        f'"{_LINKS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_SHEETS}" xmlns:r="{_LINKS}"><sheets>'
        '<sheet name="Huawei" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="r1" '
        f'Type="{_LINKS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_SHEETS}"><sheetData>{sheet}</sheetData>'
        "</worksheet>",
    }
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return data.getvalue()


PROJECT = {
    "AidData TUFF Project ID": 101,
    "Recommended For Huawei Aggregates": "Yes",
    "Recipient": "Russia",
    "Commitment Year": 2015,
    "Commitment Year Estimated": "No",
    "Title": "A credit for a network",
    "Status": "Completion",
    "Flow Type": "Supplier's Credit/Export Seller's Credit",
    "Funding Agencies": "Huawei Technologies Co., Ltd.",
    "Receiving Agencies": "MTS PJSC",
    "Amount (Original Currency)": 1500000.5,
    "Original Currency": "USD",
    "Amount (Nominal)": 1500000.5,
    "Contact Name": "Someone Private",
}


def projects(*changes: dict[str, object]) -> bytes:
    rows = [PROJECT | change for change in changes]
    return workbook([list(PROJECT), *(list(row.values()) for row in rows)])


def archive(files: dict[str, object], day: int = 1_574_717_081) -> bytes:
    """A tar archive of JSON files; text and bytes stay as they are."""
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w") as tar:
        for name, content in files.items():
            raw = content if isinstance(content, bytes) else json.dumps(content).encode()
            member = tarfile.TarInfo(name)
            member.size, member.mtime = len(raw), day
            tar.addfile(member, io.BytesIO(raw))
    return data.getvalue()


def cable(number: str, **values: object) -> dict[str, object]:
    points = [
        {"id": "sochi-russia", "name": "Sochi, Russia"},
        {"id": "muanda", "name": "Muanda, Congo, Dem. Rep."},
    ]
    return {
        "id": number,
        "name": number.title(),
        "landing_points": points,
        "owners": "MTS PJSC,  Telecom (with, a comma)",
        "rfs": "2011 June",
        "notes": None,
    } | values


CABLES = {
    "cable/first.json": cable("first"),
    "cable/all.json": [{"id": "first"}],
    "cable/cable-geo.json": {"type": "FeatureCollection"},
    "landing-point/sochi-russia.json": {"id": "sochi-russia"},
}


@pytest.fixture
def base(tmp_path):
    return write_ledger(tmp_path / "base")


@pytest.fixture
def extended(base, tmp_path):
    """Import the bytes of files; give the ledger that comes out, which has no problem."""

    def make(*datas: bytes, name: str = "data") -> Ledger:
        paths = []
        for number, data in enumerate(datas):
            path = tmp_path / f"{number}-{name}"
            path.write_bytes(data)
            paths.append(path)
        folder = tmp_path / "extended"
        folder.mkdir(exist_ok=True)
        write_files(extend_ledger(read_ledger(base), paths).files, folder)
        assert check_ledger(folder) == []
        return read_ledger(folder)

    return make


def only(ledger: Ledger, name: str) -> dict[str, object]:
    return ledger.statements.filter(id=name).row(0, named=True)


# AidData ---------------------------------------------------------------------------------------


def test_a_project(extended):
    row = only(extended(projects({})), "aiddata-101")
    assert (row["subject"], row["predicate"]) == ("huawei-technologies-co-ltd", "finances")
    assert row["object"] == "mts"  # by its name
    assert (row["value_low"], row["value_high"], row["unit"]) == (1500000.5, 1500000.5, "USD")
    assert (row["start"].year, row["start_precision"], row["basis"]) == (2015, "year", None)
    assert row["claim"] == "A credit for a network"


def test_grants_other_currencies_and_unknown_amounts(extended):
    ghana = {"Recipient": "Ghana", "Receiving Agencies": "Government of Ghana"}
    rows = [
        {"Original Currency": "GHS", "Amount (Nominal)": 70, "Flow Type": "Grant"},
        {"Amount (Original Currency)": ""},
        {"Recommended For Huawei Aggregates": "No"},
        {"Receiving Agencies": "A School|B School"},
        {"Commitment Year Estimated": "Yes", **ghana},
    ]
    numbered = [{"AidData TUFF Project ID": number, **row} for number, row in enumerate(rows, 101)]
    ledger = extended(projects(*numbered))
    first = only(ledger, "aiddata-101")
    assert (first["value_low"], first["unit"], first["basis"]) == (70, "USD", "grant")
    assert first["note"] == "Converted to dollars by AidData"
    assert only(ledger, "aiddata-102")["value_low"] is None
    assert "aiddata-103" not in set(ledger.statements["id"])
    assert only(ledger, "aiddata-104")["object"] == "ru"
    assert only(ledger, "aiddata-105")["object"] == "gh"
    assert only(ledger, "aiddata-105")["kind"] == "estimate"


def test_no_private_data_comes_along(extended):
    title = "Mail someone@example.org\u202e at +44 20 7946 0958"
    ledger = extended(projects({"Title": title}))
    assert only(ledger, "aiddata-101")["claim"] == "(private data left out)"
    assert "Someone Private" not in str(ledger.statements.rows())


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"Recipient": "Ruritania"}, ":2: unknown recipient 'Ruritania'"),
        ({"Commitment Year": "soon"}, ":2: 'soon' is no year"),
        ({"AidData TUFF Project ID": "x"}, ":2: 'x' is no project number"),
        ({"Amount (Original Currency)": "much"}, ":2: 'much' is no amount"),
        ({"Amount (Original Currency)": "nan"}, ":2: 'nan' is no sensible amount"),
    ],
)
def test_a_row_that_makes_no_sense(extended, change, message):
    with pytest.raises(InputError, match=message):
        extended(projects(change))


def test_a_workbook_that_lacks_a_column(extended):
    names = [name for name in PROJECT if name != "Title"]
    with pytest.raises(InputError, match=":1: lacks the column 'Title'"):
        extended(workbook([names]))


def test_other_workbooks(extended):
    for rows in ([["a", "b"], [1, 2]], [], [[]]):
        with pytest.raises(InputError, match="holds no known dataset; known are: AidData"):
            extended(workbook(rows))


# TeleGeography -----------------------------------------------------------------------------------


def test_a_cable(extended):
    ledger = extended(archive(CABLES))
    found = international_cables(ledger, "RU", "2019-12-01").row(0, named=True)
    assert found["name"] == "First"
    assert found["countries"] == ["CD", "RU"]
    assert found["owners"] == ["mts", "telecom-with-a-comma"]
    landing = only(ledger, "cable-first-at-muanda")
    assert (str(landing["start"]), landing["start_precision"]) == ("2011-06-01", "month")
    assert (landing["countries"], landing["kind"]) == (["CD"], "fact")
    assert ledger.sources.filter(id="telegeography-20191125").height == 1
    assert any("CC BY-NC-SA 3.0" in note for note in ledger.notes)


def test_the_later_form_has_countries_suppliers_and_plans(extended):
    points = [
        {"id": "a", "name": "A", "country": "Russia"},
        {"id": "b", "name": "B", "country": "Japan"},
    ]
    later = cable("second", landing_points=points, suppliers="NEC, HMN Tech", is_planned=True)
    ledger = extended(archive({"top-1.0/cable/second.json": later}), name="cables-20231023.tar")
    found = international_cables(ledger, "JP", "2012-01-01")
    assert found["in_service"].to_list() == [False]
    assert cables_by(found, "builder") == {"hmn-tech": (0, 1), "nec": (0, 1)}
    assert ledger.sources.filter(id="telegeography-20231023").height == 1


@pytest.mark.parametrize(
    ("rfs", "start", "kind"),
    [
        ("2016 Q2", "2016-01-01", "fact"),
        ("2016", "2016-01-01", "fact"),
        ("2016 December", "2016-12-01", "fact"),
        ("2030", "2030-01-01", "forecast"),
        ("n.a.", None, "fact"),
        (None, None, "fact"),
        ("9999", None, "fact"),
    ],
)
def test_ready_for_service(extended, rfs, start, kind):
    row = only(extended(archive({"cable/c.json": cable("c", rfs=rfs)})), "cable-c-at-sochi-russia")
    assert str(row["start"]) == str(start)
    assert row["kind"] == kind


def test_what_the_ledger_has_already_stays(extended):
    data = archive(CABLES)
    once, twice = extended(data), extended(data, data)
    assert twice.statements.equals(once.statements)
    newer = archive({"cable/first.json": cable("first", rfs="2012")})
    assert extended(newer, data).statements.height == once.statements.height


def test_a_cable_named_as_its_owner(extended):
    ledger = extended(archive({"cable/c.json": cable("c", name="Matrix", owners="Matrix")}))
    assert only(ledger, "cable-c-owns-matrix-2")["object"] == "matrix"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"{", "cable/x.json: is no cable as TeleGeography has them"),
        (b"[]", "cable/x.json: is no cable"),
        (b"\xff\xfe", "cable/x.json: is no cable"),
        ({"id": 1, "name": "X"}, r"Expected `str`, got `int` - at `\$.id`"),
        ({"id": " ", "name": "X"}, "lacks its name or id"),
        (cable("x", landing_points=[{"id": "a", "name": "\x00"}]), "lacks its name or id"),
    ],
)
def test_a_cable_that_makes_no_sense(extended, content, message):
    with pytest.raises(InputError, match=message):
        extended(archive({"cable/x.json": content}))


def test_members_outside_the_archive_are_never_written(base, tmp_path):
    """They are no cables, whatever their names; links neither."""
    outside = tmp_path / "outside" / "cable"
    names = ["../cable/evil.json", f"{outside}/evil.json", "x/../../cable/evil.json"]
    path = tmp_path / "deep" / "down" / "evil.tar"
    path.parent.mkdir(parents=True)
    path.write_bytes(archive(CABLES | dict.fromkeys(names, cable("evil"))))
    before = sorted(tmp_path.rglob("*"))
    made = extend_ledger(read_ledger(base), [path])
    assert "evil" not in made.files["statements.csv"]
    assert sorted(tmp_path.rglob("*")) == before


def test_links_are_left_out(extended):
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w") as tar:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE):
            link = tarfile.TarInfo("cable/link.json")
            link.type, link.linkname = kind, "/etc/passwd"
            tar.addfile(link)
    with pytest.raises(InputError, match="holds no known dataset"):
        extended(data.getvalue())


# Damaged and other files -------------------------------------------------------------------------

PACKED = {"xz": lzma.compress, "gzip": gzip.compress, "bzip2": bz2.compress, "plain": bytes}


@pytest.mark.parametrize("packed", PACKED)
def test_packed_archives(extended, packed):
    ledger = extended(PACKED[packed](archive(CABLES)))
    assert international_cables(ledger, "RU").height == 1


@pytest.mark.parametrize("packed", PACKED)
@pytest.mark.parametrize("part", [0.2, 0.35])
def test_truncated_archives(extended, packed, part):
    data = PACKED[packed](archive(CABLES))
    with pytest.raises(InputError, match="is truncated or damaged; download it again"):
        extended(data[: int(len(data) * part)])


@pytest.mark.parametrize("part", [0.3, 0.9])
def test_truncated_workbooks(extended, part):
    data = projects({})
    with pytest.raises(InputError, match="is truncated or damaged"):
        extended(data[: int(len(data) * part)])


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "the file is empty"),
        (b"some text\n", "holds no known dataset"),
        (b"\x00" * 1024, "holds no known dataset"),
        (lzma.compress(b"no archive"), "holds no known dataset"),
        (bytes(65 << 20), "is larger than 64 MiB"),
        (gzip.compress(archive({"cable/x.json": bytes(65 << 20)}), 1), "is larger than 64 MiB"),
    ],
    ids=["empty", "text", "zeros", "packed text", "large", "a large file in it"],
)
def test_other_files(extended, data, message):
    with pytest.raises(InputError, match=message):
        extended(data)


@pytest.mark.parametrize("packed", PACKED)
def test_an_archive_that_unpacks_to_more_than_it_should(extended, packed, monkeypatch):
    monkeypatch.setattr(archives, "MAX_ARCHIVE", 1 << 20)
    data = archive(CABLES | {"images/large.png": bytes(1 << 20)})
    with pytest.raises(InputError, match="is larger than 1 MiB, more than any known dataset"):
        extended(PACKED[packed](data))


def test_an_xz_archive_that_wants_too_much_memory(extended):
    small = lzma.compress(archive(CABLES), preset=0)
    at = small.index(b"\x21\x01", 6)
    header = bytearray(small[12 : 12 + (small[12] + 1) * 4])
    header[at - 12 + 2] = 37  # 3 GiB
    header[-4:] = zlib.crc32(bytes(header[:-4])).to_bytes(4, "little")
    with pytest.raises(InputError, match="damaged"):
        extended(small[:12] + bytes(header) + small[12 + len(header) :])


def zipped(files: dict[str, object]) -> bytes:
    """A zip archive of JSON files; bytes stay as they are."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name, content if isinstance(content, bytes) else json.dumps(content))
    return data.getvalue()


@pytest.mark.parametrize("pack", [zipped, lambda files: gzip.compress(archive(files))])
@pytest.mark.parametrize("top", ["", "./", "public/api/v2/", "map-main/public/api/v3/", "a b/c.d/"])
def test_whatever_folders_stand_above(extended, top, pack):
    files = {f"{top}{name}": content for name, content in CABLES.items()}
    ledger = extended(pack({"README.md": b"x", "public/index.html": b"<p>", **files}))
    assert international_cables(ledger, "RU").height == 1


def test_of_several_versions_the_newest_counts(extended):
    old, new = cable("first", name="Old"), cable("first", name="New")
    ledger = extended(zipped({"api/v2/cable/first.json": old, "api/v10/cable/first.json": new}))
    assert ledger.actors.filter(kind="cable")["name"].to_list() == ["New"]


def test_what_two_editions_say_is_there_once(extended):
    """The cable has another id in the second, which makes all its statements' ids differ."""
    one, two = cable("first", name="One"), cable("again", name="One", rfs="2011 June")
    ledger = extended(archive({"cable/first.json": one}), archive({"cable/again.json": two}))
    assert ledger.statements.filter(predicate="lands_at").height == 2


@pytest.mark.parametrize("pack", [zipped, archive])
def test_a_workbook_in_the_archive_of_its_publisher(extended, pack):
    book = projects({})
    ledger = extended(pack({"AidData/Codebook.pdf": b"%PDF", "AidData/Huawei v1.xlsx": book}))
    assert only(ledger, "aiddata-101")["object"] == "mts"
    with pytest.raises(InputError, match="holds no known dataset"):
        extended(pack({"one.xlsx": book, "two.xlsx": book}))


def test_a_file_of_50_mb(extended):
    noise = random.Random(5).randbytes(50 << 20)
    with pytest.raises(InputError, match="holds no known dataset"):
        extended(noise)


def test_a_zip_that_unpacks_to_more_than_it_should(extended):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("xl/workbook.xml", bytes(65 << 20))
    with pytest.raises(InputError, match="is larger than 64 MiB"):
        extended(data.getvalue())


def test_a_sheet_that_claims_to_be_huge(extended):
    """A reader that makes room for every cell up to the last would take all memory."""
    source = zipfile.ZipFile(io.BytesIO(projects({})))
    huge = io.BytesIO()
    with source, zipfile.ZipFile(huge, "w") as archive:
        for name in source.namelist():
            text = source.read(name)
            if name.endswith("sheet1.xml"):
                far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
                text = text.replace(b"</sheetData>", far)
            archive.writestr(name, text)
    assert only(extended(huge.getvalue()), "aiddata-101")


def test_no_such_file(base, tmp_path):
    with pytest.raises(InputError, match="no such file"):
        extend_ledger(read_ledger(base), [tmp_path / "absent.xlsx"])
    with pytest.raises(InputError, match="cannot be read"):
        extend_ledger(read_ledger(base), [tmp_path])


SAMPLES = [projects({}), archive(CABLES), lzma.compress(archive(CABLES))]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(SAMPLES),
    st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), max_size=8),
    st.integers(0, 10**6),
)
def test_damage_is_told_in_clear_words(base, tmp_path, sample, changes, cut):
    data = bytearray(sample)
    for place, byte in changes:
        data[place % len(data)] = byte
    path = tmp_path / "damaged"
    path.write_bytes(bytes(data[: cut % len(data) + 1]) if cut % 3 == 0 else bytes(data))
    told = ""
    try:
        extend_ledger(read_ledger(base), [path])
    except InputError as error:
        told = str(error)
    assert "\n" not in told


def test_countries():
    spelled = ["Russia", "Congo, Dem. Rep.", "Côte d’Ivoire", "Virgin Islands (U.K.)", "Viet Nam"]
    assert [find_country(name) for name in spelled] == ["RU", "CD", "CI", "VG", "VN"]
    assert find_country("Netherlands Antilles") is None


# The command, and the real files -----------------------------------------------------------------


def test_the_command(run, base, tmp_path):
    path, folder = tmp_path / "huawei.xlsx", tmp_path / "new"
    path.write_bytes(projects({}))
    words = ("ledger", "import", str(path), "-o", str(folder))
    status, out, _ = run(*words)
    assert status == 0
    assert "huawei.xlsx: AidData's Global Huawei Finance Dataset; 1 statement " in out
    ledger = read_ledger(folder)
    # The shipped ledger knows Huawei by that name.
    assert only(ledger, "aiddata-101")["subject"] == "huawei"
    assert "mts" in set(finance(ledger, "huawei", country="RU")["borrower"])
    status, _, err = run(*words)
    assert status == 2
    assert "exists already; choose another folder or say --force" in err
    assert run(*words, "--ledger", str(base), "--force")[0] == 0
    assert read_ledger(folder).title == "A small ledger"
    status, _, err = run("ledger", "import", str(path), "-o", str(tmp_path), "--force")
    assert status == 2
    assert "is no ledger, so --force does not replace it" in err


def test_a_failed_import_leaves_nothing(run, tmp_path):
    path, folder = tmp_path / "text.xlsx", tmp_path / "new"
    path.write_text("no workbook")
    status, _, err = run("ledger", "import", str(path), "-o", str(folder))
    assert status == 1
    assert "holds no known dataset" in err
    assert list(tmp_path.iterdir()) == [path]


def test_the_real_datasets(shared, tmp_path):
    files = [
        shared / "supply" / "AidDatasGlobalHuaweiFinanceDataset.xlsx",
        shared / "cables" / "telegeography-cables-20231023.tar.xz",
        shared / "cables" / "telegeography-cables-20191125.tar.xz",
    ]
    for file in files:
        assert find_importer(DataFile(file))
    from splinternet.ledger.catalogue import open_ledger

    folder = tmp_path / "all"
    folder.mkdir()
    write_files(extend_ledger(open_ledger(), files).files, folder)
    assert check_ledger(folder) == []
    ledger = read_ledger(folder)
    assert ledger.statements.filter(predicate="finances", subject="huawei").height == 153
    cables = international_cables(ledger, "RU", "2019-11-30")
    assert "Georgia-Russia" in cables["name"].to_list()
    assert cables_by(cables, "builder")["nec"] == (2, 3)
    hmn = ledger.statements.filter(subject="huawei-marine", predicate="builds")
    assert hmn.height > 30
