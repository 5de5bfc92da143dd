"""Writes docs/reference from code, vocabulary and register: `python -m tools.reference`, with --check to compare."""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from rambu.load import load_folder, repository_register
from rambu.publish.board import SHAPES, shape
from rambu.publish.schema import KINDS, schema
from rambu.register import Register
from rambu.yaml_complaints import COMPLAINTS

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "docs" / "reference"
NOTE = "<!-- Written by `python -m tools.reference`. Do not edit. -->\n\n"
COMMANDS = [
    "assess",
    "ask",
    "gap",
    "brief",
    "worth",
    "compare",
    "show",
    "try",
    "table",
    "facts",
    "coverage",
    "check",
    "fmt",
    "cases",
    "diff",
    "schema",
    "serve",
    "replay",
]


def pages(register: Register) -> dict[str, str]:
    """File name -> text of every page."""
    writers: dict[str, Callable[[Register], Iterator[str]]] = {
        "facts.md": facts,
        "topics.md": topics,
        "measures.md": measures,
        "asks.md": asks,
        "coverage.md": coverage,
        "sources.md": sources,
        "command-line.md": command_line,
        "problems.md": problems,
    }
    written = {name: NOTE + "\n".join(write(register)) + "\n" for name, write in writers.items()}
    schemas = {
        f"schema/{kind}.json": json.dumps(schema(kind, register), indent=1, ensure_ascii=False) + "\n" for kind in KINDS
    }
    return written | schemas


def facts(register: Register) -> Iterator[str]:
    """The vocabulary of facts."""
    yield from (
        "# Facts",
        "",
        "What may be asked of a subject.",
        "",
        "| fact | of | type | unit | what it is |",
        "|---|---|---|---|---|",
    )
    for name, fact in sorted(register.vocabulary.facts.items()):
        kinds = fact.subject if isinstance(fact.subject, str) else ", ".join(fact.subject)
        marks = [
            word
            for word, holds in (
                ("by year", fact.by_year),
                ("list", fact.many),
                ("sites", fact.sites),
                ("group", fact.group),
            )
            if holds
        ]
        kind = fact.type + (f" ({', '.join(marks)})" if marks else "")
        yield f"| `{name}` | {kinds} | {kind} | {fact.unit or ''} | {fact.definition} |"


def topics(register: Register) -> Iterator[str]:
    """The questions that are put to every jurisdiction."""
    yield from ("# Topics", "", "| topic | English | 한국어 |", "|---|---|---|")
    for name, topic in register.vocabulary.topics.items():
        yield f"| `{name}` | {topic.label['en']} | {topic.label['ko']} |"


def measures(register: Register) -> Iterator[str]:
    """Names of values that are answers."""
    yield from ("# Measures", "", "| measure | meaning |", "|---|---|")
    for name, entry in register.vocabulary.measures.items():
        yield f"| `{name}` | {entry.definition or entry.label['en']} |"


def asks(register: Register) -> Iterator[str]:
    """What provisions demand."""
    yield from ("# Asks", "", "| ask | English | 한국어 | definition | in other standards |", "|---|---|---|---|---|")
    for name, entry in register.vocabulary.asks.items():
        elsewhere = ", ".join(entry.counterparts.values())
        yield f"| `{name}` | {entry.label['en']} | {entry.label['ko']} | {entry.definition or ''} | {elsewhere} |"


def coverage(register: Register) -> Iterator[str]:
    """The board of countries and topics."""
    codes = [code for code, place in register.vocabulary.jurisdictions.items() if place.kind == "country"]
    yield from ("# Coverage", "", "■ covered · □ partly · – searched, none found · ? not searched", "")
    yield "| topic | " + " | ".join(codes) + " |"
    yield "|---|" + "---|" * len(codes)
    for name, topic in register.vocabulary.topics.items():
        yield (
            f"| {topic.label['en']} | " + " | ".join(shape(register.coverage.get(code), name) for code in codes) + " |"
        )
    states = Counter(shape(register.coverage.get(code), name) for code in codes for name in register.vocabulary.topics)
    yield from ("", ", ".join(f"{states[SHAPES[state]]} {state.replace('_', ' ')}" for state in SHAPES))


def sources(register: Register) -> Iterator[str]:
    """How many provisions and values each country has, and by which kind of source."""
    kinds = list(register.vocabulary.kinds)
    yield from ("# Provisions and sources by country", "", "Values by the kind of source behind them.", "")
    yield "| country | instruments | provisions | values | " + " | ".join(kinds) + " | official or professional |"
    yield "|---|" + "---:|" * (len(kinds) + 4)
    for code in register.vocabulary.jurisdictions:
        files = [instrument for instrument in register.instruments.values() if instrument.jurisdiction == code]
        if not files:
            continue
        tally: Counter[str] = Counter()
        for instrument in files:
            for provision in instrument.provisions.values():
                for value in provision.values.values():
                    source = instrument.sources.get(instrument.source_of(provision, value) or "")
                    tally[(source and register.vocabulary.source_kind(source.url)) or "other"] += 1
        total = sum(tally.values())
        strong = sum(tally[kind] for kind in ("official", "issuer", "reprint", "professional"))
        counts = " | ".join(str(tally[kind]) for kind in kinds)
        provisions = sum(len(instrument.provisions) for instrument in files)
        yield f"| {code} | {len(files)} | {provisions} | {total} | {counts} | {strong * 100 // max(total, 1)} % |"


def command_line(_: Register) -> Iterator[str]:
    """What every command says of itself."""
    yield from ("# The command line", "")
    for command in COMMANDS:
        shown = subprocess.run(
            [sys.executable, "-m", "rambu.cli", command, "--help"],
            capture_output=True,
            text=True,
            check=True,
            env={"COLUMNS": "100", "NO_COLOR": "1", "TERM": "dumb", "PATH": "/usr/bin:/bin"},
        )
        yield from (f"## rambu {command}", "", "```text", shown.stdout.strip(), "```", "")


def problems(_: Register) -> Iterator[str]:
    """Complaints about the text of a YAML file."""
    yield from ("# Complaints about YAML", "", "| code | what | what to do |", "|---|---|---|")
    for code, (what, do) in COMPLAINTS.items():
        yield f"| `{code}` | {what} | {do} |"


def main() -> int:
    """Write the pages, or say which are stale."""
    folder = repository_register()
    assert folder is not None
    made = pages(load_folder(folder).register)
    stale = [
        name
        for name, text in made.items()
        if not (TARGET / name).is_file() or (TARGET / name).read_text("utf-8") != text
    ]
    if "--check" in sys.argv:
        print("\n".join(f"stale: docs/reference/{name}" for name in stale) or "docs/reference is fresh")
        return 1 if stale else 0
    for name in stale:
        (TARGET / name).parent.mkdir(parents=True, exist_ok=True)
        (TARGET / name).write_text(made[name], "utf-8")
    print(f"{len(stale)} pages written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
