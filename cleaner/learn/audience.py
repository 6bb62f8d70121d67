"""Signs that a line speaks for the outlet and to the reader, as news sentences do not.

A report says "you" and "we" only inside quotation marks, names its own outlet seldom, and asks nobody to follow, support
or read on. The words below were written by hand, as they stand between two spaces, lower case. They are evidence beside
other evidence, never a reason alone.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import combinations
from typing import NamedTuple

from cleaner.features import line_shape

_READER = {
    "en": """you your yours we our us subscribe subscriber subscribers follow support donate sign newsletter newsletters
        inbox join listen download click share send write email contact app podcast explore
        discover log register comment comments feedback advert advertisement advertising sponsored editorial newsroom""",
    "de": """du dein deine euch wir unser unsere unserer unserem unseren uns abonnieren abonnement abo
        folgen unterstützen spenden newsletter postfach anmelden hören teilen schreiben kontakt app podcast
         registrieren kommentar kommentare anzeige werbung redaktion leserbrief abonnenten klicken""",
    "fr": """vous votre vos nous notre nos tu abonnez-vous abonnés abonnement suivez suivez-nous soutenez inscrivez-vous
        newsletter infolettre écoutez partagez partager écrivez écrivez-nous contact contactez application podcast
         cliquez connectez-vous commentaire commentaires publicité annonce rédaction recevez rejoignez découvrez""",
    "es": """tú tu tus usted ustedes te nosotros nuestro nuestra nuestros nuestras suscríbete suscriptores suscripción
        síguenos apoya apóyanos dona boletín newsletter regístrate escucha comparte compartir escribe escríbenos
        contacto contacta aplicación podcast haz clic comentarios comentario publicidad anuncio redacción recibe únete""",
    "it": """tu tuo tua tuoi tue voi vostro vostra vi ti noi nostro nostra nostri nostre ci iscriviti iscrivetevi abbonati
        abbonamento seguici segui sostieni sostenete newsletter registrati ascolta condividi scrivi scrivici contatti app
        podcast clicca commenti commento pubblicità annuncio redazione ricevi unisciti scopri""",
    "pt": """você vocês te nós nosso nossa nossos nossas assine assinante assinantes assinatura siga siga-nos apoie doe
        newsletter boletim inscreva-se cadastre-se ouça partilhe compartilhe escreva escreva-nos contato contacto
        aplicação aplicativo podcast clique comentários comentário publicidade anúncio redação receba junte-se""",
    "nl": """je jij jou jouw u uw wij we ons onze abonneer abonnees abonnement volg steun doneer nieuwsbrief inbox meld
        aanmelden luister deel delen schrijf contact app podcast klik registreer reactie reacties advertentie
        redactie ontvang ontdek""",
    "pl": """ty twój twoja twoje ci ciebie was wasz wam my nas nasz nasza nasze naszego naszej naszych nam subskrybuj
        prenumerata prenumeratorów obserwuj śledź wesprzyj newsletter zapisz posłuchaj udostępnij napisz kontakt aplikacja
        aplikację podcast kliknij zaloguj zarejestruj komentarz komentarze reklama redakcja redakcji dołącz odbieraj""",
    "sv": """du dig din ditt dina ni er vi oss vår vårt våra prenumerera prenumerant prenumeranter prenumeration följ stöd
        skänk nyhetsbrev anmäl lyssna dela skriv kontakt kontakta app podd podcast klicka logga
        registrera kommentar kommentarer annons redaktionen tipsa""",
    "da": """du dig din dit dine jer jeres vi os vores abonner abonnent abonnenter abonnement følg støt nyhedsbrev tilmeld
        lyt del skriv kontakt app podcast klik log kommentar kommentarer annonce redaktionen tip""",
    "no": """du deg din ditt dine dere vi oss vår vårt våre abonner abonnent abonnenter abonnement følg støtt nyhetsbrev meld
        lytt del skriv kontakt app podkast podcast klikk logg kommentar kommentarer annonse redaksjonen
        tips""",
    "fi": """sinä sinun sinulle te teidän me meidän meille tilaa tilaaja tilaajat tilaus seuraa tue uutiskirje kuuntele jaa
        kirjoita sovellus podcast klikkaa kirjaudu kommentti kommentit mainos toimitus""",
    "cs": """ty tvůj vy váš vaše vám vás my náš naše nám nás předplatné předplaťte předplatitele sledujte podpořte newsletter
        přihlaste poslechněte sdílejte sdílet napište kontakt aplikace podcast klikněte komentáře reklama redakce""",
    "ru": """вы ваш ваша ваши вам вас мы наш наша наши нам нас подпишитесь подписывайтесь подписка подписчики следите
        поддержите рассылка слушайте поделитесь поделиться пишите контакты приложение подкаст комментарии реклама
        редакция редакции присоединяйтесь""",
}  # fmt: skip

_ONWARD = {
    "en": "read also more related see watch listen next keep continue",
    "de": "lesen lies auch mehr siehe weiterlesen weiter dazu passend",
    "fr": "lire lisez aussi voir sujet",
    "es": "lea lee leer también más además",
    "it": "leggi leggere anche guarda altro",
    "pt": "leia ler também mais veja",
    "nl": "lees ook meer bekijk verder",
    "pl": "czytaj przeczytaj także też więcej zobacz",
    "sv": "läs också mer även se",
    "da": "læs også mere se",
    "no": "les også mer se",
    "fi": "lue myös lisää katso",
    "cs": "čtěte také více přečtěte",
    "ru": "читайте также ещё подробнее смотрите",
}
"""First words of pointers to other stories."""

_PRONOUNS = frozenset(
    {"we", "us", "you", "wir", "uns", "nous", "vous", "nosotros", "te", "tú", "noi", "ci", "ti", "vi", "voi", "nós", "vocês", "você",
     "wij", "ons", "je", "u", "my", "nas", "nam", "oss", "os", "du", "dig", "me", "вы", "мы", "вам", "нам", "нас", "вас"}
)  # fmt: skip
"""Alone they prove little: "What we know" is a sub-head."""

_CORRECTION = re.compile(
    r"\b(?:correct(?:ed|ion|ions)|amended|clarification|erratum|errata|korrigier\w*|korrektur\w*|berichtig\w*|richtigstellung|"
    r"corrig[ée]\w*|rectifi\w*|rectificaci[óo]n|correcci[óo]n|corregid\w*|rettific\w*|corrett[oaie]|correzione|"
    r"corre[çc][ãa]o|corrigid\w*|retifica\w*|correctie\w*|gecorrigeerd|rechtgezet|rectificatie|sprostowani\w*|poprawion\w*|"
    r"rättelse\w*|rättad\w*|rättat|rettelse\w*|berigtig\w*|oikaisu\w*|korjattu|oprava\w*|opraven\w*|исправлен\w*|уточнени\w*)\b",
    re.IGNORECASE,
)
_FORMAL = re.compile(r"[\w,] (Sie|Ihnen|Ihre[mnrs]?|Ihr)\b")
"""The German "you", which only its capital tells from "she" and "they"."""
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_ADDRESSES = ("<url>", "<email>", "<handle>", "©", "®")
_NAME_LETTERS = 4
LABEL_WORDS = 6
LONGER = 4
"""Words of a line that may name an outlet by a part of its name: in a shorter one that part may be a town."""
_HOST_NOISE = frozenset(
    {"news", "online", "example", "press", "media", "daily", "zeitung", "info"}
)


@cache
def _words(language: str) -> frozenset[str]:
    return frozenset(_READER.get(language, "").split())


@cache
def _onward(language: str) -> frozenset[str]:
    return frozenset(_ONWARD.get(language, "").split())


class Said(NamedTuple):
    """How a line speaks for its outlet or to the reader, and how much that is worth."""

    weight: int
    why: str


def speaks(
    phrase: str, languages: tuple[str, ...], outlet: frozenset[str]
) -> Said | None:
    """Return how a phrase speaks for its outlet or to the reader, None where it does not.

    >>> speaks("Support our reporting", ("en",), frozenset()).why
    'it speaks to the reader (“our”, “support”)'
    >>> speaks("The investigation continues.", ("en",), frozenset()) is None
    True
    """
    lowered = phrase.lower()
    for sign in _ADDRESSES:
        if sign in lowered:
            return Said(2, f"it holds {sign}")
    if quoted(phrase):
        return None
    bare = re.sub(r"<[a-z]+>", " ", phrase)
    words = [word.casefold() for word in _WORD.findall(bare)]
    return (
        _to_reader(phrase, words, languages)
        or _for_outlet(phrase, words, outlet)
        or _to_other_stories(phrase, words, languages)
    )


def _to_reader(
    phrase: str, words: list[str], languages: tuple[str, ...]
) -> Said | None:
    """Return the words with which a phrase speaks to the reader."""
    spoken: set[str] = set()
    for language in languages:
        spoken.update(_words(language).intersection(words))
    found = sorted(spoken)
    formal = _FORMAL.search(phrase) if "de" in languages else None
    if formal:
        found.append(formal[1])
    if not found:
        return None
    weight = 2
    is_label = len(words) <= LABEL_WORDS and not line_shape.ends_like_sentence(phrase)
    if is_label and _PRONOUNS.issuperset(found):
        weight = 1
    shown = ", ".join(f"“{word}”" for word in found[:3])
    return Said(weight, f"it speaks to the reader ({shown})")


def _for_outlet(phrase: str, words: list[str], outlet: frozenset[str]) -> Said | None:
    """Return the name of the outlet that a phrase holds."""
    named = _named(words, outlet)
    if not named:
        return None
    weight = 2
    is_part = named != max(outlet, key=len)
    if line_shape.ends_like_sentence(phrase) or ("<any>" in phrase and is_part):
        weight = 1
    return Said(weight, f"it names the outlet (“{named}”)")


def _to_other_stories(
    phrase: str, words: list[str], languages: tuple[str, ...]
) -> Said | None:
    """Return the first word of a pointer to other stories."""
    if not words or line_shape.ends_like_sentence(phrase):
        return None
    first = words[0]
    for language in languages:
        if first in _onward(language):
            return Said(2, f"it points to other stories (“{first}”)")
    return None


def _named(words: list[str], outlet: frozenset[str]) -> str | None:
    """Return the outlet's name where a line holds it: all of it, or in a longer line a part."""
    whole = max(outlet, key=len, default="")
    if whole and _spells(words, whole):
        return whole
    if len(words) < LONGER:
        return None
    for word in words:
        if word in outlet:
            return word
    return None


