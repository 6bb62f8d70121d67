"""Other people's engines: one module each over the same function on Arrow batches, none imported by another package.

Start with `arrow.py`; `options.py` says what may be chosen, `columns.py` what comes out. What an engine needs is an
extra (`pip install 'article-cleaner[spark]'`) and is imported when it is used. `docs/engines.md` is the manual.
"""
