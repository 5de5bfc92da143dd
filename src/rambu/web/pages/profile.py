"""The profile as a file to take away."""

from rambu.interview import as_yaml
from rambu.web.site import Site
from rambu.web.state import state_of
from rambu.web.view import Asked, Elsewhere, Sent


def view(site: Site, asked: Asked) -> Sent | Elsewhere:
    """The profile in YAML. Raises RambuError."""
    state = state_of(site, asked)
    if not state.data:
        return Elsewhere(asked.at("assess"))
    return Sent(as_yaml(state.data), "application/yaml", "profile.yaml")