def _spells(words: list[str], name: str) -> bool:
    """Tell whether words in a row make up a name."""
    edges = range(len(words) + 1)
    for start, stop in combinations(edges, 2):
        if "".join(words[start:stop]) == name:
            return True
    return False


def quoted(text: str) -> bool:
    """Tell whether a line begins as reported speech: with a quotation mark or a dash."""
    folded = line_shape.fold(text)
    return folded.startswith(('"', "'", "«", "»", "„", "- "))


def is_correction(text: str) -> bool:
    """Tell whether a line corrects the article: that stays.

    >>> is_correction("This article was amended on 3 May."), is_correction("Read the correct answer")
    (True, False)
    """
    return _CORRECTION.search(text) is not None


def outlet_words(name: str, *, is_host: bool) -> frozenset[str]:
    """Return the words by which an outlet's name is told; of a host its name without the ending.

    >>> sorted(outlet_words("harbour-post.example", is_host=True))
    ['harbour', 'harbourpost', 'post']
    """
    bare = name.casefold()
    if is_host:
        parts = re.split(r"[^\w]+", bare.rpartition(".")[0])
        words = {*parts, "".join(parts)}
    else:
        words = set(_WORD.findall(bare))
    long_enough = {word for word in words if len(word) >= _NAME_LETTERS}
    return frozenset(long_enough - _HOST_NOISE)
