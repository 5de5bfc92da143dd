"""Made-up registers of any size for benchmarks: provisions of the usual shapes, over the real vocabulary."""

from functools import lru_cache

from rambu.load import FolderReader, repository_register
from rambu.model.instrument import Instrument
from rambu.model.vocabulary import Vocabulary
from rambu.register import Register

SHAPES = (
    {
        "kind": "duty",
        "applies_when": "listing == kospi and employees >= staff",
        "clock": "fy_start",
        "values": {
            "staff": {"unit": "count", "is": 300},
            "due": {"unit": "date", "after": "fy_end", "months": 3, "at": "month_end"},
        },
    },
    {
        "kind": "duty",
        "applies_when": "at_least(2, employees >= staff, revenue >= big, total_assets >= big)",
        "values": {"staff": {"unit": "count", "is": 250}, "big": {"unit": "KRW", "is": 40_000_000_000}},
    },
    {
        "kind": "charge",
        "applies_when": "ghg_emissions_sum >= limit",
        "from": "2023-01-01",
        "values": {
            "limit": {"unit": "tCO2e", "is": 25_000},
            "rate": {"unit": "KRW/tCO2e", "dated": {"2023-01-01": 5, "2024-01-01": 25, "2026-01-01": 45}},
        },
    },
    {
        "kind": "incentive",
        "applies_when": "activity in (cement, iron_steel)",
        "unless": "size_class == large",
        "values": {
            "amount": {
                "unit": "KRW",
                "sense": "up_to",
                "by": "employees",
                "bands": [{"below": 12, "is": "none"}, {"below": 400, "is": 2_000}, {"is": 3_000}],
            }
        },
        "gives": "amount",
    },
    {
        "kind": "duty",
        "applies_when": "energy_use_max >= limit",
        "values": {"limit": {"unit": "GJ", "is": 2_000}, "due": {"unit": "date", "yearly": "01-31"}},
    },
)
PER_FILE = 10


@lru_cache
def vocabulary() -> Vocabulary:
    """The real vocabulary."""
    folder = repository_register()
    assert folder is not None
    return FolderReader(folder).read(partial=True).register.vocabulary


def instruments(provisions: int) -> list[Instrument]:
    """That many provisions, ten to a file."""
    return [Instrument.model_validate(data(file)) for file in range(-(-provisions // PER_FILE))]


def data(file: int) -> dict[str, object]:
    """One made-up instrument as YAML would give it."""
    words = {"en": f"Made-up act {file}", "ko": f"지어낸 법 {file}"}
    return {
        "id": f"kor/made-up-{file}",
        "kind": "act",
        "jurisdiction": "KOR",
        "title": words,
        "summary": words,
        "topics": ["carbon-tax"],
        "sources": {
            "act": {
                "title": "Act",
                "publisher": "Law",
                "url": "https://www.law.go.kr/act",
                "lang": "ko",
                "accessed": "2026-11-24",
            }
        },
        "history": [
            {"date": "2020-01-01", "event": "adopted", "source": "act"},
            {"date": "2021-01-01", "event": "in_force", "source": "act"},
        ],
        "provisions": {
            f"rule_{file}_{number}": {
                "title": words,
                "summary": words,
                "subject": "company",
                "at": {"source": "act", "locator": "s. 1"},
                **SHAPES[number % len(SHAPES)],
            }
            for number in range(PER_FILE)
        },
    }


def register(provisions: int) -> Register:
    """A register of made-up provisions."""
    return Register("made-up", vocabulary(), {made.id: made for made in instruments(provisions)}, {})


PROFILE = """
profile: bench
companies:
  maker:
    place: KOR
    listing: [kospi]
    employees: 450
    revenue: 50_000_000_000 KRW
    activity: cement
    sites: {complete: true, works: {place: KR-43, ghg_emissions: 26_000, energy_use: 3_000}}
"""
