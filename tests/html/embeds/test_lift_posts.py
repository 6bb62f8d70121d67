"""Embedded posts and players leave the tree; what they said is kept, what stands around them stays."""

from __future__ import annotations

import pytest
from lxml.html import tostring

from cleaner.html import tree
from cleaner.html.element_index import ElementIndex
from cleaner.html.embeds import lift_posts
from cleaner.model import Embed

TWEET = """<blockquote class="twitter-tweet"><p lang="en">The ferry leaves at <b>noon</b>.<br><br>Bring a coat. {link}</p>
&mdash; Ada Example (@ada_example) <a href="https://twitter.com/ada_example/status/1000000000000000001?ref_src=x">{day}</a>
</blockquote>"""


def lifted(
    markup: str, *, keep: bool = False, url: str | None = None
) -> tuple[tuple[Embed, ...], str]:
    """Return the embeds of a page and the text that is left."""
    root = tree.load(f"<body>{markup}</body>")
    found = lift_posts.lift(ElementIndex(root), keep=keep, url=url)
    return found, tree.text_of(root)


def only(markup: str) -> Embed:
    """Return the one embed of a page between two paragraphs, which both stay."""
    found, text = lifted(f"<p>Before it.</p>{markup}<p>After it.</p>")
    assert text.replace(" ", "") == "Beforeit.Afterit."
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize(
    ("day", "iso"),
    (
        ("March 3, 2024", "2024-03-03"),
        ("3. März 2024", "2024-03-03"),
        ("3 de marzo de 2024", "2024-03-03"),
        ("3 марта 2024 г.", "2024-03-03"),
    ),
)
def test_a_tweet_gives_all_its_fields(day: str, iso: str) -> None:
    """Name, handle, day in the reader's language, words with their lines, and the address without its tail."""
    post = only(TWEET.format(day=day, link=""))
    assert post == Embed(
        platform="twitter",
        author="Ada Example",
        handle="ada_example",
        date=iso,
        text="The ferry leaves at noon.\nBring a coat.",
        url="https://twitter.com/ada_example/status/1000000000000000001",
    )


def test_a_signature_in_a_paragraph_of_its_own_is_read() -> None:
    """Some editors put every line of a post into a paragraph."""
    post = only(
        '<blockquote class="lazy twitter-tweet"><p>One.</p><p>Two.</p><p>— Ada (@ada_example) '
        '<a href="https://x.com/ada_example/status/1000000000000000001">May 5, 2023</a></p></blockquote>'
    )
    assert (post.text, post.author, post.date) == ("One.\nTwo.", "Ada", "2023-05-05")


