"""Rambu: what applies to you, there, on that day, and how do you know?

>>> import rambu
>>> register = rambu.load()
>>> answer = register.assess({"company": {"place": "SGP"}}, as_of="2026-11-24")
"""

import sys
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rambu.api import OpenRegister

__version__ = "0.1.0"


def load(register: Path | str | None = None) -> "OpenRegister":
    """The register: of this folder or compiled file, or the one that came along. Raises RambuError."""
    from rambu.api import OpenRegister
    from rambu.load import load_from

    return OpenRegister(load_from(None if register is None else Path(register)))


class _Package(ModuleType):
    """Importing the module `rambu.load` would hide the function of that name; here it does not."""

    def __setattr__(self, name: str, value: object) -> None:
        if name != "load" or not isinstance(value, ModuleType):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
