"""Acts of the back office: each asks accounts/granting.py who may."""
