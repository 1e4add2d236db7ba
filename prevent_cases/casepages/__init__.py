"""What the pages of a case show, gathered from every app into plain values: each page a few statements, whatever N."""
