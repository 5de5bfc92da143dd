"""Interface words by key: English is what the catalogues translate.

`say`, `many`, `mark` and `pair` are what the extractor of words looks for.
"""


def mark(text: str) -> str:
    """A word of a table below, marked for translation."""
    return text


def pair(one: str, more: str) -> tuple[str, str]:
    """A word of a table in singular and plural, marked for translation."""
    return one, more


VERDICTS = {"applies": mark("applies"), "does_not_apply": mark("does not apply"), "unknown": mark("cannot tell")}
PHASES = {
    "proposed": mark("proposed"),
    "coming": mark("coming"),
    "in_force": mark("in force"),
    "suspended": mark("suspended"),
    "exhausted": mark("used up"),
    "ended": mark("ended"),
    "never": mark("never starts"),
    "not_known": mark("not announced yet"),
    "unknown": mark("start not known"),
}
KINDS = {
    "duty": mark("duty"),
    "ban": mark("ban"),
    "charge": mark("charge"),
    "incentive": mark("incentive"),
    "target": mark("target"),
    "opportunity": mark("opportunity"),
    "status": mark("status"),
    "penalty": mark("penalty"),
    "figure": mark("figure"),
}
INSTRUMENTS = {
    "act": mark("act"),
    "decree": mark("decree"),
    "circular": mark("circular"),
    "decision": mark("decision"),
    "exchange_rule": mark("exchange rule"),
    "code": mark("code"),
    "guideline": mark("guideline"),
    "standard": mark("standard"),
    "plan": mark("plan"),
    "scheme": mark("scheme"),
    "agreement": mark("agreement"),
    "notice": mark("notice"),
}
FORCES = {
    "mandatory": mark("mandatory"),
    "comply_or_explain": mark("comply or explain"),
    "voluntary": mark("voluntary"),
}
SUBJECTS = {
    "company": mark("company"),
    "site": mark("site"),
    "vehicle": mark("vehicle"),
    "project": mark("project"),
    "product": mark("product"),
    "person": mark("person"),
    "charger": mark("charger"),
    "country": mark("country"),
    "any": mark("any subject"),
}
ROLES = {
    "buyer": mark("buyer"),
    "importer": mark("importer"),
    "maker": mark("maker"),
    "replaces": mark("replaced vehicle"),
    "operator": mark("operator"),
    "producer": mark("producer"),
    "investor": mark("investor"),
    "employer": mark("employer"),
    "parent": mark("parent company"),
}
EVENTS = {
    "proposed": mark("proposed"),
    "adopted": mark("adopted"),
    "promulgated": mark("promulgated"),
    "in_force": mark("in force"),
    "amended": mark("amended"),
    "delayed": mark("delayed"),
    "suspended": mark("suspended"),
    "resumed": mark("resumed"),
    "exhausted": mark("used up"),
    "repealed": mark("repealed"),
    "expired": mark("expired"),
    "withdrawn": mark("withdrawn"),
}
CONFIDENCE = {
    "confirmed": mark("confirmed"),
    "reported": mark("reported, not confirmed"),
    "disputed": mark("sources disagree"),
}
STATES = {
    "covered": mark("covered"),
    "partial": mark("partial"),
    "none_found": mark("none found"),
    "not_searched": mark("not searched"),
}
SENSES = {
    "at_least": mark("at least {value}"),
    "at_most": mark("at most {value}"),
    "up_to": mark("up to {value}"),
    "exactly": mark("exactly {value}"),
}
DAYS = {
    "at_least": mark("not before {value}"),
    "at_most": mark("by {value}"),
    "up_to": mark("by {value}"),
    "exactly": mark("on {value}"),
}
MONTHS = [
    mark("Jan"),
    mark("Feb"),
    mark("Mar"),
    mark("Apr"),
    mark("May"),
    mark("Jun"),
    mark("Jul"),
    mark("Aug"),
    mark("Sep"),
    mark("Oct"),
    mark("Nov"),
    mark("Dec"),
]
AGGREGATES = {
    "sum": mark("{fact}, sum over the sites"),
    "max": mark("{fact}, largest site"),
    "any": mark("{fact}, at any site"),
    "group": mark("{fact}, whole group"),
}
