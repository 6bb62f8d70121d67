"""Step one: bytes to repaired text. Start at `page.py`.

    page.py       read_page: the step as a whole
    decode.py     bytes → str: byte order mark, declaration, UTF-8, mixtures, detection; binary data is refused
    labels.py     what pages call their encodings, and where HTML and XML say it
    binary.py     which data is no text at all
    detect.py     which encoding, when nothing says it
    repair.py     str → str: everything below, until nothing changes any more, with an account
    mojibake.py   ftfy, asked only about the lines that it could change
    ftfy_prefilter.py   which lines those are
    invisible.py  no-break spaces, zero-width characters, soft hyphens
    homoglyphs.py letters of other scripts that pose as Latin ones
    quotes.py     the option `quotes`: keep, repair, straight, curly
    language.py   which language a text is in, by the words of function_words.py

Everything here is a pure function of its input: no clock, no network, no settings of the machine.
"""
