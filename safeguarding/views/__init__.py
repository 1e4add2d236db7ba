"""Safeguarding's screens: fetch, form, one operation, redirect."""
