"""News that repeats stays: what a source's articles have in common is not always a template."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Protocol

    class Press(Protocol):
        made_up: Callable[[str, random.Random], list[str]]

        def taken(self, texts: list[str], site: str) -> set[str]: ...


REPEATS: dict[str, dict[str, tuple[str, ...]]] = {
    "en": {
        "sub-heads": (
            "Background",
            "What happens next?",
            "The figures",
            "Why it matters",
        ),
        "series": ("The Friday Interview", "Notes from the Coast"),
        "datelines": ("WESTHAVEN", "Northby, England", "CRAY, 3 May 2025"),
        "authors": ("Anna Berg", "Thomas Reed", "Ruth Calder"),
        "facts": (
            "The investigation continues.",
            "Nobody was hurt.",
            "The minister did not reply.",
        ),
        "agency": ("The Coast News Agency was first to report the story.",),
        "corrections": (
            "This article was amended on 3 May 2025 because it gave a wrong figure.",
            "Correction: the bridge was opened in 1911, not in 1921.",
        ),
        "answers": ("Yes.", "No.", "I would rather not say."),
        "scores": ("Half-time: 2-1", "Attendance: 1,204", "Full-time: 3-1"),
        "service": ("Admission: 5 euros", "Open daily from 10:00 to 18:00"),
        "background": (
            "The mill has stood empty since the flood of 1998, when the river left its bed and took the weir with it.",
            "Since then three investors have bought it, and each of them has sold it again at a loss.",
            "The council has spent more than a million on keeping the roof dry.",
        ),
        "paper": (
            "The mayor told the Westhaven Courier on Monday that he would stay.",
        ),
    },
    "de": {
        "sub-heads": (
            "Hintergrund",
            "Wie geht es weiter?",
            "Die Zahlen",
            "Der Streit um das Geld",
        ),
        "series": ("Das Freitagsgespräch", "Notizen von der Küste"),
        "datelines": ("WESTERHAFEN", "Nordby", "Altmoor, 3. Mai 2025"),
        "authors": ("Jana Petersen", "Tobias Krüger", "Miriam Voss"),
        "facts": (
            "Die Ermittlungen dauern an.",
            "Verletzt wurde niemand.",
            "Der Minister antwortete nicht.",
        ),
        "agency": ("Zuerst hatte die Küstenagentur darüber berichtet.",),
        "corrections": (
            "In einer früheren Fassung stand eine falsche Zahl, wir haben sie am 3. Mai 2025 korrigiert.",
            "Berichtigung: Die Brücke wurde 1911 eröffnet.",
        ),
        "answers": ("Ja.", "Nein.", "Dazu sage ich nichts."),
        "scores": ("Halbzeit: 2:1", "Zuschauer: 1.204", "Endstand: 3:1"),
        "service": ("Eintritt: 5 Euro", "Geöffnet täglich von 10:00 bis 18:00 Uhr"),
        "background": (
            "Die Mühle steht leer seit dem Hochwasser von 1998, als der Fluss sein Bett verließ und das Wehr mitnahm.",
            "Seitdem haben drei Investoren sie gekauft, und jeder von ihnen hat sie mit Verlust wieder verkauft.",
            "Mehr als eine Million hat die Stadt ausgegeben, damit das Dach dicht bleibt.",
        ),
        "paper": ("Das sagte der Bürgermeister dem Hafenboten am Montag.",),
    },
}
FURNITURE = {
    "en": (
        ("Westhaven Courier", "By {author}", "3 May 2025, 14:05"),
        ("Write to our desk.", "All rights: Westhaven Courier"),
    ),
    "de": (
        ("Hafenbote", "Von {author}", "3. Mai 2025, 14:05 Uhr"),
        ("Schreiben Sie unserer Redaktion.", "Rechte: Hafenbote"),
    ),
}


def articles(
    language: str,
    kinds: dict[str, float],
    made_up: Callable[..., list[str]],
    *,
    framed: bool,
) -> list[str]:
    """Return forty articles, each kind of repeated news in its share of them."""
    dice = random.Random(f"{language} {sorted(kinds)}")  # noqa: S311 - a corpus, not a secret
    texts = []
    for _ in range(40):
        body = made_up(language, dice)
        for kind, share in kinds.items():
            if dice.random() < share:
                _insert(body, kind, REPEATS[language][kind], dice)
        if framed:
            head, tail = FURNITURE[language]
            author = dice.choice(REPEATS[language]["authors"])
            body = [
                *(line.format(author=author) for line in head),
                f"{made_up(language, dice)[0][:50]} …",
                *body,
                *tail,
            ]
        texts.append("\n".join(body))
    return texts


def _insert(
    body: list[str], kind: str, lines: tuple[str, ...], dice: random.Random
) -> None:
    if kind in {"series", "datelines", "authors"}:
        body.insert(0, dice.choice(lines))
    elif kind in {"facts", "agency", "corrections"}:
        body.append(dice.choice(lines))
    elif kind == "background":
        at = dice.randint(1, len(body))
        body[at:at] = lines
    elif kind == "answers":
        for _ in range(4):
            body.insert(dice.randint(1, len(body)), dice.choice(lines))
    else:
        body.insert(dice.randint(1, len(body)), dice.choice(lines))


SITES = {"en": "westhaven-courier.example", "de": "hafenbote.example"}
KINDS = sorted(REPEATS["en"])


@pytest.mark.parametrize("share", (0.3, 0.6))
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", sorted(REPEATS))
@pytest.mark.parametrize("framed", (False, True))
def test_news_that_repeats_is_not_proposed(
    kind: str,
    language: str,
    share: float,
    framed: bool,  # noqa: FBT001
    press: Press,
) -> None:
    texts = articles(language, {kind: share}, press.made_up, framed=framed)
    taken = press.taken(texts, SITES[language])
    assert [line for line in REPEATS[language][kind] if line in taken] == []
