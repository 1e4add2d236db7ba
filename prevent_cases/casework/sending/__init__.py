"""Send what waits in the outbox: to whom, in which words, by which carrier."""
