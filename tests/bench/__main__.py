"""`make bench`: every measure as a ratio or growth in one run; fails when a bound does not hold."""

import gc
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rambu.assess import assess
from rambu.check import Checker
from rambu.engine import Assessing
from rambu.gap import entry
from rambu.load import (
    compile_register,
    from_compiled,
    load_folder,
    read_profile,
    read_profile_file,
    repository_register,
)
from rambu.profile import ProfileReader
from rambu.publish.brief import Brief
from rambu.publish.calendar import ics
from rambu.publish.document.blocks import Document
from rambu.publish.document.html import html
from rambu.publish.document.typst import pdf
from rambu.publish.document.word import docx
from rambu.publish.wording import Wording
from rambu.publish.workbook import workbook
from rambu.register import Register
from rambu.rules import Rules
from rambu.worth import worth
from tests.bench import made_up, web

TODAY = date(2026, 11, 24)
CAR = {
    "place": "SGP", "vehicle_class": "car", "powertrain": "bev", "assembly": "cbu", "customs_value": "25_000 USD",
    "battery_energy": 60, "motor_power": 150, "seats": 5,
}  # fmt: skip
ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Row:
    """One measure with its bound."""

    what: str
    figure: float
    unit: str
    bound: float

    @property
    def holds(self) -> bool:
        """Within the bound."""
        return self.figure <= self.bound


def fastest(work: Callable[[], object], times: int) -> float:
    """Seconds of the fastest of several runs, the collector at rest."""
    found = []
    for _ in range(times):
        gc.collect()
        gc.disable()
        start = time.perf_counter()
        work()
        found.append(time.perf_counter() - start)
        gc.enable()
    return min(found)


def loading() -> list[Row]:
    """The compiled register: 100 and 5,000 provisions, and how load grows between 1,000 and 5,000."""
    small, middle, large = (compile_register(made_up.register(count)) for count in (100, 1_000, 5_000))
    times = [fastest(lambda content=content: from_compiled(content), 7) for content in (small, middle, large)]  # type: ignore[misc]
    return [
        Row("load 100 provisions", times[0] * 1_000, "ms", 10),
        Row("load 5,000 provisions", times[2] * 1_000, "ms", 300),
        Row("growth of load, 1,000 to 5,000 (linear is 5)", times[2] / times[1], "x", 6.5),
    ]


def assessing() -> list[Row]:
    """One subject, 500 provisions: verdicts alone, and findings with reasons, values and sources."""
    register = made_up.register(500)
    rules = Rules(register)
    profile = read_profile(made_up.PROFILE, "bench.yaml", register)
    company = profile.subjects[0]
    addresses = list(register.addresses())
    assess(rules, profile, TODAY, TODAY)

    def verdicts() -> None:
        work = Assessing(rules, TODAY, TODAY)
        for address in addresses:
            work.outcome(company, address)

    def reasons() -> None:
        work = Assessing(rules, TODAY, TODAY, reasons=True)
        for address in addresses:
            work.explain(company, address)

    return [
        Row("500 provisions, verdicts", fastest(verdicts, 15) * 1_000, "ms", 3),
        Row("500 provisions, verdicts with full reasons", fastest(reasons, 15) * 1_000, "ms", 10),
        Row(
            "500 provisions, whole findings: reasons, every value, its source",
            fastest(lambda: assess(rules, profile, TODAY, TODAY), 15) * 1_000,
            "ms",
            30,
        ),
    ]


def checking() -> list[Row]:
    """`rambu check` on 500 files."""
    folder = repository_register()
    assert folder is not None
    with tempfile.TemporaryDirectory() as scratch:
        _write_files(Path(scratch), folder, 500)
        seconds = fastest(lambda: Checker(load_folder(Path(scratch))).run(), 1)
    return [Row("check 500 files", seconds, "s", 5)]


def taking() -> list[Row]:
    """Outputs to take along, of a profile with three countries; one vehicle in every country."""
    folder = repository_register()
    assert folder is not None
    rules = Rules(load_folder(folder).register)
    register = rules.register
    profile = read_profile_file(ROOT / "examples" / "korean-battery-maker.yaml", register)
    car = ProfileReader(register).read({"vehicle": CAR}).subjects[0]
    words = Wording(register)

    def compared() -> None:
        for code in register.cascades:
            worth(rules, car, code, TODAY, TODAY)

    def brief() -> Document:
        found = entry(rules, profile, "KOR", ["IDN", "VNM", "THA"], TODAY, TODAY)
        return Brief(found.assessment, found.gaps, words, "0").document()

    compared()
    found = assess(rules, profile, TODAY, TODAY)
    return [
        Row(f"worth of one vehicle in {len(register.cascades)} countries", fastest(compared, 7) * 1_000, "ms", 100),
        Row("brief over three countries, PDF", fastest(lambda: pdf(brief()), 2), "s", 5),
        Row("brief over three countries, Word", fastest(lambda: docx(brief()), 2), "s", 5),
        Row("brief over three countries, HTML", fastest(lambda: html(brief()), 2), "s", 5),
        Row("workbook", fastest(lambda: workbook(found, {}, words, "0"), 2), "s", 5),
        Row("calendar", fastest(lambda: ics(rules, profile, found, words), 2), "s", 5),
    ]


