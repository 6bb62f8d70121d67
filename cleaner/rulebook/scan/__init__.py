"""The scan: which lines of a text equal which phrases, for a price that does not depend on the number of phrases.

In the order in which a line meets them:

* `folding`: what a phrase tolerates (case, kinds of quotes, dashes and spaces) taken out of lines and phrases alike;
* `tables`: the phrases of a book as plain values: whole lines, keys, owners. They may be stored;
* `keys`: the literals of which every line holds one that equals a phrase; `regex_literals`: those of a `/…/`;
* `automaton`: one Aho-Corasick automaton of all keys;
* `line`, `placeholders`, `confirm`: whether a line that holds a key equals the phrase, and what its placeholders stand for;
* `scanner`: all of it for the lines of a text, each line once.

RE2 is the judge: what these modules say is what the pattern of the phrase says (`phrases.pattern`), and where they cannot
say it they ask for it (`programs.py`).
"""
