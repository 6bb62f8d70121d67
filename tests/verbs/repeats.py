"""Articles with something printed twice, and articles that only look so: own sentences, in several languages."""

from __future__ import annotations

EN = (
    "The library by the canal will stay open on Sundays, the council decided after a debate of five hours.",
    "Two readers had chained themselves to the desk in spring, and the mayor had sent them tea and blankets.",
    "The money comes from the parking places behind the theatre, which will cost a little more from May on.",
    "“I have read here since I was six,” said Oskar Lind, who carried one of the chains home in a paper bag.",
    "The first Sunday will be the twelfth, with a reading for children in the afternoon and soup for everybody.",
)
DE = (
    "Die Bücherei am Kanal bleibt sonntags offen, das hat der Rat nach einer Aussprache von fünf Stunden beschlossen.",
    "Zwei Leser hatten sich im Frühjahr an die Theke gekettet, und die Bürgermeisterin hatte ihnen Tee bringen lassen.",
    "Das Geld kommt von den Parkplätzen hinter dem Theater, die vom Mai an ein wenig mehr kosten als bisher.",
    "Am ersten Sonntag wird am Nachmittag für Kinder vorgelesen, und für alle anderen gibt es eine Suppe.",
)
FR = (
    "La bibliothèque du canal restera ouverte le dimanche, a décidé le conseil après cinq heures de débat.",
    "Deux lectrices s'étaient enchaînées au comptoir au printemps, et la maire leur avait fait porter du thé.",
    "L'argent viendra des places de parking derrière le théâtre, qui coûteront un peu plus cher dès le mois de mai.",
    "Le premier dimanche, on lira des contes aux enfants l'après-midi, et il y aura de la soupe pour tout le monde.",
)
ES = (
    "La biblioteca del canal seguirá abierta los domingos, decidió el ayuntamiento tras cinco horas de debate.",
    "Dos lectoras se habían encadenado al mostrador en primavera, y la alcaldesa les mandó té y unas mantas.",
    "El dinero saldrá de los aparcamientos que hay detrás del teatro, que costarán un poco más desde mayo.",
    "El primer domingo habrá cuentos para los niños por la tarde, y sopa caliente para todos los demás.",
)
SV = (
    "Biblioteket vid kanalen håller öppet på söndagar, beslutade kommunen efter en debatt som tog fem timmar.",
    "Två läsare hade kedjat fast sig vid disken i våras, och borgmästaren hade skickat dem te och varma filtar.",
    "Pengarna kommer från parkeringen bakom teatern, som kommer att kosta lite mer från och med maj i år.",
    "Den första söndagen läser man sagor för barnen på eftermiddagen, och det bjuds på soppa åt alla andra.",
)
RU = (
    "Библиотека у канала останется открытой по воскресеньям, решил совет после обсуждения, которое длилось пять часов.",
    "Весной две читательницы приковали себя цепью к стойке, и глава города велела принести им чаю и тёплые одеяла.",
    "Деньги дадут стоянки за театром, которые с мая будут стоить немного дороже, чем они стоили до сих пор.",
    "В первое воскресенье детям днём будут читать сказки, а для всех остальных сварят большой котёл супа.",
)
JA = (
    "運河沿いの図書館は日曜日も開館を続けることになったと、五時間に及ぶ議論の末に市議会が決めた。",
    "春には二人の利用者が受付の机に鎖で体をつないで抗議し、市長は温かいお茶と毛布を届けさせていた。",
    "費用は劇場の裏にある駐車場の料金でまかなわれ、その料金は五月から少しだけ高くなる見通しである。",
    "最初の日曜日には午後に子ども向けの朗読会が開かれ、集まった人には温かいスープがふるまわれる。",
)
ARTICLES = (EN, DE, FR, ES, SV, RU, JA)


def text(*lines: str) -> str:
    return "\n".join(lines)


def teaser_below(lines: tuple[str, ...]) -> tuple[str, str]:
    """A paragraph among labels under the article."""
    return text(*lines, "Foto 1/3", lines[1], "Foto 2/3"), text(
        *lines, "Foto 1/3", "Foto 2/3"
    )


def head_above(lines: tuple[str, ...]) -> tuple[str, str]:
    """A summary before a byline, which stands in the middle of the article again."""
    return text(lines[1], "Ida Berg", *lines), text("Ida Berg", *lines)


def caption_twice(lines: tuple[str, ...]) -> tuple[str, str]:
    """A line right under itself, as an alternative text under its picture."""
    return text(*lines[:2], lines[1], *lines[2:]), text(*lines)


def second_half_first(lines: tuple[str, ...]) -> tuple[str, str]:
    """The second half before the headline of an article that holds it, because a template printed it there too."""
    half = lines[1:]
    once = ("I II III", "Ida Berg", lines[0], *half)
    return text(*half, *once), text(*once)


