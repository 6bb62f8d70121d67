"""Learn what a source prints round its articles, and write it down as draft rules for an editor to judge.

    records ──observe──▶ profile ──propose──▶ drafts ──write──▶ YAML

`observe.py` reads each document once and counts; `propose.py` decides what repeats and is no news; `write.py` makes
rules of it. Nothing is removed from anything here.
"""
