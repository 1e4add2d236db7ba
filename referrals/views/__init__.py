"""The referrals' screens: fetch, form, one operation, redirect."""
