"""A link to an answer: first what it means, then the link; nowhere else does a profile stand in an address."""

from urllib.parse import urlencode

from rambu.errors import RambuError
from rambu.web.guard import LONGEST_ADDRESS
from rambu.web.site import Site
from rambu.web.state import state_of
from rambu.web.view import Asked, Elsewhere, Shown


def view(site: Site, asked: Asked) -> Shown | Elsewhere:
    """The meaning; with `do=make` the link too. Raises RambuError for a profile that is too long for one."""
    state = state_of(site, asked)
    if not state.data:
        return Elsewhere(asked.at("assess"))
    _ = state.profile
    link = ""
    if asked.given("do") == "make":
        days = {"as_of": state.as_of.isoformat(), "known_on": state.known_on.isoformat()}
        scope = {"in": ",".join(state.scope)} if state.scope else {}
        link = f"{asked.at('answer')}?{urlencode({'p': state.packed(), **days, **scope})}"
    if len(link) > LONGEST_ADDRESS // 2:
        raise RambuError.of("link", "the profile is too long for a link", "download it as YAML instead", "profile")
    return Shown(
        "link.html",
        {"link": link, "whole": site.settings.address + link if link else ""},
        hidden=state.hidden(),
        index=False,
    )
