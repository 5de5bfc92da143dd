"""Frozen records of everything the register holds: model, validator and JSON Schema in one."""
