"""Absurd inputs, made from a seed: texts, encodings, containers, records and pages that are wrong in every way we could think of.

python -m tests.batch.malformed FOLDER --count 2000 --seed 1
"""

from __future__ import annotations

import argparse
import bz2
import gzip
import io
import json
import lzma
import random
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

Chance = random.Random


class Made(NamedTuple):
    """One input."""

    suffix: str
    data: bytes


PROSE = (
    "The council met on Monday and put the bridge off until spring.", "“Nobody asked us,” said the baker, who lives next door.",
    "Der Rat tagte am Montag über die Brücke; entschieden wurde nichts.", "Le maire a promis une réponse avant l’été, à 18 h 30.",
    "Городской совет перенёс решение о мосте на весну.", "市議会は月曜日に会合を開き、橋の建設を春まで延期した。", "اجتمع المجلس يوم الاثنين وأجل القرار.",
    "המועצה התכנסה ביום שני.", "परिषद की बैठक सोमवार को हुई।", "สภาเมืองประชุมเมื่อวันจันทร์", "시의회는 월요일에 회의를 열었다.",
    "Το συμβούλιο συνεδρίασε τη Δευτέρα.", "Rada miasta odłożyła decyzję o moście.", "Belediye meclisi köprüyü erteledi.",
)  # fmt: skip
NAUGHTY = (
    "\0", "\x00\x01\x02\x1b[31m\x7f", "\ufeff", "\u200b\u200c\u200d\u2060", "\u202e\u202drtl\u202c", "\u2066x\u2069", "e" + "\u0301" * 300,
    "a" * 3_000, "word " * 800, "\r", "\r\n\r", "\u2028\u2029\x85\x0b\x0c", "%s%n%x{0}${7*7}{{7*7}}", "'; DROP TABLE doc; --", "$(touch x)`id`|cat;",
    "../../etc/passwd", "👩‍👩‍👧‍👦🏳️‍🌈" * 40, "\ufffd" * 60, "Ã©Ã¨Ãª â€œxâ€\x9d", "&amp;amp;lt;p&gt;&#0;&#x110000;&nbsp;", "<![CDATA[x]]>", "<p>" * 500, "ﷺ﷽" * 30,
    "ﬁﬂ①②ｆｕｌｌ", "#tag " * 200, "@handle " * 200, "http://x.example/" + "a/" * 500, "-" * 500, "…" * 300, "“" * 200, "(((((" * 100, "\t" * 200, "NaN", "null",
    "1e999", "==========", "Advertisement", "0", "İıŞß", "\u0345ͅΐ", "𝕿𝖍𝖊", "Z̸͎̿a̷l̴g̵ó̶" * 20, "\U000e0041\U000e0042", "\ue000\uf8ff",
)  # fmt: skip
CHARSETS = (
    "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-7", "ascii", "latin-1", "cp1252", "iso8859-2", "iso8859-3", "iso8859-4",
    "iso8859-5", "iso8859-6", "iso8859-7", "iso8859-8", "iso8859-9", "iso8859-10", "iso8859-11", "iso8859-13", "iso8859-14", "iso8859-15", "iso8859-16", "cp1250", "cp1251",
    "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "cp437", "cp850", "cp866", "cp874", "koi8-r", "koi8-u", "mac-roman", "mac-cyrillic", "tis-620", "shift_jis", "euc-jp",
    "iso2022_jp", "gb2312", "gbk", "gb18030", "hz", "big5", "big5hkscs", "euc-kr", "cp949", "johab", "cp037", "cp500",
)  # fmt: skip


def _text(chance: Chance) -> str:
    lines = [chance.choice(PROSE) for _ in range(chance.randint(1, 8))]
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(lines))
        piece = chance.choice(NAUGHTY)
        lines[at] = chance.choice(
            (
                piece,
                lines[at] + piece,
                piece + lines[at],
                lines[at][:9] + piece + lines[at][9:],
            ),
        )
    return chance.choice(("\n", "\n\n", "\r\n", "\r")).join(lines)


