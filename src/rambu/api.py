"""Rambu from Python: an open register that may be asked about profiles."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from rambu.assess import Assessment, assess
from rambu.load import read_profile, read_profile_file
from rambu.profile import Profile, ProfileReader
from rambu.register import Register
from rambu.rules import Rules


@dataclass(frozen=True)
class OpenRegister:
    """A register with its rules, each compiled when it is first asked for."""

    register: Register

    @cached_property
    def rules(self) -> Rules:
        """The compiled rules."""
        return Rules(self.register)

    @property
    def version(self) -> str:
        """Version of the register."""
        return self.register.version

    def profile(self, given: Profile | Mapping[str, object] | Path | str) -> Profile:
        """A profile from a mapping, a file, or YAML text. Raises RambuError."""
        match given:
            case Profile():
                return given
            case Path():
                return read_profile_file(given, self.register)
            case str():
                return read_profile(given, "profile", self.register)
        return ProfileReader(self.register).read(given)

    def assess(
        self,
        profile: Profile | Mapping[str, object] | Path | str,
        *,
        as_of: date | str,
        known_on: date | str | None = None,
        jurisdictions: Iterable[str] | None = None,
        reasons: bool = True,
    ) -> Assessment:
        """What applies on a day, as known on a day (default: the same). Raises RambuError, ValueError for a bad day."""
        day = _day(as_of)
        return assess(self.rules, self.profile(profile), day, _day(known_on or day), jurisdictions, reasons)


def _day(given: date | str) -> date:
    return date.fromisoformat(given) if isinstance(given, str) else given