def _write_files(target: Path, folder: Path, count: int) -> None:
    import yaml

    shutil.copytree(folder / "vocabulary", target / "vocabulary")
    place = target / "instruments" / "kor"
    place.mkdir(parents=True)
    for file in range(count):
        fresh = json.loads(json.dumps(made_up.data(file)))  # no two parts are the same object: no anchors in the file
        (place / f"made-up-{file}.yaml").write_text(yaml.safe_dump(fresh, allow_unicode=True), "utf-8")


def cold() -> list[Row]:
    """`rambu assess` from cold to the printed answer, against a script that imports our models and loads the register.

    Both read the compiled register, as an installed wheel does; interleaved, minimum of 20.
    """
    folder = repository_register()
    assert folder is not None
    compiled = Path(made_up.__file__).resolve().parents[2] / "build" / "bench-register.json"
    compiled.parent.mkdir(exist_ok=True)
    compiled.write_bytes(compile_register(load_folder(folder).register))
    base = [
        sys.executable,
        "-c",
        f"from pathlib import Path; from rambu.load import from_compiled; "
        f"from_compiled(Path({str(compiled)!r}).read_bytes())",
    ]
    example = ROOT / "examples" / "korean-battery-maker.yaml"
    ours = [
        sys.executable,
        "-m",
        "rambu.cli",
        "assess",
        str(example),
        "--register",
        str(compiled),
        "--as-of",
        TODAY.isoformat(),
    ]
    pairs = [(_seconds(base), _seconds(ours)) for _ in range(20)]
    lows = [min(column) for column in zip(*pairs, strict=True)]
    return [Row("`rambu assess`, cold, against importing and loading", lows[1] / lows[0], "x", 2)]


def _seconds(command: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - start


def columns() -> list[Row]:
    """Verdicts of one provision for 100,000 rows on Polars, against one subject at a time."""
    import narwhals as nw
    import polars as pl

    from rambu.screen import ProvisionColumns, cells, schema

    register = made_up.register(10)
    rules = Rules(register)
    company = read_profile(made_up.PROFILE, "bench.yaml", register).subjects[0]
    address = list(register.addresses())[1]
    compiled = ProvisionColumns(register, address, TODAY, TODAY)
    truth = compiled.verdict()
    assert isinstance(truth, nw.Expr)
    one = pl.DataFrame(
        cells(compiled.needs, [company], Assessing(rules, TODAY, TODAY), address), schema=schema(compiled.needs)
    )
    table = nw.from_native(pl.concat([one] * 100_000, rechunk=True))
    many = fastest(lambda: table.select(truth.alias("verdict")), 5) / 100_000
    single = statistics.median(
        fastest(lambda: Assessing(rules, TODAY, TODAY).outcome(company, address), 5) for _ in range(5)
    )
    return [Row("a verdict in columns, against one at a time", many / single, "x", 0.1)]


def serving() -> list[Row]:
    """The web app at 100 requests a second, and assessments of one profile against the whole register."""
    register = _real()
    rules = Rules(register)
    profile = read_profile(made_up.PROFILE, "bench.yaml", register)
    everywhere = [code for code in register.vocabulary.jurisdictions if code != "ASEAN"]
    assess(rules, profile, TODAY, TODAY, everywhere, reasons=False)
    one = fastest(lambda: assess(rules, profile, TODAY, TODAY, everywhere, reasons=False), 15)
    median, slowest, failures = web.measure(register, 60)
    return [
        Row("one profile against the whole register, no reasons", one * 1_000, "ms", 1_000 / 150),
        Row("100 requests a second for a minute: median", median, "ms", 100),
        Row("100 requests a second for a minute: 99th percentile", slowest, "ms", 100),
        Row("100 requests a second for a minute: failures", failures, "", 0),
    ]


def _real() -> Register:
    folder = repository_register()
    assert folder is not None
    return load_folder(folder).register


def main() -> int:
    """Print the table; 1 if a bound does not hold."""
    rows = [row for part in (loading, assessing, checking, columns, cold, taking, serving) for row in part()]
    print(f"| measure ({date.today().isoformat()}) | figure | bound |\n|---|---|---|")
    for row in rows:
        print(f"| {row.what} | {row.figure:.3g} {row.unit}{'' if row.holds else ' ✕'} | {row.bound:g} {row.unit} |")
    return 0 if all(row.holds for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
