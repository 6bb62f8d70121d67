"""Inputs that mean harm: nothing is written outside the output folder, nothing fetched, nothing executed, nothing lost."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import pickle
import socket
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson
import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
RULES = Path(__file__).with_name("rules.yaml")
TEXT = "The council met on Monday and put the bridge off until spring."
IDS = (
    "../up", "../../../../tmp/cleaner-was-here", "/etc/cleaner-was-here", "a/../../b", "..", ".", "...", "CON", "nul.txt", "COM1.tar", "lpt\u00b9", "x" * 5_000, "é" * 5_000, "trailing. . ", " ",
    "a\0b", "a\nb\rc", "\u202etxt.exe", "Twin", "twin", "TWIN", "C:\\windows\\x", "\\\\host\\share", "a:b", "~", "~root/x", "-rf", "--force", "$(touch x)", "`id`", ".clean/manifest.sqlite3", ".hidden",
    "part-00000.jsonl", "a.json", "a.txt", "//", "%2e%2e%2fx", "\u2024\u2024/x", "\ufeff", "file:///etc/passwd",
)  # fmt: skip


def clean(
    *arguments: object,
    cwd: Path | None = None,
    code: int = 0,
    shipped: bool = False,
) -> str:
    """Run the command, with one rule where the shipped ones do not matter: it starts three times as fast."""
    rules = (
        ()
        if shipped or "--rules" in arguments or "-o" not in arguments
        else ("--rules", RULES)
    )
    command = [sys.executable, "-m", "cleaner", *map(str, (*arguments, *rules))]
    settings = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        command,
        cwd=cwd or ROOT,
        env=settings,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == code, done.stderr[-2_000:]
    assert "Traceback" not in done.stderr
    return done.stdout + done.stderr


def told(out: Path) -> dict[str, Any]:
    report: dict[str, Any] = orjson.loads((out / ".clean" / "report.json").read_bytes())
    assert report["balanced"]
    return report


def snapshot(folder: Path, but: Path) -> dict[str, str]:
    """Return what stands in a folder, one below it left out: names, kinds, contents."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path != but and but not in path.parents:
            what = (
                str(path.readlink())
                if path.is_symlink()
                else hashlib.sha256(path.read_bytes()).hexdigest()
                if path.is_file()
                else "other"
            )
            found[str(path.relative_to(folder))] = what
    return found


@pytest.fixture
def world(tmp_path: Path) -> Path:
    """Give a folder with something beside the input that must stay as it is."""
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "precious.txt").write_text("mine")
    (tmp_path / "in").mkdir()
    return tmp_path


@pytest.mark.parametrize("form", ("text", "json", "markdown", "jsonl"))
def test_ids_stay_below_the_output_folder(world: Path, form: str) -> None:
    lines = [
        json.dumps({"id": name, "text": f"{TEXT} {number}."})
        for number, name in enumerate(IDS)
    ]
    (world / "in" / "day.jsonl").write_text("\n".join(lines), encoding="utf-8")
    before = snapshot(world, world / "out")
    clean(world / "in", "-o", world / "out", "-f", form, "-q")
    assert snapshot(world, world / "out") == before
    assert told(world / "out")["clean"] == len(IDS)
    if form == "jsonl":
        return
    suffix = {"text": ".txt", "json": ".json", "markdown": ".md"}[form]
    written = [
        path for path in (world / "out" / "day").rglob(f"*{suffix}") if path.is_file()
    ]
    assert len(written) == len({path.name.casefold() for path in written}) == len(IDS)
    assert all(path.parent == world / "out" / "day" for path in written)
    assert not any(
        path.name.split(".")[0].upper() in {"CON", "NUL", "COM1", "LPT¹"}
        for path in written
    )


def test_addresses_of_an_archive_name_no_files(world: Path) -> None:
    pytest.importorskip("fastwarc")
    page = f"<html><body><p>{TEXT}</p></body></html>".encode()
    records = [
        f"WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: {url}\r\nContent-Type: text/html\r\nContent-Length: {len(page)}\r\n\r\n".encode()
        + page
        + b"\r\n\r\n"
        for url in ("file:///../../x", "../../y", "http://x/%2e%2e/%2e%2e/z")
    ]
    (world / "in" / "a.warc.gz").write_bytes(b"".join(map(gzip.compress, records)))
    before = snapshot(world, world / "out")
    clean(world / "in", "-o", world / "out", "-q")
    assert snapshot(world, world / "out") == before
    assert sorted(path.name for path in (world / "out" / "a").glob("*.txt")) == [
        "1.txt",
        "2.txt",
        "3.txt",
    ]


