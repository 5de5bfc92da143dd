"""Draws values to be read again by somebody who did not write them: `python -m tools.sample SEED --each 12 KOR SGP`.

The seed is the hash of the last commit that touched the register, so that nobody can choose. Only thresholds, rates,
amounts and dates are drawn: values of the register, and first days that are written as days.
"""

import argparse
import random
from collections.abc import Iterator
from pathlib import Path

from rambu.load import load_folder, repository_register
from rambu.model.value import Node
from rambu.register import Register


def main() -> None:
    """Print the sample, a value a line, with what a reader needs to search for it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("seed")
    parser.add_argument("countries", nargs="+")
    parser.add_argument("--each", type=int, default=12)
    parser.add_argument("--group", default="", help="Only topics of this group; -ev for all but these.")
    parser.add_argument("--register", type=Path, default=repository_register())
    parser.add_argument("--none-found", type=int, default=0, help="Draw this many none_found cells instead.")
    given = parser.parse_args()
    register = load_folder(given.register).register
    chance = random.Random(given.seed)
    if given.none_found:
        cells = sorted(_cells(register, given.countries))
        print("\n".join(sorted(chance.sample(cells, min(given.none_found, len(cells))))))
        return
    for code in given.countries:
        lines = sorted(_values(register, code, given.group))
        for line in sorted(chance.sample(lines, min(given.each, len(lines)))):
            print(line)


def _values(register: Register, code: str, group: str) -> Iterator[str]:
    for file, instrument in register.instruments.items():
        if instrument.jurisdiction != code:
            continue
        for name, provision in instrument.provisions.items():
            groups = {register.vocabulary.topics[topic].group for topic in instrument.topics_of(name)}
            if group and (group.removeprefix("-") in groups) == group.startswith("-"):
                continue
            for value_name, value in provision.values.items():
                if value.unit != "text" and value.node is not None:
                    yield f"{file}.{name}.{value_name} [{value.unit}]: {_shown(value.node)}"
            if provision.starts is not None:
                yield f"{file}.{name}.from [date]: {_shown(provision.starts)}"


def _shown(node: Node) -> str:
    text = node.model_dump_json(by_alias=True, exclude_none=True) if hasattr(node, "model_dump_json") else str(node)
    return text.replace("\n", " ")[:400]


def _cells(register: Register, countries: list[str]) -> Iterator[str]:
    for code in countries:
        for topic, entry in register.coverage[code].topics.items():
            if entry.state == "none_found":
                yield f"{code} {topic}: {entry.nearest or ''}"


if __name__ == "__main__":
    main()