def _bytes(chance: Chance) -> bytes:
    return _text(chance).encode("utf-8", "surrogatepass")


def _damaged(chance: Chance, data: bytes) -> bytes:
    """Cut, flip, double, insert."""
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(data) + 1)
        act = chance.randrange(5)
        if act == 0:
            data = data[:at]
        elif act == 1 and at < len(data):
            data = (
                data[:at]
                + bytes([data[at] ^ (1 << chance.randrange(8))])
                + data[at + 1 :]
            )
        elif act == 2:
            data = data[:at] + chance.randbytes(chance.randint(1, 60)) + data[at:]
        elif act == 3:
            data += data[at:]
        else:
            data = data[at:]
    return data


def naughty(chance: Chance) -> Made:
    """A text with what no text should hold."""
    return Made(chance.choice((".txt", ".md", ".text")), _bytes(chance))


def charset(chance: Chance) -> Made:
    """A text in some encoding, cut in the middle of a character, encoded twice, or with rubbish in it."""
    name = chance.choice(CHARSETS)
    data = "\n".join(chance.sample(PROSE, 5)).encode(name, "ignore")
    act = chance.randrange(5)
    if act == 0:
        data = data[:-1]
    elif act == 1:
        data = data.decode("latin-1").encode("utf-8")
    elif act == 2:
        data = _damaged(chance, data)
    elif act == 3:
        data = data + "\n".join(chance.sample(PROSE, 3)).encode(
            chance.choice(CHARSETS),
            "ignore",
        )
    return Made(chance.choice((".txt", ".html", ".md")), data)


def lone(chance: Chance) -> Made:
    """Half characters, as bytes."""
    return Made(
        ".txt",
        b"The mayor \xed\xa0\x80\xed\xb0\x80 said \xc0\x80 no \xf8\x88\x80\x80\x80"
        + chance.randbytes(chance.randint(0, 40)),
    )


def noise(chance: Chance) -> Made:
    """Anything at all under a name that promises something."""
    suffix = chance.choice(
        (
            ".txt",
            ".md",
            ".html",
            ".json",
            ".jsonl",
            ".csv",
            ".tsv",
            ".parquet",
            ".warc",
            ".warc.gz",
            ".txt.gz",
            ".jsonl.zst",
            ".html.bz2",
            ".csv.xz",
        ),
    )
    return Made(suffix, chance.randbytes(chance.randint(0, 3_000)))


def _record(chance: Chance) -> str:
    odd: tuple[object, ...] = (
        None,
        7,
        -1.5e300,
        True,
        [],
        {},
        [1, [2]],
        {"a": {"b": "c"}},
        "",
        " ",
        "\ud800",
        "x" * 5_000,
        2**70,
    )
    names = (
        "text",
        "content",
        "body",
        "html",
        "id",
        "url",
        "title",
        "author",
        "authors",
        "date",
        "lang",
        "tags",
        "section",
        "image",
        "\0",
        "",
        "a" * 300,
    )
    fields = {
        chance.choice(names): chance.choice(odd) for _ in range(chance.randint(0, 4))
    }
    if chance.random() < 0.7:
        fields["text"] = _text(chance)
    return json.dumps(fields, ensure_ascii=chance.random() < 0.5)


ODD_JSON = (
    "[" * 100_000, '{"a":' * 100_000, '{"text":"a","text":"b"}', '{"text": NaN}', '{"text":"a","n":1e400}', '{"text":"\\ud800"}', '{"text":"a",}', '{"text":"a"}{"text":"b"}', "{'text':'a'}",
    '{"text":"a"', "nul", '"only text"', "[[]]", '[{"text":"a"},7,{"text":"b"}]', '{"text":"\\x00"}', '{"text":"tab\there"}', '﻿{"text":"bom"}', "// no\n{}", "", " ", "[]", '{"text":"' + "\\u0041" * 3_000 + '"}', "9" * 5_000,
)  # fmt: skip