def test_names_of_files_are_odd_and_stay(world: Path) -> None:
    names = [
        "a\nb.txt",
        "-rf.txt",
        "$(touch x).txt",
        "\u202etxt.txt",
        "x" * 240 + ".txt",
        ";ls.txt",
        "CON.txt",
        b"caf\xe9.txt".decode("utf-8", "surrogateescape"),
    ]
    for name in names:
        (world / "in" / name).write_text(TEXT)
    before = snapshot(world, world / "out")
    clean(world / "in", "-o", world / "out", "-q")
    assert snapshot(world, world / "out") == before
    assert told(world / "out")["clean"] == len(names)
    clean(world / "in", "-o", world / "out", "-q")
    assert told(world / "out")["skipped_by_reason"] == {"unchanged": len(names)}


def test_links_lead_nowhere(world: Path) -> None:
    inside = world / "in"
    (inside / "a.txt").write_text(TEXT)
    (inside / "out.txt").symlink_to(world / "elsewhere" / "precious.txt")
    (inside / "folder").symlink_to(world / "elsewhere")
    (inside / "loop").symlink_to(inside)
    (inside / "self.txt").symlink_to("self.txt")
    (inside / "device.txt").symlink_to("/dev/zero")
    os.mkfifo(inside / "pipe.txt")
    clean(inside, "-o", world / "out", "-q")
    report = told(world / "out")
    assert (report["clean"], report["rejected"]) == (1, 0)
    assert report["skipped_by_reason"] == {
        "link_outside": 3,
        "link_loop": 2,
        "special": 1,
    }


def test_links_that_wait_in_the_output_folder_are_not_written_through(
    world: Path,
) -> None:
    out = world / "out"
    for name in ("a", "b", "day"):
        (world / "in" / f"{name}.txt").write_text(TEXT)
    (world / "in" / "sub").mkdir()
    (world / "in" / "sub" / "c.txt").write_text(TEXT)
    out.mkdir()
    (out / "a.txt").symlink_to(world / "elsewhere" / "precious.txt")
    (out / "b.json").symlink_to(world / "elsewhere" / "new.json")
    before = snapshot(world, out)
    clean(world / "in", "-o", out, "-q")
    assert snapshot(world, out) == before
    assert not (out / "a.txt").is_symlink()
    assert (out / "a.txt").read_text() == TEXT

    (out / "linked").mkdir()
    other = world / "out2"
    other.mkdir()
    (other / "sub").symlink_to(world / "elsewhere")
    said = clean(world / "in", "-o", other, "-q", code=4)
    assert "leads out of the output folder" in said
    assert snapshot(world / "elsewhere", other) == {
        "precious.txt": hashlib.sha256(b"mine").hexdigest(),
    }


def test_no_folder_is_made_beyond_a_link(world: Path) -> None:
    (world / "in" / "sub" / "deep").mkdir(parents=True)
    (world / "in" / "sub" / "deep" / "c.txt").write_text(TEXT)
    (world / "out").mkdir()
    (world / "out" / "sub").symlink_to(world / "elsewhere")
    before = snapshot(world, world / "out")
    clean(world / "in", "-o", world / "out", "-q", code=4)
    assert snapshot(world, world / "out") == before


@pytest.mark.parametrize("form", ("text", "jsonl"))
def test_the_folder_for_state_is_no_link(world: Path, form: str) -> None:
    out = world / "out"
    (world / "in" / "a.txt").write_text(TEXT)
    out.mkdir()
    (out / ".clean").symlink_to(world / "elsewhere")
    before = snapshot(world, out)
    said = clean(world / "in", "-o", out, "-q", "-f", form, code=2)
    assert "is a link" in said
    assert snapshot(world, out) == before


