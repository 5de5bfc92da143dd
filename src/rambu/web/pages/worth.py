"""Worth: what a vehicle pays and receives, country by country, and what an investment qualifies for."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from rambu.assess import assess
from rambu.engine import Assessing
from rambu.errors import Problem, RambuError
from rambu.expressions.subject import Subject
from rambu.profile import ProfileReader
from rambu.publish.qualify import Offers
from rambu.publish.references import References
from rambu.publish.words import PHASES
from rambu.publish.worth import Row, WorthPage
from rambu.publish.worth_chart import chart
from rambu.qualify import qualify
from rambu.web.site import Site
from rambu.web.sources import source_list
from rambu.web.state import State, state_of
from rambu.web.trouble import problem_data
from rambu.web.view import Asked, Plain, Shown
from rambu.web.when import stamp
from rambu.worth import combustion_twin, is_electric, worth

CHOICES = ("vehicle_class", "powertrain", "assembly")
NUMBERS = ("battery_energy", "motor_power", "seats", "vehicle_age")
MONEY = ("customs_value", "pretax_price", "price")
ABOUT = (*CHOICES, *NUMBERS, *MONEY)
TWIN = ("engine_displacement", "co2_per_km")
MOST_PAGES, MOST_WORTHS = 24, 120


def view(site: Site, asked: Asked) -> Shown:
    """A form and, once it is filled in or a profile came along, the sums. Raises RambuError for a broken profile."""
    state, problems, cited = state_of(site, asked), list[Plain](), References(asked.words)
    if not state.data and (given := _given(site, asked)):
        state = replace(state, data={"vehicle": given})
    pages, offers = list[WorthPage](), list[Offers]()
    try:
        if state.data:
            pages, offers = list(_pages(site, asked, state, cited)), list(_offers(state, asked, cited))
    except (OverflowError, ValueError, ArithmeticError):
        what, do = "the figures cannot be reckoned with", "look for one that is far too large"
        problems = [problem_data(Problem("profile", 0, 0, "figures", what, do))]
    except RambuError as error:
        problems = [problem_data(problem) for problem in error.problems]
    vehicles, projects = [_vehicle(page, asked) for page in pages], [_project(one, asked) for one in offers]
    data: Plain = {
        "stamp": stamp(site, asked, state.as_of, state.known_on),
        "form": _form(site, asked),
        "chart": chart(pages[:MOST_PAGES], asked.words, styled=False) if len(pages) > 1 else "",
        "vehicles": vehicles,
        "projects": projects,
        "sources": source_list(cited.all(), asked.words),
        "problems": problems,
        "asked": bool(state.data),
    }
    return Shown("worth.html", data, status=422 if problems else 200, hidden=state.hidden(), index=not state.data)


def _given(site: Site, asked: Asked) -> Plain:
    """Facts of the vehicle that the address states; money in the currency chosen for it."""
    currency = asked.given("currency") or "USD"
    found: Plain = {}
    for fact in ABOUT:
        if value := asked.given(fact):
            found[fact] = f"{value} {currency}" if fact in MONEY else value
    if found and not asked.given("in") and (home := site.register.vocabulary.jurisdictions.get(asked.given("place"))):
        found["place"] = home.place
    return found


def _pages(site: Site, asked: Asked, state: State, cited: References) -> Iterator[WorthPage]:
    rules = site.opened.rules
    otherwise = {fact: value for fact in TWIN if (value := asked.given(fact))}
    facts = ProfileReader(site.register, "form").read({"vehicle": otherwise}).subjects[0].facts if otherwise else {}
    vehicles = [subject for subject in state.profile.all_subjects() if subject.kind == "vehicle"]
    if sum(len(_where(site, state, vehicle)) for vehicle in vehicles) > MOST_WORTHS:
        what = "more vehicles and countries than can be reckoned here"
        raise RambuError.of("too-large", what, "choose fewer, or use rambu worth", "profile")
    for vehicle in vehicles:
        for code in _where(site, state, vehicle):
            if code in site.register.cascades:
                when = (state.as_of, state.known_on)
                twin = None
                if is_electric(rules, vehicle):
                    twin = worth(rules, combustion_twin(vehicle, facts), code, *when)
                yield WorthPage(rules, worth(rules, vehicle, code, *when), asked.words, twin, cited)


def _where(site: Site, state: State, vehicle: Subject) -> tuple[str, ...]:
    """The countries that were chosen, else where it is, else every one whose order of taxes is known."""
    known = tuple(code for code in site.countries if code in site.register.cascades)
    if state.scope:
        return tuple(code for code in state.scope if code in known)
    return (vehicle.jurisdiction,) if vehicle.jurisdiction in known else known


def _offers(state: State, asked: Asked, cited: References) -> Iterator[Offers]:
    projects = [subject for subject in state.profile.all_subjects() if subject.kind == "project"]
    if not projects:
        return
    rules, when = state.site.opened.rules, (state.as_of, state.known_on)
    found = assess(rules, state.profile, *when, state.scope or None)
    for project in projects:
        yield Offers(Assessing(rules, *when), project, qualify(found, [project.name]), asked.words, cited)


# -- as plain data


def _vehicle(page: WorthPage, asked: Asked) -> Plain:
    code = page.found.jurisdiction
    rows, sums = page.rows(), page.sums()
    return {
        "title": page.title(),
        "country": asked.words.country(code),
        "code": code,
        "address": asked.at(f"countries/{code}"),
        "start": page.money(page.found.start) if page.found.start.low is not None else "",
        "twin": page.other is not None,
        "rows": [_row(row) for row in rows],
        "sums": [_row(row) for row in sums],
        "saving": page.saving(),
        "exact": page.as_json(),
    }


def _row(row: Row) -> Plain:
    return {
        "id": row.key,
        "title": row.title,
        "amount": row.amount,
        "twin": row.twin,
        "others": list(row.others),
        "needs": row.needs,
        "because": list(row.because),
        "benefit": row.benefit,
        "yearly": row.yearly,
    }


def _project(offers: Offers, asked: Asked) -> Plain:
    words = asked.words
    return {
        "name": words.subject(offers.subject.name, "project"),
        "applies": [_offer(offers, one, asked) for one in offers.found.applies],
        "open": [_offer(offers, one, asked) for one in offers.found.open],
        "near": [
            {
                **_offer(offers, near.finding, asked),
                "steps": [*(offers.step(step) for step in near.steps), *([offers.needs(near)] if near.needs else [])],
            }
            for near in offers.found.near
        ],
        "exact": offers.as_json(),
    }


def _offer(offers: Offers, one: Any, asked: Asked) -> Plain:
    entry = offers.entries.entry(one)
    return {
        "id": entry.address,
        "address": asked.at(f"rules/{one.address.file}/{one.address.name}"),
        "title": asked.words.of(one.provision.title),
        "country": asked.words.country(one.jurisdiction),
        "phase": asked.words.say(PHASES[one.phase]) if one.phase != "in_force" else "",
        "figures": [
            {"label": figure.label, "text": figure.text, "notes": list(figure.notes)} for figure in entry.figures
        ],
        "needs": entry.needs,
        "next": [offers.tier(tier) for tier in offers.tiers(one)] if one.verdict == "applies" else [],
    }


# -- the form


def _form(site: Site, asked: Asked) -> Plain:
    vocabulary, words = site.register.vocabulary, asked.words
    known = vocabulary.facts
    chosen = {code.strip().upper() for code in asked.given("in").split(",")}
    return {
        "choices": [_choice(site, asked, fact) for fact in CHOICES if fact in known],
        "numbers": [_number(site, asked, fact) for fact in (*NUMBERS, *TWIN) if fact in known],
        "money": [_number(site, asked, fact) for fact in MONEY if fact in known],
        "currencies": sorted({place.currency or "USD" for place in vocabulary.jurisdictions.values()}),
        "currency": asked.given("currency") or "USD",
        "countries": [{"code": code, "name": words.country(code), "chosen": code in chosen}
                      for code in site.countries if code in site.register.cascades],
    }  # fmt: skip


def _choice(site: Site, asked: Asked, fact: str) -> Plain:
    tree = site.register.vocabulary.trees[site.register.vocabulary.tree_name(fact)]
    names = list(_leaves(tree))
    return {
        "name": fact,
        "label": asked.words.fact(fact),
        "value": asked.given(fact),
        "options": [{"value": name, "label": asked.words.category(name)} for name in names],
    }


def _leaves(tree: dict[str, Any]) -> Iterator[str]:
    for name, below in tree.items():
        yield name
        yield from _leaves(below)


def _number(site: Site, asked: Asked, fact: str) -> Plain:
    known = site.register.vocabulary.facts[fact]
    unit = asked.words.unit(known.unit) if known.unit else ""
    return {"name": fact, "label": asked.words.fact(fact), "unit": unit, "value": asked.given(fact)}
