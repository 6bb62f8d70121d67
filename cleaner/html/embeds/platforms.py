"""Recognise the addresses of embedded posts and players: hosts, and what follows them.

One table has the hosts of each platform. Platforms that hold more than posts and players (profiles, buttons, search) have
shapes: an address counts only if it has one of them. Wrappers are opened first: a plugin's address holds the post's
address as a parameter.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

ADDRESS_CHARS = 4_000
"""No address of a post or a player is longer."""

_HOSTS = """
twitter twitter.com x.com
instagram instagram.com
facebook facebook.com fb.watch
tiktok tiktok.com
youtube youtube.com youtube-nocookie.com youtu.be
vimeo vimeo.com
dailymotion dailymotion.com dai.ly
bluesky bsky.app
threads threads.net threads.com
truth-social truthsocial.com
telegram t.me
vk vk.com vk.ru vkvideo.ru
reddit reddit.com redditmedia.com
linkedin linkedin.com
pinterest pinterest.com pinterest.de pinterest.fr pinterest.co.uk pinterest.es
tumblr tumblr.com
soundcloud soundcloud.com
spotify open.spotify.com
apple embed.podcasts.apple.com embed.music.apple.com
audioboom audioboom.com
megaphone playlist.megaphone.fm player.megaphone.fm
acast embed.acast.com player.acast.com
podigee podigee-cdn.net podigee.io
simplecast player.simplecast.com
libsyn html5-player.libsyn.com play.libsyn.com
omny omny.fm
spreaker widget.spreaker.com
deezer widget.deezer.com
captivate player.captivate.fm
transistor share.transistor.fm
art19 art19.com
buzzsprout buzzsprout.com
podbean podbean.com
ivoox ivoox.com
mixcloud mixcloud.com
bandcamp bandcamp.com
giphy giphy.com
tenor tenor.com
imgur imgur.com
streamable streamable.com
rumble rumble.com
odysee odysee.com
twitch player.twitch.tv clips.twitch.tv
wistia wistia.net wistia.com
brightcove players.brightcove.net
jwplayer cdn.jwplayer.com content.jwplatform.com
vidyard play.vidyard.com
loom loom.com
videopress videopress.com
ted embed.ted.com
rutube rutube.ru
odnoklassniki ok.ru
coub coub.com
bilibili player.bilibili.com
niconico embed.nicovideo.jp
kakao tv.kakao.com
naver tv.naver.com
aparat aparat.com
archive archive.org
datawrapper datawrapper.dwcdn.net datawrapper.de
flourish flo.uri.sh flourish.studio
infogram infogram.com
tableau public.tableau.com
powerbi app.powerbi.com
our-world-in-data ourworldindata.org
knightlab cdn.knightlab.com uploads.knightlab.com
thinglink thinglink.com
genially view.genial.ly view.genially.com
everviz app.everviz.com
airtable airtable.com
google docs.google.com maps.google.com datastudio.google.com lookerstudio.google.com drive.google.com
openstreetmap openstreetmap.org umap.openstreetmap.fr
arcgis arcgis.com
documentcloud documentcloud.org
scribd scribd.com
issuu issuu.com
slideshare slideshare.net
calameo calameo.com
yumpu yumpu.com
prezi prezi.com
playbuzz playbuzz.com ex.co
apester apester.com
riddle riddle.com
opinary opinary.com
typeform typeform.com
crowdsignal crowdsignal.com poll.fm
embedly embedly.com embed.ly
iframely iframe.ly
github gist.github.com
codepen codepen.io
"""
"""A platform and its hosts on each line; a host stands for those below it."""

_SHAPES: dict[str, tuple[tuple[str, str], ...]] = {
    "twitter": (
        (r"/(?:#!/)?(?P<handle>(?!i/|intent/)\w{1,15})/status(?:es)?/(?P<id>\d{5,20})", ""),
        (r"/embed/(?:index|tweet)\.html\?(?:.*&)?id=(?P<id>\d{5,20})", "https://twitter.com/i/status/{id}"),
        (r"/i/(?:web/)?status/(?P<id>\d{5,20})", ""),
        (r"/i/(?:videos/)?(?:tweet/)?(?P<id>\d{5,20})", "https://twitter.com/i/status/{id}"),
    ),
    "instagram": ((r"/(?:(?P<handle>[\w.]{1,30})/)?(?:p|reels?|tv)/[\w-]{5,40}/?", ""),),
    "facebook": (
        (r"/(?P<handle>[\w.-]{1,99})/(?:posts|videos|photos|reel|activity)/[\w./:-]{1,200}", ""),
        (r"/(?:permalink|story|photo|video|media/set)(?:\.php)?/?\?[^#]{1,400}", ""),
        (r"/watch/?\?(?:.*&)?v=\d+", ""),
        (r"/(?:reel|share|events|groups)/[\w./-]{3,200}", ""),
    ),
    "fb.watch": ((r"/[\w-]{5,20}/?$", ""),),
    "tiktok": (
        (r"/@(?P<handle>[\w.-]{1,40})/(?:video|photo)/\d+", ""),
        (r"/(?:embed|player)/(?:v\d/)?(?P<id>\d{5,25})", "https://www.tiktok.com/video/{id}"),
    ),
    "youtube": (
        (r"/(?:embed|v|shorts|live|e)/(?P<id>(?!videoseries)[\w-]{11})(?![\w-])", "https://www.youtube.com/watch?v={id}"),
        (r"/watch/?\?(?:.*&)?v=(?P<id>[\w-]{11})(?![\w-])", "https://www.youtube.com/watch?v={id}"),
        (r"/(?:embed/videoseries|playlist|embed/?)\?(?:.*&)?list=(?P<id>[\w-]+)", "https://www.youtube.com/playlist?list={id}"),
    ),
    "youtu.be": ((r"/(?P<id>[\w-]{11})(?:[?&#].*)?$", "https://www.youtube.com/watch?v={id}"),),
    "vimeo": ((r"/(?:video/|event/|(?:channels|groups)/[\w/-]{1,80}/)?(?P<id>\d{5,12})", "https://vimeo.com/{id}"),),
    "dailymotion": (
        (r"/(?:embed/)?video/(?P<id>[a-zA-Z0-9]{5,12})", "https://www.dailymotion.com/video/{id}"),
        (r"/player(?:/[\w-]+)?\.html\?(?:.*&)?video=(?P<id>[a-zA-Z0-9]{5,12})", "https://www.dailymotion.com/video/{id}"),
    ),
    "bluesky": (
        (r"/profile/(?P<handle>[\w.:-]{1,200})/post/\w{5,30}", ""),
        (r"/embed/(?P<did>did:\w+:[\w.:-]+)/app\.bsky\.feed\.post/(?P<id>\w{5,30})", "https://bsky.app/profile/{did}/post/{id}"),
    ),
    "threads": ((r"/@(?P<handle>[\w.]{1,40})/post/[\w-]{5,30}", ""), (r"/t/[\w-]{5,30}", "")),
    "truth-social": ((r"/(?:users/|@)(?P<handle>\w{1,40})/(?:posts/|statuses/)?\d{5,25}", ""), (r"/embed/\d{5,25}", "")),
    "telegram": ((r"/(?:s/)?(?P<handle>\w{4,40})/\d{1,9}", ""),),
    "vk": ((r"/(?:video_ext\.php\?.{1,300}|(?:[\w.]+\?[wz]=)?(?:wall|video|clip)-?\d+_\d+)", ""),),
    "reddit": ((r"/r/\w{1,40}/comments/[\w/%-]{3,200}", ""), (r"/r/\w{1,40}/s/\w{5,20}", "")),
    "linkedin": ((r"/(?:embed/)?feed/update/[\w:%-]{5,99}", ""), (r"/posts/[\w%-]{5,250}", "")),
    "pinterest": (
        (r"/pin/(?P<id>\d{5,25})", ""),
        (r"/ext/embed\.html\?(?:.*&)?id=(?P<id>\d{5,25})", "https://www.pinterest.com/pin/{id}/"),
    ),
    "tumblr": ((r"/(?:post|embed/post)/[\w/:-]{5,120}", ""),),
    "soundcloud": ((r"/(?:tracks|playlists|users)/[\w:%-]{3,60}", ""), (r"/[\w-]{2,60}/(?:sets/)?[\w-]{2,120}/?$", "")),
    "spotify": (
        (r"/(?:intl-\w\w/)?(?:embed(?:-podcast)?/)?(?P<kind>track|episode|show|playlist|album|artist)/(?P<id>\w{10,30})",
         "https://open.spotify.com/{kind}/{id}"),
    ),
    "giphy": ((r"/(?:embed|gifs|clips)/[\w-]{5,200}", ""),),
    "imgur": ((r"/(?:a/|gallery/)?\w{5,10}(?:/embed)?/?(?:\?.*)?$", ""),),
    "bandcamp": ((r"/EmbeddedPlayer/.{1,300}", ""), (r"/(?:track|album)/[\w-]{1,150}", "")),
    "archive": ((r"/embed/[\w./-]{1,200}", ""),),
    "scribd": ((r"/(?:embeds|document|doc)/\d{3,15}", ""),),
    "google": (
        (r"/maps/(?:embed|d/).{1,3000}", ""),
        (r"/(?:document|forms|spreadsheets|presentation|file|embed|reporting)/.{1,400}", ""),
        (r"/(?:maps)?/?\?.*\boutput=embed.*", ""),
    ),
    "openstreetmap": ((r"/(?:export/embed\.html|\w\w/map/|map/).{1,400}", ""),),
    "our-world-in-data": ((r"/(?:grapher|explorers)/[\w-]{3,200}", ""),),
}  # fmt: skip
"""Addresses of single posts and players, by platform or host: what follows the host, the public address where it differs."""

_NO_ACCOUNTS = frozenset(
    {None, "i", "x", "X", "user", "anyuser", "status", "web", "twitter"}
)
"""What an address may have in place of an account's name."""
_STARTS = ("http://", "https://", "//")
_FILES = (".swf", ".js", ".css", ".gif", ".png", ".jpg")
_INNER = ("href", "url", "src", "schema", "permalink")
_WRAPPERS = re.compile(
    r"facebook\.com/.{0,30}plugins/(?:post|video)\.php|embed\.?ly|iframe\.ly|w\.soundcloud\.com|/oembed|safeframe"
)
_ARCHIVED = re.compile(r"https?://web\.archive\.org/web/\d{4,14}[a-z_]{0,5}/")
_GOOGLE = re.compile(r"(?:www\.|maps\.)?google\.[a-z.]{2,6}$")
_FEDIVERSE = re.compile(
    r"/(?:@(?P<handle>[\w.@-]{1,80})|users/(?P<user>\w{1,40})/statuses)/\d{8,25}(?:/embed)?/?$"
)


