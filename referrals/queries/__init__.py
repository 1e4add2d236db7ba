"""Reads for screens: each returns small frozen values, so that no template queries."""