def records(chance: Chance) -> Made:
    """JSON and JSON lines, of which some are none."""
    lines = [
        chance.choice(ODD_JSON) if chance.random() < 0.3 else _record(chance)
        for _ in range(chance.randint(1, 9))
    ]
    data = (
        chance.choice(("\n", "\r\n", "\n\n", "\r"))
        .join(lines)
        .encode("utf-8", "surrogatepass")
    )
    if chance.random() < 0.3:
        data = _damaged(chance, data)
    return Made(chance.choice((".jsonl", ".ndjson")), data)


def one_json(chance: Chance) -> Made:
    """A file of JSON: a record, a list, or neither."""
    data = (
        chance.choice(ODD_JSON)
        if chance.random() < 0.5
        else f"[{','.join(_record(chance) for _ in range(3))}]"
    )
    return Made(".json", data.encode("utf-8", "surrogatepass"))


def table(chance: Chance) -> Made:
    """CSV with open quotes, wrong numbers of fields, odd headers."""
    mark = chance.choice((",", ";", "\t", "|"))
    rows = [
        mark.join(
            chance.choice(
                (
                    ("id", "text"),
                    ("text", "text"),
                    ("", "text"),
                    ("a", "b"),
                    ("id", "body", "url"),
                ),
            ),
        ),
    ]
    for number in range(chance.randint(0, 9)):
        cell = _text(chance).replace('"', '""')
        rows.append(
            chance.choice(
                (
                    f'{number}{mark}"{cell}"',
                    f'{number}{mark}"{cell}',
                    f"{number}{mark}{cell}",
                    f"{number}",
                    f'"{number}"{mark}"a"b',
                    mark * 7,
                    "",
                ),
            ),
        )
    data = (
        chance.choice(("\n", "\r\n", "\r")).join(rows).encode("utf-8", "surrogatepass")
    )
    return Made(
        chance.choice((".csv", ".tsv")),
        _damaged(chance, data) if chance.random() < 0.4 else data,
    )


def parquet(chance: Chance) -> Made:
    """A Parquet file that is cut or has other bits."""
    if find_spec("pyarrow") is None:
        return noise(chance)
    import pyarrow as pa  # noqa: PLC0415
    from pyarrow import parquet as pq  # noqa: PLC0415

    odd = chance.choice(
        (
            pa.timestamp("ns"),
            pa.timestamp("us"),
            pa.timestamp("ms", "Moon/Base"),
            pa.duration("s"),
        ),
    )
    rows = {
        "id": [str(n) for n in range(20)],
        "text": [chance.choice(PROSE) for _ in range(20)],
        "tags": [[str(n)] * (n % 3) for n in range(20)],
        "date": pa.array(
            [chance.choice((n, 10**18 + 1, -(2**62))) for n in range(20)],
            pa.int64(),
        ).cast(odd),
    }
    file = io.BytesIO()
    pq.write_table(
        pa.table(rows),
        file,
        row_group_size=5,
        compression=chance.choice(("none", "gzip", "zstd")),
    )
    return Made(
        ".parquet",
        _damaged(chance, file.getvalue()) if chance.random() < 0.8 else file.getvalue(),
    )


def archive(chance: Chance) -> Made:
    """A web archive with wrong lengths, missing headers, broken members."""
    members = []
    for number in range(chance.randint(1, 5)):
        body = page(chance).data
        http = chance.choice(
            (
                b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n",
                b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n",
                b"",
                b"HTTP/1.1 999\r\n\r\n",
            ),
        )
        length = len(http + body) + chance.choice((0, 0, 0, -7, 9, 10**12, -(10**6)))
        head = (
            f"WARC/1.0\r\nWARC-Type: {chance.choice(('response', 'resource', 'conversion', 'x', ''))}\r\n"
            f"WARC-Target-URI: http://x.example/{number}\r\nContent-Type: application/http\r\nContent-Length: {length}\r\n\r\n"
        )
        member = head.encode() + http + body + b"\r\n\r\n"
        members.append(gzip.compress(member, mtime=0) if number % 2 else member)
    packed = chance.random() < 0.5
    data = (
        b"".join(members)
        if not packed
        else b"".join(gzip.compress(each, mtime=0) for each in members)
    )
    return Made(
        ".warc.gz" if packed else ".warc",
        _damaged(chance, data) if chance.random() < 0.6 else data,
    )