PLAYERS = [
    ('<iframe src="//www.youtube-nocookie.com/embed/abcdefghijk?rel=0"></iframe>', "youtube", "https://www.youtube.com/watch?v=abcdefghijk"),
    ('<iframe data-src="https://player.vimeo.com/video/123456789"></iframe>', "vimeo", "https://vimeo.com/123456789"),
    ('<iframe src="about:blank" data-lazy-src="https://flo.uri.sh/visualisation/12/embed"></iframe>', "flourish", "https://flo.uri.sh/visualisation/12/embed"),
    ('<noscript><iframe src="https://e.infogram.com/abc?src=embed"></iframe></noscript>', "infogram", "https://e.infogram.com/abc?src=embed"),
    ('<amp-youtube data-videoid="abcdefghijk"></amp-youtube>', "youtube", "https://www.youtube.com/watch?v=abcdefghijk"),
    ('<lite-youtube videoid="abcdefghijk"><a>Play video</a></lite-youtube>', "youtube", "https://www.youtube.com/watch?v=abcdefghijk"),
    ('<amp-twitter data-tweetid="1000000000000000001"></amp-twitter>', "twitter", "https://twitter.com/i/status/1000000000000000001"),
    ('<amp-instagram data-shortcode="abcDEF_12"></amp-instagram>', "instagram", "https://www.instagram.com/p/abcDEF_12/"),
    ('<div class="fb-post" data-href="https://www.facebook.com/example.page/posts/123"></div>', "facebook", "https://www.facebook.com/example.page/posts/123"),
    ('<iframe src="https://www.facebook.com/plugins/post.php?href=https%3A%2F%2Fwww.facebook.com%2Fexample%2Fposts%2F9&w=500"></iframe>', "facebook", "https://www.facebook.com/example/posts/9"),
    ('<iframe src="https://social.example.org/@ada/109876543210987654/embed"></iframe>', "mastodon", "https://social.example.org/@ada/109876543210987654"),
    ('<iframe src="https://open.spotify.com/embed/episode/0123456789abcdefghijkl"></iframe>', "spotify", "https://open.spotify.com/episode/0123456789abcdefghijkl"),
    ('<iframe src="https://w.soundcloud.com/player/?url=https%3A//api.soundcloud.com/tracks/12345&x=1"></iframe>', "soundcloud", "https://api.soundcloud.com/tracks/12345"),
    ('<iframe src="https://web.archive.org/web/20200101000000if_/https://www.youtube.com/embed/abcdefghijk"></iframe>', "youtube", "https://www.youtube.com/watch?v=abcdefghijk"),
    ('<figure class="media"><oembed url="https://youtu.be/abcdefghijk"></oembed></figure>', "youtube", "https://www.youtube.com/watch?v=abcdefghijk"),
    ('<figure class="wp-block-embed is-provider-x"><div>\nhttps://x.com/ada_example/status/1000000000000000001\n</div></figure>', "twitter", "https://x.com/ada_example/status/1000000000000000001"),
    ('<p><a href="https://youtu.be/abcdefghijk">https://youtu.be/abcdefghijk</a></p>', "youtube", "https://www.youtube.com/watch?v=abcdefghijk"),
    ('<script async src="https://telegram.org/js/telegram-widget.js?22" data-telegram-post="example_channel/77"></script>', "telegram", "https://t.me/example_channel/77"),
    ('<div class="lazy-youtube" data-embed-src="https://www.youtube.com/embed/abcdefghijk"></div>', "youtube", "https://www.youtube.com/watch?v=abcdefghijk"),
    ('<iframe id="datawrapper-chart-abc" src="https://charts.example.org/abc/1/"></iframe>', "datawrapper", "https://charts.example.org/abc/1/"),
    ('<blockquote data-twitter="lazy"><a href="https://twitter.com/ada_example/status/1000000000000000001"></a></blockquote>', "twitter", "https://twitter.com/ada_example/status/1000000000000000001"),
]  # fmt: skip


@pytest.mark.parametrize(("markup", "platform", "url"), PLAYERS)
def test_players_and_bare_widgets_give_platform_and_address(
    markup: str, platform: str, url: str
) -> None:
    """Frames, custom elements, hollow boxes and bare addresses name what they stand for."""
    embed = only(markup)
    assert (embed.platform, embed.url) == (platform, url)