@pytest.mark.parametrize(
    ("entry", "target"),
    (
        ("lock", "precious.txt"),
        ("lock", "new"),
        ("manifest.sqlite3", "precious.txt"),
        ("manifest.sqlite3", "new"),
        ("manifest.sqlite3-wal", "new"),
        ("rejects", "."),
        ("rejects.jsonl", "precious.txt"),
        ("report.json", "new"),
    ),
)
def test_nothing_in_the_folder_for_state_is_a_link(
    world: Path,
    entry: str,
    target: str,
) -> None:
    """The lock is emptied, the manifest is written in place, rejects are copied: whatever they led to would be lost."""
    (world / "in" / "a.txt").write_text(TEXT)
    (world / "in" / "b.jsonl").write_text("{no record\n")
    (world / "out" / ".clean").mkdir(parents=True)
    (world / "out" / ".clean" / entry).symlink_to(world / "elsewhere" / target)
    before = snapshot(world, world / "out")
    said = clean(world / "in", "-o", world / "out", "-q", code=2)
    assert "is a link" in said
    assert snapshot(world, world / "out") == before


def test_temporaries_beyond_a_link_are_not_dropped(world: Path) -> None:
    """A killed run leaves temporaries, which the next one drops: not those of other folders."""
    (world / "in" / "a.txt").write_text(TEXT)
    (world / "elsewhere" / ".clean-1-1.tmp").write_text("mine")
    (world / "out" / ".clean").mkdir(parents=True)
    (world / "out" / ".clean" / "lock").write_text("1")
    (world / "out" / ".clean-1-2.tmp").write_text("of the killed run")
    (world / "out" / "linked").symlink_to(world / "elsewhere")
    before = snapshot(world, world / "out")
    clean(world / "in", "-o", world / "out", "-q")
    assert snapshot(world, world / "out") == before
    assert not (world / "out" / ".clean-1-2.tmp").exists()


@pytest.mark.slow
@pytest.mark.parametrize("form", ("text", "jsonl"))
def test_a_manifest_that_somebody_has_changed_leads_nowhere(
    world: Path,
    form: str,
) -> None:
    (world / "in" / "a.txt").write_text(TEXT)
    (world / "in" / "b.jsonl").write_text(json.dumps({"id": "x", "text": TEXT}) + "\n")
    out = world / "out"
    for place in (
        "../elsewhere/precious",
        str(world / "elsewhere" / "precious"),
        "part-99999.jsonl",
    ):
        clean(world / "in", "-o", out, "-q", "-f", form)
        with (
            closing(sqlite3.connect(out / ".clean" / "manifest.sqlite3")) as base,
            base,
        ):
            base.execute(
                "UPDATE doc SET place = ?, start = -5, size = 1000000000000",
                (place,),
            )
        before = snapshot(world, out)
        clean(world / "in", "-o", out, "-q", "-f", form)
        assert snapshot(world, out) == before
        report = told(out)
        assert report["clean"] + report["skipped"] == 2
        assert not any("mine" in path.read_text() for path in out.rglob("*.txt"))


