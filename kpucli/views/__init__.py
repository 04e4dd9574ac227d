"""View counts: access logs in, counts by article and day out, and no trace of who read what.

A view is a visitor, an article and a day (the office's). While a day is open, each view is a row
of the store: a hash, keyed with the day's own random key, of the visitor's address and agent, and
the article. The same line read again, in whatever file, gives the same row, so nothing can count
twice. Once a day is safely over, the key and the rows are deleted; its counts stay, and lines of
that day that still come are left out.
"""
