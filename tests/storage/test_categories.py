"""The kinds of hazard, and recognising them by words."""

import pytest

from storage.categories import OTHER, Category, all_categories, category, guess, is_urgent
from storage.kinds import Language

WANTED = {
    "facility",
    "road",
    "water_leak",
    "fallen_tree",
    "manhole",
    "street_light",
    "exposed_wire",
    "fire",
    "fire_exit",
    "animals",
    "flooding",
    "landslide",
    "rubbish",
    "dispute",
    OTHER,
}


def words_of(one: Category) -> tuple[str, ...]:
    return one.keywords + one.urgent_keywords + one.hints


def test_every_kind_that_people_know_is_there() -> None:
    assert set(all_categories()) == WANTED
    assert list(all_categories())[-1] == OTHER


def test_each_has_names_an_icon_and_words_to_know_it_by() -> None:
    for one in all_categories().values():
        assert set(one.names) == set(Language)
        assert all(one.names.values())
        assert one.icon
        assert one.keywords or one.hints or one.code == OTHER
        assert all(word == " ".join(word.lower().split()) for word in words_of(one))


def test_no_word_means_two_kinds() -> None:
    words = [word for one in all_categories().values() for word in words_of(one)]
    assert sorted(words) == sorted(set(words))


def test_names_are_each_kinds_own() -> None:
    for language in Language:
        names = [one.names[language] for one in all_categories().values()]
        assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("小区门口水管爆了，一直漏水", "water_leak"),
        ("三楼着火了快来", "fire"),
        ("有人在楼道给电动车飞线充电", "fire_exit"),
        ("电线掉在路面上", "exposed_wire"),
        ("大树倒了压住车", "fallen_tree"),
        ("井盖不见了", "manhole"),
        ("路灯坏了好几天", "street_light"),
        ("路面有个大坑", "road"),
        ("山体滑坡把路堵了", "landslide"),
        ("地下车库积水", "flooding"),
        ("屋檐下有马蜂窝", "animals"),
        ("垃圾没人收", "rubbish"),
        ("邻居半夜噪音扰民", "dispute"),
        ("Water LEAKING at the gate", "water_leak"),
        ("A street light is out", "street_light"),
        ("there is smoke from the roof", "fire"),
        ("A hornet nest under the eaves", "animals"),
        ("something odd", OTHER),
        ("", OTHER),
        (None, OTHER),
    ],
)
def test_words_tell_the_kind(words: str | None, code: str) -> None:
    assert guess(words) == code


@pytest.mark.parametrize("words", ["the empire hired", "this is a misfire", "I retired", "streetwise", "unleaked"])
def test_a_latin_keyword_counts_only_from_the_start_of_a_word(words: str) -> None:
    assert guess(words) == OTHER


def test_of_equally_long_words_the_urgent_kind_wins() -> None:
    urgent, not_urgent = guess("着火"), guess("漏水")
    assert category(urgent).is_urgent
    assert not category(not_urgent).is_urgent
    assert guess("漏水着火") == guess("着火漏水") == urgent


def test_every_word_leads_to_its_own_kind() -> None:
    for one in all_categories().values():
        for word in words_of(one):
            assert guess(word) == one.code, word
        assert all(is_urgent(one.code, word) for word in one.urgent_keywords)


def test_a_kind_that_is_no_more_is_shown_as_other() -> None:
    assert category("nonsense").code == OTHER
