"""What is wrong with a register beyond the shape of its files."""

from rambu.check.whole import Checker

__all__ = ["Checker"]
