"""Files in: what an upload really is, whether it may be kept, and whether a scanner has cleared it. No models.

``sniff.inspect`` decides by parsing, never by the name; ``scan.scan`` asks ClamAV; ``images.clean_image`` takes a
picture's hidden details off. Everything refused is an ``UnsafeFile`` whose text is fit to show.
"""
