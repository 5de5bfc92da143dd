"""Which languages there are, and which one a visitor reads."""

from importlib import resources

from babel import Locale

LANGUAGES: tuple[str, ...] = (
    "en",
    *sorted(
        entry.name for entry in resources.files("rambu.locale").iterdir() if entry.joinpath("LC_MESSAGES").is_dir()
    ),
)
NAMES = {code: str(Locale.parse(code).display_name) for code in LANGUAGES}
LONGEST_HEADER = 500


def preferred(accepted: str) -> str:
    """The best of our languages by an Accept-Language header; English if none is wanted."""
    wanted = [_weighed(part) for part in accepted[:LONGEST_HEADER].split(",") if part.strip()]
    for _, code in sorted((entry for entry in wanted if entry[0] > 0), key=lambda entry: -entry[0]):
        if code in LANGUAGES:
            return code
    return LANGUAGES[0]


def _weighed(part: str) -> tuple[float, str]:
    tag, _, parameter = part.partition(";")
    weight = parameter.strip().removeprefix("q=")
    try:
        found = float(weight) if weight else 1.0
    except ValueError:
        found = 0.0
    return found, tag.strip().split("-")[0].lower()


def language_of(path: str, accepted: str) -> str:
    """The language in an address, else the preferred one."""
    first = path.removeprefix("/").split("/")[0].removesuffix(".json")
    return first if first in LANGUAGES else preferred(accepted)