@pytest.mark.parametrize(
    "name",
    ("manifest.sqlite3", "rejects.jsonl", "report.json", "lock"),
)
@pytest.mark.parametrize("damage", ("empty", "cut", "other"))
@pytest.mark.slow
def test_a_damaged_folder_for_state_is_said_and_not_a_traceback(
    world: Path,
    name: str,
    damage: str,
) -> None:
    out = world / "out"
    (world / "in" / "a.txt").write_text(TEXT)
    (world / "in" / "b.jsonl").write_text("{no record\n")
    clean(world / "in", "-o", out, "-q")
    file = out / ".clean" / name
    data = file.read_bytes()
    file.write_bytes(
        {
            "empty": b"",
            "cut": data[: len(data) // 2],
            "other": b"\xff\xfe no such thing " * 99,
        }[damage],
    )
    code = 4 if name == "manifest.sqlite3" and damage != "empty" else 0
    for command in (["status", out], ["retry", out], [world / "in", "-o", out, "-q"]):
        said = clean(*command, code=code)
        assert ("manifest cannot be used" in said) == (code == 4)
    assert (out / "a.txt").read_text() == TEXT


def test_a_part_is_not_written_through_a_link(world: Path) -> None:
    out = world / "out"
    (world / "in" / "a.txt").write_text(TEXT)
    out.mkdir()
    (out / "part-00000.jsonl").symlink_to(world / "elsewhere" / "precious.txt")
    clean(world / "in", "-o", out, "-q", "-f", "jsonl")
    assert (world / "elsewhere" / "precious.txt").read_text() == "mine"
    assert not (out / "part-00000.jsonl").is_symlink()


@pytest.mark.parametrize(
    "rules",
    (
        "!!python/object/apply:os.system ['touch {mark}']",
        "rules:\n- !!python/object/new:subprocess.Popen [[touch, {mark}]]\n",
        "pack: x\nrules: &a [*a, *a]\n",
        "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c,*c,*c]\n",
    ),
)
def test_rule_files_are_data(world: Path, rules: str) -> None:
    mark = world / "executed"
    (world / "in" / "a.txt").write_text(TEXT)
    (world / "pack.yaml").write_text(rules.replace("{mark}", str(mark)))
    clean(world / "in", "-o", world / "out", "--rules", world / "pack.yaml", code=2)
    assert not mark.exists()
    assert not (world / "out").exists()


class Harm:
    def __reduce__(self) -> tuple[Any, ...]:
        return os.system, ("touch executed",)


def test_pickles_and_front_matter_are_data(world: Path) -> None:
    for name in ("a.txt", "b.json", "c.jsonl", "d.parquet", "e.csv", "f.html"):
        (world / "in" / name).write_bytes(pickle.dumps(Harm()))
    (world / "in" / "g.md").write_text(
        "---\ntitle: !!python/object/apply:os.system [touch executed]\n---\n" + TEXT,
    )
    clean(world / "in", "-o", world / "out", "-q", cwd=world)
    report = told(world / "out")
    assert report["in"] == 7
    assert not list(world.rglob("executed"))


@pytest.fixture
def listener() -> Iterator[tuple[int, list[object]]]:
    """Give a port of this machine, and the list of all who knocked there."""
    seen: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        over = threading.Event()

        def wait() -> None:
            while not over.is_set():
                try:
                    connection, who = server.accept()
                except TimeoutError:
                    continue
                connection.close()
                seen.append(who)

        thread = threading.Thread(target=wait)
        thread.start()
        yield server.getsockname()[1], seen
        over.set()
        thread.join()


def test_nothing_is_fetched(world: Path, listener: tuple[int, list[object]]) -> None:
    port, seen = listener
    at = f"http://127.0.0.1:{port}"
    secret = world / "elsewhere" / "precious.txt"
    pages = {
        "a.xhtml": f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a SYSTEM "{at}/a"><!ENTITY b SYSTEM "file://{secret}">]><html xmlns="http://www.w3.org/1999/xhtml"><body><p>{TEXT} &a; &b;</p></body></html>',
        "b.html": f'<!DOCTYPE html SYSTEM "{at}/dtd"><html><head><base href="{at}/"><link rel="stylesheet" href="{at}/c.css"><link rel="canonical" href="{at}/b"><script src="{at}/s.js"></script><meta http-equiv="refresh" content="0; url={at}/r"></head><body><img src="{at}/i.png"><iframe src="{at}/f"></iframe><object data="{at}/o"></object><p>{TEXT}</p></body></html>',
        "c.html": f'<?xml-stylesheet href="{at}/x.xsl"?><html xmlns:xi="http://www.w3.org/2001/XInclude"><body><xi:include href="file://{secret}" parse="text"/><p>{TEXT}</p></body></html>',
        "d.txt": f"{TEXT} {at}/plain",
        "e.json": json.dumps({"text": TEXT, "url": f"{at}/e", "image": f"{at}/e.png"}),
    }
    for name, content in pages.items():
        (world / "in" / name).write_text(content, encoding="utf-8")
    clean(world / "in", "-o", world / "out", "-q", shipped=True)
    assert told(world / "out")["clean"] == len(pages)
    for path in (world / "out").rglob("*.txt"):
        assert "mine" not in path.read_text()
        assert "bridge" in path.read_text()
    clean(f"{at}/story.html", "-o", world / "out2", code=2)
    clean(
        world / "in",
        "-o",
        f"{at}/out",
        "-f",
        "jsonl",
        "--state",
        world / "state",
        code=2,
    )
    assert seen == []
