"""What whoever runs the server may decide; it comes in from the edge."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    """Where errors are reported to, and under which address the pages are known."""

    report_mail: str = ""
    report_tracker: str = ""
    address: str = ""


def settings_from(environment: Mapping[str, str]) -> Settings:
    """RAMBU_REPORT_MAIL, RAMBU_REPORT_TRACKER (the address of a form for new issues) and RAMBU_ADDRESS."""
    return Settings(
        report_mail=environment.get("RAMBU_REPORT_MAIL", ""),
        report_tracker=environment.get("RAMBU_REPORT_TRACKER", ""),
        address=environment.get("RAMBU_ADDRESS", "").rstrip("/"),
    )
