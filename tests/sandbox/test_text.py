"""Text as Telegram takes it: HTML, entities in UTF-16 units, lengths."""

from typing import Any

import pytest

from sandbox import Person
from tests.sandbox.conftest import Api


async def send(api: Api, text: str, **more: Any) -> Any:
    return await api("sendMessage", chat_id=5001, text=text, parse_mode="HTML", **more)


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("a < b".replace("<", "&lt;"), "a < b", []),
        ("R&D &amp; &quot;x&quot; &#33; &#x4e2d; &nbsp;", 'R&D & "x" ! 中 &nbsp;', []),
        ("<b>bold</b> <strong>too</strong>", "bold too", [("bold", 0, 4), ("bold", 5, 3)]),
        ("<i>a</i><em>b</em>", "ab", [("italic", 0, 1), ("italic", 1, 1)]),
        ("<u>a</u><ins>b</ins>", "ab", [("underline", 0, 1), ("underline", 1, 1)]),
        ("<s>a</s><strike>b</strike><del>c</del>", "abc", [("strikethrough", at, 1) for at in range(3)]),
        ("<code>a</code><pre>b</pre>", "ab", [("code", 0, 1), ("pre", 1, 1)]),
        ('<tg-spoiler>a</tg-spoiler><span class="tg-spoiler">b</span>', "ab", [("spoiler", 0, 1), ("spoiler", 1, 1)]),
        ("<blockquote>a</blockquote>", "a", [("blockquote", 0, 1)]),
        ("<blockquote expandable>a</blockquote>", "a", [("expandable_blockquote", 0, 1)]),
        ("🌧️<b>雨😀</b>x", "🌧️雨😀x", [("bold", 3, 3)]),
        ("<b>a<i>b</i></b>", "ab", [("bold", 0, 2), ("italic", 1, 1)]),
        ("  \n<b> x</b> ", "x", [("bold", 0, 1)]),
        ("<B>x</B>", "x", [("bold", 0, 1)]),
        ("<b>x</>", "x", [("bold", 0, 1)]),
        ("<b></b>x", "x", []),
    ],
)
async def test_html_becomes_text_and_entities(
    api: Api, rider: Person, source: str, text: str, entities: list[tuple[str, int, int]]
):
    message = await send(api, source)
    assert message["text"] == text
    found = [(one["type"], one["offset"], one["length"]) for one in message.get("entities", [])]
    assert found == entities


async def test_links_code_and_emoji_keep_what_they_carry(api: Api, rider: Person):
    message = await send(
        api,
        '<a href="https://t.me/x?a=1&amp;b=2">go</a> <pre><code class="language-python">x</code></pre> '
        '<tg-emoji emoji-id="53">👍</tg-emoji> <a href="tg://user?id=5001">him</a>',
    )
    link, code, emoji, person = message["entities"]
    assert link["url"] == "https://t.me/x?a=1&b=2"
    assert (code["type"], code["language"]) == ("pre", "python")
    assert emoji["custom_emoji_id"] == "53"
    assert person["url"] == "tg://user?id=5001"


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("<foo>x", 'Unsupported start tag "foo" at byte offset 0'),
        ("中<foo>x", 'Unsupported start tag "foo" at byte offset 3'),
        ("3 < 4", 'Unsupported start tag "" at byte offset 2'),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<a href>x</a>", 'Expected equal sign in declaration of an attribute of the tag "a" at byte offset 0'),
        ("<a ='x'>x</a>", 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<a href='x>x</a>", "Unclosed start tag at byte offset 0"),
        ("<a href=a/b>x</a>", "Unexpected end of name token at byte offset 8"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<br/>", 'Unsupported start tag "br/" at byte offset 0'),
    ],
)
async def test_bad_html_is_refused_in_telegrams_words(api: Api, rider: Person, source: str, says: str):
    refusal = await api.refusal("sendMessage", chat_id=5001, text=source, parse_mode="HTML")
    assert refusal == f"Bad Request: can't parse entities: {says}"


async def test_without_parse_mode_tags_are_text(api: Api, rider: Person):
    assert (await api("sendMessage", chat_id=5001, text="<b>x"))["text"] == "<b>x"


async def test_commands_links_and_mentions_are_found(api: Api, rider: Person):
    message = await api("sendMessage", chat_id=5001, text="😀 /start see https://t.me/a, @warmgrid_bot #雨")
    found = [(one["type"], one["offset"], one["length"]) for one in message["entities"]]
    assert found == [("bot_command", 3, 6), ("url", 14, 14), ("mention", 30, 13), ("hashtag", 44, 2)]


@pytest.mark.parametrize("text", ["x</b> y", "a/b", "</b>", "//b", "/b/", "/b>", "24/7", "x<b>/c</b>"])
async def test_a_slash_in_words_paths_and_tags_is_no_command(api: Api, rider: Person, text: str):
    assert "entities" not in await api("sendMessage", chat_id=5001, text=text)
    assert "entities" not in rider.send_text(text)


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "<b> </b>"])
async def test_empty_text_is_refused(api: Api, rider: Person, text: str):
    refusal = await api.refusal("sendMessage", chat_id=5001, text=text, parse_mode="HTML")
    assert refusal == "Bad Request: message text is empty"


async def test_the_limit_counts_what_is_left_after_parsing(api: Api, rider: Person):
    assert len((await send(api, "<b>" + "好" * 4096 + "</b>"))["text"]) == 4096
    assert await api.refusal("sendMessage", chat_id=5001, text="x" * 4097) == "Bad Request: message is too long"


async def test_an_unknown_parse_mode_is_refused(api: Api, rider: Person):
    assert "unsupported parse_mode" in await api.refusal("sendMessage", chat_id=5001, text="x", parse_mode="BBCode")
