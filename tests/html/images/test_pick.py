"""Images of the article with caption and credit, and the elements that block builders have to know as captions."""

from __future__ import annotations

import pytest

from cleaner.html import tree
from cleaner.html.element_index import ElementIndex
from cleaner.html.images import pick
from cleaner.html.images.credits import split_credit
from cleaner.model import Image

URL = "https://news.example.org/a/story.html"


def read(markup: str, url: str | None = URL) -> pick.Pictures:
    """Return what is read from an article of this markup."""
    return pick.pictures(
        ElementIndex(tree.load(f"<body><article>{markup}</article></body>")), url=url
    )


def only(markup: str) -> Image:
    """Return the one image of an article."""
    (image,) = read(markup).images
    return image


def test_a_figure_gives_caption_credit_and_an_absolute_address() -> None:
    """The label of the credit is in neither."""
    assert only(
        '<figure><img src="../pier.jpg" alt="A pier"><figcaption>The pier at dawn. Photo: Ada Example/Agency</figcaption></figure>'
    ) == Image(
        url="https://news.example.org/pier.jpg",
        caption="The pier at dawn.",
        credit="Ada Example/Agency",
        alt="A pier",
    )


SOURCES = [
    ('<img src="s.jpg" srcset="s.jpg 320w, l.jpg 1280w, m.jpg 640w">', "l.jpg"),
    ('<img src="s.jpg" srcset="s.jpg 1x, l.jpg 2x">', "l.jpg"),
    ('<picture><source srcset="w.webp?a=1,2 800w"><img src="s.jpg"></picture>', "w.webp?a=1,2"),
    ('<img src="data:image/gif;base64,R0" data-src="l.jpg">', "l.jpg"),
    ('<img src="/x/blank.gif" data-lazy-src="l.jpg">', "l.jpg"),
    ('<img src="{{src}}" data-original="l.jpg">', "l.jpg"),
    ('<img src="s.jpg" data-orig-file="https://cdn.example.org/full.jpg">', "https://cdn.example.org/full.jpg"),
    ('<amp-img src="l.jpg"></amp-img>', "l.jpg"),
]  # fmt: skip


@pytest.mark.parametrize(("markup", "name"), SOURCES)
def test_the_largest_file_is_named(markup: str, name: str) -> None:
    """Lazy loaders and lists of sources hide it in many attributes."""
    image = read(
        f"<figure>{markup}<figcaption>A pier</figcaption></figure>", url=None
    ).images[0]
    assert image.url == name


CAPTIONED = [
    '<div class="wp-caption"><img src="p.jpg"><p class="wp-caption-text">The pier</p></div>',
    '<div class="image"><div><img src="p.jpg"></div><div class="image__caption">The pier</div></div>',
    '<p><img src="p.jpg"></p><p class="caption">The pier</p><p>The story goes on and on.</p>',
    '<figure><img src="p.jpg"><figcaption><span class="caption-text">The pier</span></figcaption></figure>',
    '<figure><img src="p.jpg" data-caption="The &lt;b&gt;pier&lt;/b&gt;"></figure>',
]  # fmt: skip


@pytest.mark.parametrize("markup", CAPTIONED)
def test_captions_are_found_wherever_sites_print_them(markup: str) -> None:
    """By class beside the image, in a figure, in an attribute."""
    assert only(markup).caption == "The pier"


def test_an_element_of_its_own_is_the_credit() -> None:
    """Its words leave the caption."""
    image = only(
        '<figure><img src="p.jpg"><figcaption>The pier <span class="figure__credit">Ada Example/Agency</span></figcaption></figure>'
    )
    assert (image.caption, image.credit) == ("The pier", "Ada Example/Agency")


@pytest.mark.parametrize(
    ("text", "caption", "credit"),
    (
        ("The pier at dawn (Photo by Ada Example)", "The pier at dawn", "Ada Example"),
        (
            "Der Steg am Morgen. (Foto: Ada Beispiel/dpa)",
            "Der Steg am Morgen.",
            "Ada Beispiel/dpa",
        ),
        ("Der Steg © Ada Beispiel", "Der Steg", "Ada Beispiel"),
        ("La jetée. Crédit photo : Ada Exemple", "La jetée.", "Ada Exemple"),
        ("El muelle. Fuente: Ada Ejemplo", "El muelle.", "Ada Ejemplo"),
        ("Laituri aamulla. Kuva: Ada Esimerkki", "Laituri aamulla.", "Ada Esimerkki"),
        ("Пирс утром. Фото: Ада", "Пирс утром.", "Ада"),
        ("朝の桟橋 写真：エイダ", "朝の桟橋", "エイダ"),
        ("The pier. (Ada Example/Reuters)", "The pier.", "Ada Example/Reuters"),
        ("The pier at dawn.Getty Images", "The pier at dawn.", "Getty Images"),
        ("The pier at dawn. Ada Example/dpa", "The pier at dawn.", "Ada Example/dpa"),
        ("Ada Example/Example Agency", None, "Ada Example/Example Agency"),
        (
            "The pier. It is closed and/or gone",
            "The pier. It is closed and/or gone",
            None,
        ),
        ("Photo: Ada Example", None, "Ada Example"),
        ("(Bildquelle: © Ada Beispiel)", None, "Ada Beispiel"),
        ("Image caption, The pier at dawn", "The pier at dawn", None),
        ("The pier (built 1901)", "The pier (built 1901)", None),
        ("A photo of the pier", "A photo of the pier", None),
    ),
)
def test_credits_are_split_off_in_many_languages(
    text: str, caption: str | None, credit: str | None
) -> None:
    """A label, a sign, or an agency in brackets at the end begins them."""
    assert split_credit(text) == (caption, credit)