PAGES = (
    "<table><tr><td colspan=9007199254740991 rowspan=65534>x</table>", "<div>" * 10_000 + "The council met.", "<p>a<p>b<p>c" * 50, "</html></body>" * 20, "<frameset><frame src=a></frameset>",
    "<!doctype html><html ⚡ amp><amp-img src=x>", '<?xml version="1.0" encoding="x-unknown"?><html xmlns="http://www.w3.org/1999/xhtml"><p>&undefined;</p></html>',
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><html><p>&c;&c;&c;</p></html>',
    "<script>var a = '<p>", "<!-- never closed <p>text", "<style>p{", "<title>", "<textarea><p>in", "<svg><p>x</svg>", "<math><mtext><p>y", "<p style=" + "x" * 5_000, '<img src="data:image/png;base64,' + "A" * 20_000 + '">',
    "<meta charset=utf-16><p>Zürich", "<meta charset=''><p>x", "<meta http-equiv=content-type content='text/html; charset=shift_jis'><p>Zürich – 東京", "<base href='//'><a href='http://['>x</a>", "<p\0>nul\0</p\0>",
    '<script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","headline":[1,{}],"author":{"name":{}},"datePublished":"99999-99-99"</script>', '<script type="application/ld+json">' + "[" * 5_000 + "</script>",
    '<meta property="og:title" content><meta name=author content="\x01"><meta property=article:published_time content="0000-00-00T99">', "<a>" * 2_000, "<b><i><u>" * 700 + "x", "<ul>" + "<li>x" * 3_000, "<p>" + "word " * 4_000, "",
    "<html>", "<" * 3_000, "&" * 3_000, "<p>&#xD800;&#1114112;&#-1;&bogus;</p>", "<template><p>t</template><noscript><p>n", "<body><body><html><head><body>", "<time datetime='P1Y'>", "<link rel=canonical href=javascript:alert(1)>",
)  # fmt: skip


def page(chance: Chance) -> Made:
    """A page made of broken markup."""
    parts = [
        chance.choice(PAGES) if chance.random() < 0.6 else f"<p>{_text(chance)}</p>"
        for _ in range(chance.randint(1, 4))
    ]
    data = "".join(parts).encode("utf-8", "surrogatepass")
    return Made(
        chance.choice((".html", ".htm", ".xhtml", ".txt")),
        _damaged(chance, data) if chance.random() < 0.2 else data,
    )


FRONT = (
    "---\n",
    "---\na: [\n---\n",
    "---\n!!python/object/apply:os.system [x]\n---\n",
    "---\na: &a [*a]\n---\n",
    "---\ntitle: 2024-13-45\n---\n",
    "---\n- a\n---\n",
    "---\n\t\n---\n",
    "---\ntitle: {a: b}\ndate: [1]\n---\n",
    "+++\na=1\n+++\n",
    "---\n---\n",
)


def front(chance: Chance) -> Made:
    """Markdown with front matter that is none."""
    return Made(
        ".md",
        (chance.choice(FRONT) + _text(chance)).encode("utf-8", "surrogatepass"),
    )


def packed(chance: Chance) -> Made:
    """A compressed input that is cut, flipped, or something else than it says."""
    inner = chance.choice((naughty, records, table, page))(chance)
    packers: dict[str, Callable[[bytes], bytes]] = {
        ".gz": lambda data: gzip.compress(data, mtime=0),
        ".bz2": bz2.compress,
        ".xz": lzma.compress,
    }
    if find_spec("zstandard"):
        import zstandard  # noqa: PLC0415

        packers[".zst"] = zstandard.ZstdCompressor(write_checksum=True).compress
    suffix = chance.choice(tuple(packers))
    data = packers[suffix](inner.data)
    if chance.random() < 0.8:
        data = _damaged(chance, data)
    return Made(
        inner.suffix
        + (chance.choice(tuple(packers)) if chance.random() < 0.1 else suffix),
        data,
    )


