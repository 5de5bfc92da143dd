"""Compiles the register and the interface words into the package when it is built (not when installed for editing)."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileRegister(BuildHookInterface):  # type: ignore[type-arg]
    """Writes rambu/register.json and the catalogues of words into the wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile, unless the build is an editable install."""
        if version == "editable":
            return
        root = Path(self.root)
        sys.path.insert(0, str(root / "src"))
        from rambu.load import compile_register, load_folder

        target = root / "build" / "register.json"
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(compile_register(load_folder(root / "register").register))
        build_data["force_include"][str(target)] = "rambu/register.json"
        self._words(root, build_data)

    @staticmethod
    def _words(root: Path, build_data: dict[str, Any]) -> None:
        from rambu.locale import compile_catalogue

        for text in (root / "src" / "rambu" / "locale").rglob("*.po"):
            inside = text.relative_to(root / "src").with_suffix(".mo")
            target = root / "build" / inside
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(compile_catalogue(text.read_bytes()))
            build_data["force_include"][str(target)] = str(inside)