FURNITURE = [
    '<img src="p.jpg" width="1" height="1">',
    '<img src="/icons/x.png" width="24">',
    '<img class="author-avatar" src="p.jpg">',
    '<img src="/assets/logo.png">',
    '<img src="chart.svg">',
    '<img src="data:image/png;base64,AA">',
    '<nav><img src="p.jpg"></nav>',
    '<div class="related-stories"><img src="p.jpg"></div>',
    '<a href="/other-story"><img src="p.jpg"></a>',
    '<article><h3><a href="/other">Other story</a></h3><img src="p.jpg"></article>',
    '<img src="https://[::1">',
    "<img>",
]  # fmt: skip


@pytest.mark.parametrize("markup", FURNITURE)
def test_furniture_is_no_image_of_the_article(markup: str) -> None:
    """Trackers, icons, logos, teasers."""
    assert read(markup).images == ()


def test_an_image_outside_the_article_needs_a_caption() -> None:
    """Where a page says which part is its article, the rest is furniture."""
    root = tree.load(
        '<body><img src="a.jpg"><figure><img src="b.jpg"><figcaption>The pier</figcaption></figure><article><img src="c.jpg"></article></body>'
    )
    assert [image.url for image in pick.pictures(ElementIndex(root)).images] == [
        "b.jpg",
        "c.jpg",
    ]


def test_copies_for_browsers_without_scripts_count_once() -> None:
    """The copy has another size in its address."""
    image = only(
        '<figure><img data-src="p.jpg?w=9"><noscript><img src="p.jpg?w=8"></noscript></figure>'
    )
    assert image.url == "https://news.example.org/a/p.jpg?w=9"


def test_each_image_of_a_gallery_has_its_own_caption() -> None:
    """Many images in one figure, each with the words that follow it."""
    pairs = "".join(
        f'<img src="{n}.jpg"><figcaption>Number {n}</figcaption>' for n in range(5)
    )
    assert [image.caption for image in read(f"<figure>{pairs}</figure>").images] == [
        f"Number {n}" for n in range(5)
    ]


def kinds(markup: str) -> dict[str, str]:
    """Return the kind of each caption element by its text."""
    return {
        tree.text_of(element): kind for element, kind in read(markup).captions.items()
    }


def test_captions_are_named_for_the_builder_of_blocks() -> None:
    """Outer and inner elements, each with its kind; the tree keeps them all."""
    markup = '<figure><img src="p.jpg"><figcaption><p>The pier</p><small class="copyright">Ada</small></figcaption></figure><p>Text.</p>'
    assert kinds(markup) == {"The pier Ada": "caption", "Ada": "credit"}


@pytest.mark.parametrize(
    "markup",
    (
        '<p class="expressive-copy">A paragraph of the article.</p><figure><img src="p.jpg"></figure>',
        '<p class="credit">Thanks to all who helped.</p><p>No image is near.</p>',
        "<figure><blockquote>We will rebuild it.</blockquote><figcaption>Ada Example</figcaption></figure>",
        '<figure><img src="p.jpg"><figcaption>'
        + "The article goes on in here. " * 100
        + "</figcaption></figure>",
        '<footer><p class="copyright">© 2024 Example</p></footer>',
    ),
)
def test_what_is_no_caption_is_not_called_one(markup: str) -> None:
    """Body text with a misleading class, quotations, unclosed captions."""
    assert kinds(markup) == {}


@pytest.mark.parametrize(
    "markup",
    (
        '<img srcset="' + "a" * 100_000 + '">',
        '<img srcset="' + "a.jpg 1w, " * 10_000 + '">',
        '<img alt="' + "x" * 100_000 + '" src="p.jpg">',
        "<figure>" * 150 + '<img src="p.jpg"><figcaption>A</figcaption>',
        '<div class="' + "caption-" * 20_000 + '"></div><img src="p.jpg">',
        '<figure><img src="p.jpg"><figcaption>' + "((" * 300 + "</figcaption></figure>",
        '<img src="p.jpg"><p class="caption">x</p>' * 5_000,
    ),
)
def test_odd_markup_gives_a_result(markup: str) -> None:
    """Absurd lengths and depths end in an answer."""
    assert len(read(markup).images) <= pick.MAX_IMAGES
