"""Recognise the markup of widgets: their classes, their custom elements, the attributes with the number of a post."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from cleaner.html.class_stems import Stems
from cleaner.html.embeds.platforms import Address, read_address

if TYPE_CHECKING:
    from collections.abc import Mapping

_MARKS = """
twitter twitter-tweet twitter-video twitter-tweet-rendered twitter-tweet-lazy twitter-tweet-placeholder
instagram instagram-media instagram-media-rendered
facebook fb-post fb-video fb-comment-embed
tiktok tiktok-embed
bluesky bluesky-embed
threads text-post-media threads-embed
mastodon mastodon-embed
reddit reddit-embed-bq reddit-card
imgur imgur-embed-pub
wordpress wp-embedded-content
embedly embedly-card
tumblr tumblr-post
youtube lite-youtube youtube-embed youtube-player rll-youtube-player lyte-wrapper
datawrapper datawrapper-embed
flourish flourish-embed
infogram infogram-embed
tableau tableauplaceholder
riddle riddle_target riddle2-wrapper
apester apester-media
playbuzz playbuzz pb_feed
typeform typeform-widget
giphy giphy-embed
iframely iframely-embed
"""
CLASS_MARKS = {
    name: row[0]
    for row in map(str.split, _MARKS.strip().split("\n"))
    for name in row[1:]
}
"""The platform of each class that platforms and embedding libraries give to a widget."""

STEMS = Stems((
    "embed", "tweet", "twitter", "insta", "facebook", "fb-", "bluesky", "mastodon", "tiktok", "thread", "truth", "telegram", "youtube",
    "vimeo", "reddit", "social", "opt-in", "optin", "-click", "twoclick", "external", "post-media", "imgur", "tumblr", "lyte",
    "datawrapper", "flourish", "infogram", "tableau", "riddle", "apester", "playbuzz", "pb_", "typeform", "giphy", "iframely",
))  # fmt: skip
"""One of these is in every class that marks a widget."""
_LOOKS_LIKE_A_POST = re.compile(
    r"(?:tweet|twitter|instagram|facebook|bluesky|mastodon|tiktok|threads|truth-?social|telegram|youtube|vimeo|reddit|"
    r"social(?:-?media)?)[\w-]{0,12}[-_]{1,2}(?:\w{1,12}[-_]{1,2})?(?:embed|post|card|status|media|quote|static|fallback|placeholder|wrapper|"
    r"container|consent)|(?:^|[\s_-])tweet(?:\s|$|[-_](?:embed|card|row|box))|"
    r"embed(?:ded)?[\w-]{0,12}[-_](?:tweet|twitter|instagram|facebook|bluesky|mastodon|tiktok|threads|youtube|telegram)|wp-block-embed(?:\s|$)|"
    r"(?:^|\s)oembed|opt-?in|two-?click|embed[-_]?(?:privacy|consent)|external[-_]?content"
)
"""Classes that sites give to the boxes of posts. Such a box is one only if it links to a post and is no longer than one."""

LOOKS_LIKE_A_POST = "?"
NAMES_A_PLATFORM = "~"
"""What classes mark that are no widget's own."""
CLASS_CHARS = 300
"""Characters of a class attribute that are read."""

SCRIPTS = (
    ("telegram-widget", "data-telegram-post", "https://t.me/"),
    ("telegram-widget", "data-telegram-discussion", "https://t.me/"),
)
"""Scripts that write a post where they are: part of their address, the attribute that names the post, its address."""

_TAGS = re.compile(
    r"youtube|vimeo|dailymotion|tweet|twitter|instagram|facebook|tiktok|bluesky|mastodon|threads|reddit|pinterest|soundcloud|"
    r"spotify|imgur|embedly|iframely|apester|riddle|playbuzz|megaphone|brightcove|jwplayer|vk|gist|flourish|datawrapper|iframe|embed"
)
_IDS = (
    "videoid", "data-videoid", "video-id", "data-video-id", "data-tweetid", "data-tweet-id", "tweet-id", "tweetid", "data-shortcode",
    "data-imgur-id", "data-trackid", "data-playlistid", "data-media-id", "data-id", "data-apester-media-id", "data-rid-id",
    "data-riddle-id", "data-episode", "data-youtube-id", "data-youtube", "data-src",
)  # fmt: skip
_BY_ID = {
    "youtube": "https://www.youtube.com/watch?v={}",
    "vimeo": "https://vimeo.com/{}",
    "dailymotion": "https://www.dailymotion.com/video/{}",
    "twitter": "https://twitter.com/i/status/{}",
    "instagram": "https://www.instagram.com/p/{}/",
    "tiktok": "https://www.tiktok.com/embed/{}",
    "soundcloud": "https://api.soundcloud.com/tracks/{}",
    "megaphone": "https://playlist.megaphone.fm/?e={}",
    "flourish": "https://flo.uri.sh/{}/embed",
    "infogram": "https://infogram.com/{}",
    "datawrapper": "https://datawrapper.dwcdn.net/{}/",
    "imgur": "https://imgur.com/{}",
    "riddle": "https://www.riddle.com/view/{}",
    "apester": "https://renderer.apester.com/v2/{}",
}
_ID = re.compile(r"[\w@:-][\w./@:-]{3,60}")


@lru_cache(maxsize=4096)
def class_mark(names: str) -> str | None:
    """Return the platform whose widget has these classes; `?` where they look like a post's, `~` where they name a platform.

    >>> class_mark("lazy twitter-tweet"), class_mark("article-tweet-embed"), class_mark("lazy-youtube"), class_mark("lead")
    ('twitter', '?', '~', None)
    """
    lower = names[:CLASS_CHARS].lower()
    if not STEMS.find(lower):
        return None
    for name in lower.split():
        if name in CLASS_MARKS:
            return CLASS_MARKS[name]
    if _LOOKS_LIKE_A_POST.search(lower):
        return LOOKS_LIKE_A_POST
    return NAMES_A_PLATFORM


def platform_of_tag(tag: str) -> str | None:
    """Return the platform that a custom element names; `embed` where its name only means that it embeds.

    >>> platform_of_tag("amp-youtube"), platform_of_tag("share-button")
    ('youtube', None)
    """
    found = _TAGS.search(tag)
    if not found:
        return None
    return "twitter" if found[0] == "tweet" else found[0]


def address_of_id(platform: str, attributes: Mapping[str, str]) -> Address | None:
    """Return the address of the post or player whose number is in an attribute.

    >>> address_of_id("youtube", {"videoid": "abcdefghijk"}).url
    'https://www.youtube.com/watch?v=abcdefghijk'
    """
    template = _BY_ID.get(platform)
    if template is None:
        return None
    for name in _IDS:
        if name in attributes:
            number = attributes[name].strip()
            break
    else:
        return None
    if not _ID.fullmatch(number):
        return None
    return read_address(template.format(number))
