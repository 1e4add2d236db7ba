"""The national referral form as practitioners answer it: editions, pages, asks. Data, and words made of answers.

Keys are those of ``referrals/reading/form_headings.py`` wherever the printed form has the field.
"""
