"""Figures of a ledger compared: with a reference series, and with each other."""
