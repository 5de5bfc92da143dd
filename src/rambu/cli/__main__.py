"""`python -m rambu.cli`."""

from rambu.cli import main

main()
