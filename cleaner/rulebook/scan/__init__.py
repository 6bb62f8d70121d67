"""The scan: which lines of a text equal which phrases, for a price that does not depend on the number of phrases.

In the order in which a line meets them:

* `folding`: what a phrase tolerates (case, kinds of quotes, dashes and spaces) taken out of
  lines and phrases alike;
* `scan_tables`: the phrases of a book as plain values: whole lines, keys, owners. They may
  be stored;
* `required_literals`: the keys of phrases, literals of which every line holds one that
  equals it; `regex_literals`: those of a `/…/`; `selectivity`: which of several says most;
* `automaton`: one Aho-Corasick automaton of all keys;
* `folded_line`, `compiled_phrase`, `placeholders`, `confirm`: whether a line that holds a key
  equals the phrase, and what its placeholders stand for;
* `scanner`: all of it for the lines of a text, each line once; `matcher` and `rule_phrases`
  say it of documents and rules;
* `slots`: frames of words of a language, for rules to come.

RE2 is the judge: what these modules say is what the pattern of the phrase says
(`phrases/syntax.py`), and where they cannot say it they ask for it (`pattern_cache`, `relax`).
"""