POSTS = [
    (
        ('<blockquote class="instagram-media" data-instgrm-permalink="https://www.instagram.com/p/abcDEF_12/?utm=1"><div><a href="#">Sieh dir '
        'diesen Beitrag auf Instagram an</a></div><p>Nebel am See</p><p>Ein Beitrag geteilt von Ada Beispiel (@ada.beispiel) am '
        '<time datetime="2019-06-15T11:46:05+00:00">15. Jun 2019</time></p></blockquote>'),
        Embed(platform="instagram", author="Ada Beispiel", handle="ada.beispiel", date="2019-06-15", text="Nebel am See", url="https://www.instagram.com/p/abcDEF_12/"),
    ),
    (
        ('<div class="fb-post" data-href="https://www.facebook.com/example.page/posts/123"><blockquote class="fb-xfbml-parse-ignore"><p>The hall '
        'is open again…</p>Posted by <a href="#">Example Town</a> on <a href="#">Monday, February 7, 2022</a></blockquote></div>'),
        Embed(platform="facebook", author="Example Town", date="2022-02-07", text="The hall is open again…", url="https://www.facebook.com/example.page/posts/123",
              handle="example.page", truncated=True),
    ),
    (
        ('<blockquote class="bluesky-embed" data-bluesky-uri="at://x"><p lang="en">Two cranes on the roof.<br><br>[image or embed]</p>&mdash; Ada '
        '(<a href="https://bsky.app/profile/did:plc:abc">@ada.example.org</a>) <a href="https://bsky.app/profile/did:plc:abc/post/3labcdefghijk">'
        'March 3, 2024 at 9:00 AM</a></blockquote>'),
        Embed(platform="bluesky", author="Ada", handle="ada.example.org", date="2024-03-03", text="Two cranes on the roof.",
              url="https://bsky.app/profile/did:plc:abc/post/3labcdefghijk"),
    ),
    (
        ('<blockquote class="tiktok-embed" cite="https://www.tiktok.com/@ada.example/video/7000000000000000001"><section><p>How to fold a '
        'map</p><a href="#">♬ original sound - Ada</a></section></blockquote>'),
        Embed(platform="tiktok", handle="ada.example", text="How to fold a map", url="https://www.tiktok.com/@ada.example/video/7000000000000000001"),
    ),
    (
        ('<blockquote class="reddit-embed-bq"><a href="https://www.reddit.com/r/maps/comments/abc123/a_fold/">A fold that holds</a><br> by'
        '<a href="#">u/ada_example</a> in<a href="#">maps</a></blockquote>'),
        Embed(platform="reddit", handle="ada_example", text="A fold that holds", url="https://www.reddit.com/r/maps/comments/abc123/a_fold/"),
    ),
    (
        '<blockquote class="wp-embedded-content"><a href="https://example.org/older-story/">An older story</a></blockquote>',
        Embed(platform="wordpress", text="An older story", url="https://example.org/older-story/"),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("markup", "expected"), POSTS)
def test_posts_of_other_platforms_are_read(markup: str, expected: Embed) -> None:
    """Each platform signs in its own way."""
    assert only(markup) == expected


def test_a_sites_own_static_tweet_is_lifted() -> None:
    """A quotation that nobody marked is a post where an account signs it beside the link to it."""
    embed = only(
        '<blockquote><p>Snow in June.</p><footer>— Ada Example (@ada_example) <a href="https://twitter.com/ada_example/status/'
        '1000000000000000001">June 3, 2024</a></footer></blockquote>'
    )
    assert (embed.text, embed.handle, embed.date) == (
        "Snow in June.",
        "ada_example",
        "2024-06-03",
    )


@pytest.mark.parametrize(
    ("end", "cut"),
    (
        ("it goes on…", True),
        ("it goes on… https://t.co/abc", True),
        ("it ends. https://t.co/abc", False),
    ),
)
def test_a_post_that_breaks_off_is_marked(end: str, cut: bool) -> None:  # noqa: FBT001 - a value of the table
    """Its three dots may have the address of the whole behind them."""
    post = only(
        f'<blockquote class="twitter-tweet"><p>Long: {end}</p>— Ada (@ada_example) <a href="https://x.com/ada_example/status/1000000000000000001">'
        "May 5, 2023</a></blockquote>"
    )
    assert post.truncated is cut


def test_the_day_comes_from_the_number_of_a_post_where_nothing_else_gives_it() -> None:
    """X numbers posts by the time."""
    assert (
        only('<amp-twitter data-tweetid="1720918522082078752"></amp-twitter>').date
        == "2023-11-04"
    )


STAYS = [
    "<blockquote><p>We will rebuild it, she said.</p></blockquote>",
    '<blockquote><p>We will rebuild it.</p><p>— Ada Example, <a href="https://twitter.com/ada_example/status/1000000000000000001">on X</a></p></blockquote>',
    '<p>She <a href="https://x.com/ada_example/status/1000000000000000001">wrote on X</a> that it snowed.</p>',
    '<p>He put it <a class="twitter-embed-link" href="https://x.com/ada_example/status/1000000000000000001">plainly</a>: no.</p>',
    '<p>The video is at <a href="https://youtu.be/abcdefghijk">https://youtu.be/abcdefghijk</a> for a week.</p>',
    "<p>External content is a problem for archives.</p>",
    "<p>We need your consent to differ, the judge said, and left.</p>",
    '<div class="social-post-wrapper"><p>' + "A long paragraph of the article goes on here. " * 20
    + '<a href="https://x.com/ada_example/status/1000000000000000001">Source</a></p></div>',
    '<ul><li>Watch the <a href="https://www.youtube.com/watch?v=abcdefghijk">talk</a></li></ul>',
    '<iframe src="https://www.facebook.com/plugins/like.php?href=https%3A%2F%2Fexample.org"></iframe><p>Text.</p>',
]  # fmt: skip


@pytest.mark.parametrize("markup", STAYS)
def test_what_is_the_articles_stays(markup: str) -> None:
    """Quotations, links in sentences, and sentences that sound like a notice."""
    before = tree.text_of(tree.load(markup))
    assert lifted(markup) == ((), before)


def test_an_unclosed_post_does_not_swallow_the_article() -> None:
    """What is longer than any post is none."""
    article = (
        "<p>" + "The council met on Monday and talked about the bridge. " * 100 + "</p>"
    )
    found, text = lifted(f'<blockquote class="twitter-tweet"><p>Hm.</p>{article}')
    assert found == ()
    assert text.count("bridge") == 100


def test_a_frame_in_a_paragraph_leaves_the_paragraph() -> None:
    """The words before and after it stay, with a space between them."""
    found, text = lifted(
        '<p>One <iframe src="https://www.youtube.com/embed/abcdefghijk"></iframe>two.</p>'
    )
    assert len(found) == 1
    assert text == "One two."


def test_wrappers_go_and_their_neighbours_stay() -> None:
    """A caption goes with its player and is kept; a paragraph beside it stays."""
    found, text = lifted(
        '<div class="body"><p>A.</p><figure><div><iframe src="https://www.youtube.com/embed/abcdefghijk"></iframe></div>'
        "<figcaption>The launch, seen from the pier</figcaption></figure><p>B.</p></div>"
    )
    assert found[0].text == "The launch, seen from the pier"
    assert text.replace(" ", "") == "A.B."


def test_neighbouring_widgets_are_all_kept() -> None:
    """No widget goes unseen as part of its neighbour."""
    frames = "".join(
        f'<div><iframe src="https://www.youtube.com/embed/abcdefghij{n}"></iframe></div>'
        for n in "abc"
    )
    found, _ = lifted(f"<div>{frames}</div>")
    assert [embed.url for embed in found] == [
        f"https://www.youtube.com/watch?v=abcdefghij{n}" for n in "abc"
    ]


def test_the_order_is_the_pages_and_copies_for_browsers_without_scripts_count_once() -> (
    None
):
    """A placeholder between two posts comes second; the same player in a <noscript> adds nothing."""
    found, _ = lifted(
        TWEET.format(day="March 3, 2024", link="")
        + "<div><p>Recommended external content</p><p>Facebook</p></div>"
        + '<div><iframe data-src="https://youtu.be/abcdefghijk"></iframe><noscript><iframe src="https://youtu.be/abcdefghijk"></iframe></noscript></div>'
    )
    assert [embed.platform for embed in found] == ["twitter", "facebook", "youtube"]


NOTICES = [
    ("<div><h4>Empfohlener externer Inhalt</h4><p>An dieser Stelle finden Sie externe Inhalte von Instagram.</p><button>Laden</button></div>", "instagram"),
    ("<section><div><p>We need your consent to load this social media content.</p></div><p>Accept cookies</p></section>", "unknown"),
    ("<div><p>Pour voir ce contenu de YouTube, acceptez les cookies.</p><a href='#'>Accepter</a></div>", "youtube"),
    ("<section><strong>Para ver este contenido de TikTok acepta las cookies</strong></section>", "tiktok"),
    ('<div data-props=\'{"url":"https://x.com/ada_example/status/1000000000000000001"}\'><span>Externer Inhalt</span></div>', "twitter"),
]  # fmt: skip


@pytest.mark.parametrize(("markup", "platform"), NOTICES)
def test_placeholders_go_whole_and_say_what_they_stood_for(
    markup: str, platform: str
) -> None:
    """The box goes with its buttons; the platform is what it names or what its attributes lead to."""
    found, text = lifted(f"<main><p>Before it.</p>{markup}<p>After it.</p></main>")
    assert [embed.platform for embed in found] == [platform]
    assert text.replace(" ", "") == "Beforeit.Afterit."


def test_a_placeholder_takes_no_paragraph_of_the_article() -> None:
    """A sentence beside the notice stays, although the two share a wrapper."""
    _, text = lifted(
        "<div><p>The minister spoke on Tuesday.</p><p>Externer Inhalt</p></div>"
    )
    assert text == "The minister spoke on Tuesday."


def test_widgets_in_the_furniture_are_left_to_others() -> None:
    """A player in the footer is not the article's; in an aside of the article it is."""
    frame = '<iframe src="https://www.youtube.com/embed/abcdefghijk"></iframe>'
    assert lifted(f"<footer>{frame}</footer>")[0] == ()
    assert len(lifted(f"<article><aside>{frame}</aside></article>")[0]) == 1


def test_keep_leaves_the_words_as_a_quotation() -> None:
    """One paragraph a line, and nothing of the widget."""
    root = tree.load(
        f'<div>{TWEET.format(day="March 3, 2024", link="")}<script src="widgets.js"></script></div>'
    )
    assert len(lift_posts.lift(ElementIndex(root), keep=True)) == 1
    quotation = root.find(".//blockquote")
    assert quotation is not None
    assert tostring(quotation, encoding="unicode", with_tail=False) == (
        "<blockquote><p>The ferry leaves at noon.</p><p>Bring a coat.</p></blockquote>"
    )
    assert "Ada Example" not in tree.text_of(root)


def test_keep_leaves_no_title_of_a_player_or_a_card() -> None:
    """A caption and the title of another story are nobody's post."""
    card = '<blockquote class="wp-embedded-content"><a href="https://example.org/older/">An older story</a></blockquote>'
    frame = '<figure><iframe src="https://youtu.be/abcdefghijk"></iframe><figcaption>The launch</figcaption></figure>'
    found, text = lifted(card + frame, keep=True)
    assert [embed.text for embed in found] == ["An older story", "The launch"]
    assert text == ""


def test_what_a_player_says_where_it_cannot_play_goes() -> None:
    """Nobody reads the words inside a video; they are no embed's."""
    found, text = lifted(
        "<p>A.</p><video src=x><p>To view this video please enable scripts.</p></video> B."
    )
    assert (found, text) == ((), "A. B.")


@pytest.mark.parametrize(
    "markup",
    (
        '<iframe src="https://[::1"></iframe>',
        '<iframe src="https://youtube.com:port/embed/abcdefghijk"></iframe>',
        '<iframe src="'
        + "https://www.facebook.com/plugins/post.php?href=" * 100
        + '"></iframe>',
        "<blockquote class=twitter-tweet></blockquote>",
        '<blockquote class="twitter-tweet"><a href="https://twitter.com/a/status/9999999999999999999">x</a></blockquote>',
        '<div class="' + "embed-tweet-" * 5_000 + '"></div>',
        "<div>" * 200 + "Externer Inhalt" + "</div>" * 200,
        "<div class=tweet><a href='https://x.com/a/status/12345678'>a</a>" * 3_000,
    ),
)
def test_odd_markup_gives_a_result(markup: str) -> None:
    """Broken addresses, absurd attributes and deep nesting end in an answer, and the article's text is there."""
    _, text = lifted(f"<p>The article.</p>{markup}")
    assert text.startswith("The article.")
