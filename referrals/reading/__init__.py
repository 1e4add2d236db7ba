"""A police referral as it arrived, read into a proposal that a person checks. Nothing read is ever taken silently.

``read.read_referral`` takes the bytes of an .eml, .docx, .pdf or .txt file and returns a ``ProposedReferral``. The
headings of the national form are data, by edition, in ``form_headings``.
"""
