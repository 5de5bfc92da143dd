"""Conditions, formulas and value trees: parsed, checked, and evaluated by one walker with two algebras."""
