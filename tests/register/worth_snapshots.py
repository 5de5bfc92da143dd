"""What three vehicles pay in every country on one day: written with `python -m tests.register.worth_snapshots`.

Review the difference before committing: each changed sum is a changed answer to somebody who buys a car.
"""

import json
from datetime import date
from pathlib import Path
from typing import Any

from rambu.load import load_folder, repository_register
from rambu.profile import ProfileReader
from rambu.publish.worth import worth_json
from rambu.rules import Rules
from rambu.worth import combustion_twin, worth

DAY = date(2026, 6, 15)
FILE = Path(__file__).parent / "snapshots" / "worth.json"
COMMON = {"assembly": "cbu", "for_hire": False, "buyer": {"party_kind": "individual"}}
VEHICLES: dict[str, dict[str, Any]] = {
    "small car": {
        "vehicle_class": "other_car_small", "powertrain": "bev", "battery_energy": 40, "motor_power": 70, "seats": 5,
        "customs_value": "15_000 USD", "price": "22_000 USD", **COMMON,
    },
    "family car": {
        "vehicle_class": "car_mid_large", "powertrain": "bev", "battery_energy": 77, "motor_power": 168, "seats": 5,
        "customs_value": "35_000 USD", "price": "50_000 USD", **COMMON,
    },
    "electric motorcycle": {
        "vehicle_class": "motorcycle", "powertrain": "bev", "battery_energy": 3, "motor_power": 4, "seats": 2,
        "customs_value": "1_500 USD", "price": "2_000 USD", **COMMON,
    },
}  # fmt: skip
PETROL = {"engine_displacement": "1_600", "co2_per_km": 140}


def snapshots(rules: Rules) -> dict[str, Any]:
    """Vehicle -> country -> state and sum of every line, and the sums; beside the same with petrol."""
    return {name: {code: _one(rules, facts, code) for code in sorted(rules.register.cascades)}
            for name, facts in VEHICLES.items()}  # fmt: skip


def _one(rules: Rules, facts: dict[str, Any], code: str) -> dict[str, Any]:
    place = rules.register.vocabulary.jurisdictions[code].place
    reader = ProfileReader(rules.register)
    vehicle = reader.read({"vehicle": {"place": place, **facts}}).subjects[0]
    petrol = ProfileReader(rules.register).read({"vehicle": PETROL}).subjects[0].facts
    twin = combustion_twin(vehicle, petrol)
    return {"electric": _told(rules, vehicle, code), "petrol": _told(rules, twin, code)}


def _told(rules: Rules, vehicle: Any, code: str) -> dict[str, Any]:
    found = worth(rules, vehicle, code, DAY, DAY)
    data = worth_json(found, rules.register.units.measure(found.currency))
    lines = {
        one["line"]: one["amount"] if one["state"] in ("amount", "zero") else one["state"] for one in data["lines"]
    }
    return {**lines, **{key: data[key] for key in ("taxes", "offered", "yearly")}}


def main() -> None:
    """Write the snapshots anew."""
    folder = repository_register()
    assert folder is not None
    made = snapshots(Rules(load_folder(folder).register))
    FILE.write_text(json.dumps(made, indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