class Address(NamedTuple):
    """The address of a post or a player."""

    platform: str
    url: str
    handle: str | None = None
    is_post: bool = True
    """False where the platform has only players: any address on its hosts counts in a frame, none in a sentence."""


@cache
def hosts() -> dict[str, str]:
    """Return the platform of each host."""
    platforms = {}
    for row in _HOSTS.strip().split("\n"):
        platform, *own = row.split()
        for host in own:
            platforms[host] = platform
    return platforms


@cache
def _shapes(platform: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return the shapes of a platform's addresses, each with its public address where that differs."""
    compiled = []
    for shape, public in _SHAPES.get(platform, ()):
        pattern = re.compile(shape, re.IGNORECASE)
        compiled.append((pattern, public))
    return tuple(compiled)


def platform_of(host: str) -> str | None:
    """Return the platform of a host or of one above it.

    >>> platform_of("player.vimeo.com"), platform_of("www.google.co.uk"), platform_of("example.org")
    ('vimeo', 'google', None)
    """
    known = hosts()
    rest = host
    while rest:
        if rest in known:
            return known[rest]
        _, _, rest = rest.partition(".")
    return "google" if _GOOGLE.match(host) else None


def read_address(url: str) -> Address | None:
    """Return the post or player that an address shows; None where it shows none.

    >>> read_address("//www.youtube.com/embed/abcdefghijk?rel=0").url
    'https://www.youtube.com/watch?v=abcdefghijk'
    >>> read_address("https://x.com/ada_example/status/1234567890/photo/1")[:3]
    ('twitter', 'https://x.com/ada_example/status/1234567890', 'ada_example')
    >>> read_address("https://x.com/ada_example"), read_address("mailto:ada@x.com")
    (None, None)
    """
    text = _ARCHIVED.sub("", url.strip(), count=1)
    if len(text) > ADDRESS_CHARS or not text.startswith(_STARTS):
        return None
    text = "https:" + text[text.index("//") :]
    try:
        parts = urlsplit(text)
        inner = _inner(text, parts.query)
        host = parts.hostname or ""
    except ValueError:
        return None
    if inner:
        found = read_address(inner)
        if found:
            return found
    platform = platform_of(host)
    if platform is None:
        return _fediverse(parts.path, text)
    _, _, path = text.removeprefix("https://").partition("/")
    return _shaped(platform, host, "/" + path, text)


def _inner(text: str, query: str) -> str | None:
    """Return the address that a wrapper's address holds."""
    if not _WRAPPERS.search(text):
        return None
    fields = parse_qs(query, max_num_fields=50)
    for name in _INNER:
        for value in fields.get(name, ())[:1]:
            if value.startswith(("http", "//")):
                return value
    return None


def _shaped(platform: str, host: str, path: str, text: str) -> Address | None:
    """Return the address of a platform where it has one of the platform's shapes."""
    shapes = _shapes(host) or _shapes(platform)
    for shape, public in shapes:
        found = shape.match(path)
        if not found:
            continue
        groups = found.groupdict()
        if groups.get("handle") in _NO_ACCOUNTS:
            groups.pop("handle", None)
        address = f"https://{host}{found[0]}"
        if public:
            address = public.format_map(groups)
        return Address(platform, address, groups.get("handle"))
    if shapes or text.endswith(_FILES):
        return None
    return Address(platform, text, is_post=False)


def _fediverse(path: str, text: str) -> Address | None:
    """Return the address of a post on a server of the fediverse: any host can be one, the path shows it."""
    found = _FEDIVERSE.search(path)
    if found is None or not path.startswith(found[0]):
        return None
    bare, _, _ = text.partition("?")
    address = bare.removesuffix("/").removesuffix("/embed")
    handle = found["handle"] or found["user"]
    return Address("mastodon", address, handle)
