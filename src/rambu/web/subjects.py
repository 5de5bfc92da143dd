"""Subjects of a profile: the first one, one more company or site."""

import re
from copy import deepcopy
from typing import Any

from rambu.errors import RambuError
from rambu.profile import GROUPS
from rambu.web.state import Data, State
from rambu.web.view import Asked

KINDS = ("company", "site", "vehicle", "project", "product", "person", "charger")
GROUP_OF = {kind: group for group, kind in GROUPS.items()}
UNFIT = re.compile(r"[^\w \-&()/]+")
LONGEST_NAME = 60  # characters


def begun(state: State, asked: Asked) -> State:
    """A profile of one subject. Raises RambuError."""
    return _checked(state, added({}, _kind(state, asked), _name(asked), _facts(state, asked), ""))


def one_more(state: State, asked: Asked) -> State:
    """One more subject; a site goes to its company. Raises RambuError."""
    kind, owner = _kind(state, asked), asked.given("owner")
    return _checked(state, added(state.data, kind, _name(asked), _facts(state, asked), owner))


def _kind(state: State, asked: Asked) -> str:
    kind = asked.given("kind")
    if kind not in KINDS or kind not in {"company", *_kinds(state)}:
        raise RambuError.of("unknown", "this is nothing to ask about", f"choose one of {', '.join(KINDS)}", "kind")
    return kind


def _kinds(state: State) -> set[str]:
    return {
        one.subject for instrument in state.site.register.instruments.values() for one in instrument.provisions.values()
    } | set(KINDS)


def _name(asked: Asked) -> str:
    return " ".join(UNFIT.sub(" ", asked.given("name")).split())[:LONGEST_NAME]


def _facts(state: State, asked: Asked) -> dict[str, Any]:
    place, activity = asked.given("place"), asked.given("activity")
    facts = {"place": place} if place else {}
    return {**facts, "activity": activity} if activity and asked.given("kind") in ("company", "site") else facts


def added(data: Data, kind: str, name: str, facts: dict[str, Any], owner: str) -> Data:
    """The profile with one more subject; those without a name are gathered under their group."""
    made = deepcopy(data)
    if not made and not name:
        return {kind: facts}
    if kind in made:
        made.setdefault(GROUP_OF[kind], {})[_free(made, kind)] = made.pop(kind)
    if kind == "site" and (home := _company(made, owner)) is not None:
        home.setdefault("sites", {})[_free(made, name or kind)] = facts
        return made
    made.setdefault(GROUP_OF[kind], {})[_free(made, name or kind)] = facts
    return made


def _company(data: Data, owner: str) -> Data | None:
    found: Data | None = data.get("companies", {}).get(owner)
    return found if found is not None else (data.get("company") if owner == "company" else None)


def _free(data: Data, wanted: str) -> str:
    """A name that nobody in the profile has yet."""
    taken = set(names(data)) | {"complete"}
    tries = [wanted, *(f"{wanted} {number}" for number in range(2, 200))]
    return next(name for name in tries if name not in taken)


def names(data: Data) -> list[str]:
    """Every name in a profile."""
    found: list[str] = []
    for key, given in data.items():
        if isinstance(given, dict):
            those = given.items() if key in GROUPS else [(key, given)]
            for name, facts in those:
                found.append(str(name))
                sites = facts.get("sites") if isinstance(facts, dict) else None
                found += [str(site) for site in sites] if isinstance(sites, dict) else []
    return found


def _checked(state: State, data: Data) -> State:
    later = state.with_data(data)
    _ = later.profile
    return later