_A, _B, _C, _D, _E = EN
SPEECH = "Nobody in this hall knows how the soup for the first Sunday will be paid"
VERSE = (
    "And down the long canal we go, we go, and down the long canal we come home again."
)
STEP = "Stir the soup slowly over a low fire for ten minutes, and then leave it to rest under a cloth."
LIST = ("- One bowl of soup for each of the readers who come", "- Two candles for the table beside the door of the hall",
        "- Three chairs from the theatre, if it can spare them")  # fmt: skip
CHORUS = ("Oh carry me over the slow canal, my darling and my dear,", "for I have books in both my hands and cannot see you here,",
          "and cannot hear the water run, and cannot see you here.")  # fmt: skip

TRAPS = {
    "refrain in the flow": text(_A, VERSE, _B, VERSE, _C),
    "refrain under itself, three times": text(_A, VERSE, VERSE, VERSE, _B),
    "a chorus": text(_A, *CHORUS, _B, *CHORUS, _C),
    "a chorus under the article": text(_A, _B, *CHORUS, "Second verse", *CHORUS),
    "a chant in quotation marks": text(_A, f"“{SPEECH}!”", _B, f"“{SPEECH}!”", "Foto 2/3"),
    "a chant in German marks": text(*DE[:2], "„Wir geben unsere Bücherei am Kanal niemals her, niemals her!“", "Foto",
                                    "„Wir geben unsere Bücherei am Kanal niemals her, niemals her!“"),
    "an answer": text(_A, "“No.”", _B, "“No.”", _C),
    "a question of the interviewer": text(_A, "And what did the mayor say when you told her that you would not leave the desk at all?", _B,
                                          "Foto", "And what did the mayor say when you told her that you would not leave the desk at all?", "Foto 2"),
    "a speaker": text(_A, "Lind: I have said all that I know about the chain, and I will not say it to you again.", _B,
                      "Foto", "Lind: I have said all that I know about the chain, and I will not say it to you again.", "Foto 2"),
    "a stamp of a liveblog": text("14:05 The debate goes on behind closed doors, and the readers wait outside in the cold rain.", _A,
                                  "14:05 The debate goes on behind closed doors, and the readers wait outside in the cold rain.", _B),
    "a step of a recipe": text(_A, STEP, _B, STEP, _C),
    "a row of a table": text("Sunday | twelve to six | children's corner open | soup in the kitchen from one o'clock on.", _A, "Foto",
                             "Sunday | twelve to six | children's corner open | soup in the kitchen from one o'clock on."),
    "a list in two chapters": text(_A, *LIST, _B, _C, *LIST, _D),
    "a dash of a dialogue": text(*SV[:2], "– Jag har läst här sedan jag var sex år gammal, och jag tänker fortsätta med det.", "Bild",
                                 "– Jag har läst här sedan jag var sex år gammal, och jag tänker fortsätta med det."),
    "guillemets": text(*FR[:2], "« Je lis ici depuis mes six ans, et je continuerai à lire ici aussi longtemps que possible. »", "Photo",
                       "« Je lis ici depuis mes six ans, et je continuerai à lire ici aussi longtemps que possible. »"),
    "Japanese marks": text(*JA[:2], "「六歳の頃からここで本を読んできたし、これからも毎週ここで読み続けるつもりです」と彼は言った。", JA[2],
                           "「六歳の頃からここで本を読んできたし、これからも毎週ここで読み続けるつもりです」と彼は言った。", JA[3]),
    "another number": text(*EN[:3], "Foto", _C.replace("a little", "12 per cent"), "Foto", _C.replace("a little", "15 per cent")),
    "another day": text(*DE[:3], DE[3], "Bild", DE[3].replace("Nachmittag", "Vormittag"), "Bild 2"),
    "a negation": text(*ES, "Foto", ES[2].replace("costarán", "no costarán"), "Foto 2"),
    "a motto": text(SPEECH, "— Oskar Lind", _A, _B, f"“{SPEECH},” Lind told the mayor.", _C),
    "a name that stands nowhere else": text(_A, SPEECH, "— Vera Holm", _B, f"“{SPEECH},” one reader said.", _C),
    "three dots and another end": text("The library by the canal will stay open on Mondays, as the …", *EN),
    "points of a summary": text("Key points", _A, _C, f"It is decided. {_A} Nobody slept.", f"There is money. {_C} So it goes.", _D),
    "the same list of a form": text("Name", "Street", "Town and country of the person who borrows", _A, "Name", "Street",
                                    "Town and country of the person who borrows", _B),
    "an article printed once": text(*RU),
}  # fmt: skip
