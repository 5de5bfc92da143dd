"""Bad input: each is refused with its place and a remedy, with code 2, without a traceback, within five seconds."""

import time
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.unit.test_cli import PROFILE, exa_rambu

__all__ = ["exa_rambu"]


def vehicle(*lines: str) -> str:
    return "\n".join(["vehicle:", *(f"  {line}" for line in lines)]) + "\n"


BAD_PROFILES: dict[str, tuple[str | bytes, str]] = {
    "unknown fact": (vehicle("batery_energy: 5"), ":2:18: [unknown] unknown fact batery_energy → did you mean battery"),
    "wrong type": (vehicle("battery_energy: large"), ":2:19: [type] large is not a number"),
    "unknown unit": (vehicle("battery_energy: 5 kWx"), "[unknown] unknown unit kWx → did you mean kW?"),
    "wrong unit": (vehicle("battery_energy: 5 kW"), "[unit] kW does not measure this"),
    "no currency": (vehicle("price: 5"), "[currency] 5 is money without a currency"),
    "unknown currency": (vehicle("price: 5 XYZ"), "[unknown] unknown currency XYZ"),
    "unknown country": (vehicle("place: Atlantis"), "[unknown] unknown country or place Atlantis"),
    "empty file": ("", "[empty-file] there is nothing in the file"),
    "nesting 50,000 deep": ("a: " + "[" * 50_000 + "]" * 50_000, "[too-deep] more than 40 levels"),
    "50 MB": (b"# " + b"x" * 50_000_000, "[too-large] more than 5,000,000 bytes"),
    "not UTF-8": (b"vehicle: {place: \xff\xfe}\n", "[not-utf-8] byte 18 of the file (0xFF)"),
    "binary": (bytes(range(256)) * 20, "[not-utf-8]"),
    "no such day": (vehicle("registration_date: 2025-02-30"), "[no-such-day] there is no day 2025-02-30"),
    "negative employees": ("company:\n  employees: -5\n", ":2:14: [negative] -5 is below zero"),
    "YAML bomb": ("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", "[anchor] anchors (&name) and aliases (*name) are"),
    "the same key twice": (vehicle("price: 5 EXD", "price: 6 EXD"), "3:3: [duplicate-key] the key 'price' is already"),
    "no subject": ("profile: x\n", "[profile] no subject in the profile"),
    "a list": ("- 1\n", "[profile] a profile is a mapping"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD_PROFILES)
def test_a_bad_profile_is_refused_with_place_and_remedy(exa_rambu: Run, tmp_path: Path, name: str) -> None:
    content, message = BAD_PROFILES[name]
    file = tmp_path / "bad.yaml"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    begun = time.monotonic()
    done = exa_rambu("assess", file)
    assert time.monotonic() - begun < 5
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr
    assert "bad.yaml" in done.stderr
    assert " → " in done.stderr
    assert "Traceback" not in done.stderr


def test_every_complaint_comes_in_one_run(exa_rambu: Run, tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text(vehicle("batery_energy: 5", "price: 5", "place: Atlantis"))
    assert len(exa_rambu("assess", "bad.yaml").stderr.splitlines()) == 3


def test_a_statement_that_the_facts_contradict_is_refused(exa_rambu: Run, tmp_path: Path) -> None:
    text = PROFILE.replace("  buyer:", "  results: {exa/clean-transport-act.subsidy: false}\n  buyer:")
    (tmp_path / "bad.yaml").write_text(text)
    done = exa_rambu("assess", "bad.yaml", "--as-of", "2026-03-01")
    assert done.returncode == 2
    assert "[contradiction] vehicle states exa/clean-transport-act.subsidy: false" in done.stderr


@pytest.mark.parametrize(
    ("name", "message"), [("missing.yaml", "[missing-file]"), (".", "[directory]"), ("/dev/null", "[empty-file]")]
)
def test_what_is_no_file_is_refused(exa_rambu: Run, name: str, message: str) -> None:
    done = exa_rambu("assess", name)
    assert done.returncode == 2
    assert message in done.stderr
