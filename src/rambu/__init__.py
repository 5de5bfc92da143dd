"""Rambu: what applies to you, there, on that day, and how do you know?"""

__version__ = "0.1.0"