def deep(chance: Chance) -> Made:
    """Records of which some are nested, a little or far deeper than a writer of JSON can follow."""
    lines = []
    for _ in range(chance.randint(2, 5)):
        depth = chance.choice(
            (1, 100, 198, 200, 201, 250, 254, 256, 400, 600, 990, 1_020, 1_030, 3_000),
        )
        begin, end = chance.choice((("[", "]"), ('{"name":', "}"), ('[{"url":', "}]")))
        field, half = (
            chance.choice(("author", "x", "image")),
            chance.choice(("", '"\\ud83d"', '"A"', "7")),
        )
        inner = half or ("1" if begin != "[" else "")
        lines.append(
            f'{{"text":"{chance.choice(PROSE[:1])}","{field}":{begin * depth}{inner}{end * depth}}}',
        )
    if chance.random() < 0.3:
        return Made(".json", f"[{','.join(lines)}]".encode())
    return Made(".jsonl", "\n".join(lines).encode())


def quotes(chance: Chance) -> Made:
    """CSV in which each line opens a quote that nobody closes, or that has very many columns."""
    if chance.random() < 0.3:
        count = chance.randint(1_000, 20_000)
        name = chance.choice(("c", "", "text"))
        return Made(
            ".csv",
            f"{','.join([name] * count)},text\n{',' * count}x\n".encode(),
        )
    line = chance.choice(
        ('a","b\n', 'a","b\n1,x\n', '1,"open\n', '"""\n', ',"\n', '","\n', '1,"x\ny\n'),
    )
    return Made(".csv", f"id,text\n{line * chance.randint(1, 800)}".encode())


def large(chance: Chance) -> Made:
    """A megabyte of one thing."""
    unit = chance.choice(
        ("a", " ", "\n", "#", "<", "&", "-", "“", "1/", "A b.\n\n", "Advertisement\n", "— A (@a) May 1, 2024\n", "\u0301", "&amp;", "http://", "a@b.c ", "Read more: ", "市", "\r", "\x85", "a\u00ad", "\ufeff"),
    )  # fmt: skip
    return Made(".txt", (unit * (1_000_000 // len(unit.encode()))).encode())


def laughs(chance: Chance) -> Made:
    """Entities of entities, up to nine levels: a billion words where somebody resolves them."""
    levels = chance.randint(2, 9)
    entities = "".join(
        f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, levels + 1)
    )
    page = f'<!DOCTYPE html [<!ENTITY e0 "ha">{entities}]><html xmlns="http://www.w3.org/1999/xhtml"><body><p>{chance.choice(PROSE)}</p><p>&e{levels};</p></body></html>'
    return Made(chance.choice((".xhtml", ".html")), page.encode())


KINDS = (naughty, charset, lone, noise, records, one_json, table, parquet, archive, page, front, packed, deep, quotes, large, laughs)  # fmt: skip
_WEIGHTS = (30, 50, 10, 20, 40, 20, 30, 20, 30, 60, 10, 50, 10, 10, 2, 4)


def write(folder: Path, count: int, seed: int) -> list[Path]:
    """Write so many inputs into a folder, and return their paths: the same for the same seed."""
    folder.mkdir(parents=True)
    written = []
    for number in range(count):
        chance = random.Random(f"{seed}-{number}")  # noqa: S311 - the same every time
        (kind,) = chance.choices(KINDS, _WEIGHTS)
        made = kind(chance)
        path = folder / f"{number:05}-{kind.__name__}{made.suffix}"
        path.write_bytes(made.data)
        written.append(path)
    return written


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    write(asked.folder, asked.count, asked.seed)
