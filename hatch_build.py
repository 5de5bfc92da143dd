"""Compiles the register into the package when it is built (not when it is installed for editing)."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileRegister(BuildHookInterface):  # type: ignore[type-arg]
    """Writes rambu/register.json into the wheel."""

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
