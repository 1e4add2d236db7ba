"""Documents out: one structured description, rendered as Word, PDF and plain text. No models, no clock, no network.

``content.DocumentContent`` says what the document says; ``word``, ``pdf`` and ``plain`` say how it looks. The same
content always gives the same bytes, so a document kept can be compared with one rendered again.
"""
