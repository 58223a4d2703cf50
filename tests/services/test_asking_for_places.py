"""What people write when they look for a place, and what they write when something is wrong there: that is a report."""

import pytest

from services.places.asked import LONGEST, wanted
from storage.categories import OTHER, guess
from storage.facilities import facilities, kinds
from storage.kinds import Language
from storage.near_places import Wanted
from storage.place_records import KindRecord

ASKED = [
    ("充电", "charging"),
    ("厕所 24小时", "toilet 24h"),
    ("parking near me", "parking"),
    ("附近哪里可以喝水", "water"),
    ("哪里有厕所", "toilet"),
    ("哪里可以给手机充电", "charging"),
    ("哪里可以给手机充电？", "charging"),
    ("最近的卫生间在哪", "toilet"),
    ("请问附近有没有公厕", "toilet"),
    ("驿站", "station"),
    ("附近的暖新驿站", "station"),
    ("我想找个地方休息一下", "rest"),
    ("找个地方歇脚", "rest"),
    ("附近有空调的驿站", "station air_conditioning"),
    ("换电柜", "battery_swap"),
    ("哪里能换电池", "battery_swap"),
    ("停车位", "parking"),
    ("附近哪里可以停车", "parking"),
    ("微波炉热饭", "microwave"),
    ("哪里可以热饭", "microwave"),
    ("充电 喝水 厕所", "charging water toilet"),
    ("充电、喝水", "charging water"),
    ("现在开着的驿站", "station"),
    ("24小时驿站", "station 24h"),
    ("通宵的驿站有吗", "station 24h"),
    ("有急救箱吗", "first_aid"),
    ("药箱", "first_aid"),
    ("热水", "water"),
    ("接水", "water"),
    ("友好商家", "shop"),
    ("友好小区停车", "compound parking"),
    ("取暖", "air_conditioning"),
    ("toilet", "toilet"),
    ("Toilets?", "toilet"),
    ("where can I charge my phone", "charging"),
    ("Where can I charge my phone?", "charging"),
    ("charging nearby", "charging"),
    ("is there a restroom near here", "toilet"),
    ("nearest toilet open now", "toilet"),
    ("24h toilet", "toilet 24h"),
    ("water please", "water"),
    ("I need water", "water"),
    ("somewhere to rest", "rest"),
    ("place to sit down", "rest"),
    ("warm station", "station"),
    ("stations near me", "station"),
    ("microwave and toilet", "microwave toilet"),
    ("battery swap", "battery_swap"),
    ("where is a battery swap point", "battery_swap"),
    ("first aid", "first_aid"),
    ("air conditioning", "air_conditioning"),
    ("park my scooter", "parking"),
    ("ＷＣ", "toilet"),
    ("where’s the nearest wc", "toilet"),
    ("Foodie corner", "corner"),
    ("哪里有水", "water"),
    ("附近哪里有水？", "water"),
    ("水", "water"),
    ("水？", "water"),
    ("打热水", "water"),
    ("哪里可以接热水", "water"),
    ("上洗手间", "toilet"),
    ("最近的公共厕所", "toilet"),
    ("停车场", "parking"),
    ("附近有停车场吗", "parking"),
    ("哪里可以停电动车", "parking"),
    ("避雨", "rest"),
    ("哪里可以躲雨", "rest"),
    ("手机没电了", "charging"),
    ("我的手机没电了", "charging"),
    ("where can I pee", "toilet"),
    ("rest area", "rest"),
    ("shelter near me", "rest"),
]
"""Words, and what they ask for; `24h`: never closed."""
HAZARDS = [
    "充电起火",
    "充电桩冒烟",
    "楼道充电",
    "飞线充电",
    "有人在楼道里给电瓶车充电",
    "充电口漏电",
    "厕所堵了",
    "厕所漏水",
    "公厕满地是水",
    "厕所没水",
    "厕所灯坏了",
    "卫生间的门坏了",
    "厕所旁边",
    "这里有水",
    "路上有水",
    "水到膝盖了",
    "停电了",
    "停车场没电了",
    "电动车没电了",
    "手机没电了，被困在电梯里",
    "停车场起火",
    "避雨棚塌了",
    "shelter collapsed",
    "rest area flooded",
    "停车位被占",
    "占车位",
    "有人占停车位",
    "乱停车",
    "停车场积水",
    "停车棚要倒了",
    "空调外机要掉下来了",
    "空调滴水",
    "换电柜着火了",
    "换电柜冒烟",
    "微波炉坏了",
    "热水管爆了",
    "饮水机坏了",
    "驿站门口积水",
    "驿站没开门",
    "暖新驿站门口有个坑",
    "休息区玻璃碎了",
    "热水太烫",
    "charging in the hallway",
    "charger on fire",
    "charger broken",
    "the charger sparks",
    "toilet blocked",
    "toilet is leaking",
    "no water in the toilet",
    "water leak",
    "water on the road",
    "standing water near the station",
    "water everywhere",
    "parking space is taken",
    "illegally parked",
    "cars parked across the exit",
    "someone parks in front of the hydrant",
    "battery smoking",
    "battery swap cabinet is burning",
    "the station is dirty",
    "station window smashed",
    "microwave sparks",
    "air conditioning unit is falling",
    "hole near the toilet",
    "toilet at the school",
    "gas station smells",
    "police station",
]
NEITHER = ["", "附近", "near me", "where", "你好", "open now", "?", "充", "谢谢", "ok", "休", "toiletries", "24"]
THERE = {"corner": KindRecord("corner", {Language.ZH: "美食角", Language.EN: "Foodie corner"}, "📍")}


@pytest.mark.parametrize(("words", "what"), ASKED)
def test_what_asks_for_a_place(words: str, what: str) -> None:
    codes = frozenset(what.split())
    expected = Wanted(
        kinds=codes & {*kinds(), *THERE},
        facilities=codes & facilities().keys(),
        is_all_day="24h" in codes,
    )
    assert wanted(words, THERE) == expected


@pytest.mark.parametrize("words", HAZARDS)
def test_a_hazard_comes_first(words: str) -> None:
    assert wanted(words, THERE) is None
    assert wanted(f" {words}! ".upper(), THERE) is None


@pytest.mark.parametrize("words", NEITHER)
def test_what_says_nothing_of_a_place_is_no_question(words: str) -> None:
    assert wanted(words, THERE) is None


def test_no_word_of_a_place_hides_a_hazard() -> None:
    """Whatever is added to it: words that are known for a hazard alone stay a report."""
    assert guess("water leak") != OTHER
    for one in (*kinds().values(), *facilities().values()):
        for word in one.words:
            assert wanted(f"{word} water leak", THERE) is None
            assert wanted(f"{word}着火", THERE) is None


def test_a_kind_that_is_called_like_a_hazard_hides_none() -> None:
    """Whatever an import calls its kinds."""
    odd = {"odd": KindRecord("odd", {Language.ZH: "漏水", Language.EN: "Water leak"}, "📍")}
    assert wanted("漏水", odd) is None
    assert wanted("water leak near me", odd) is None


def test_a_story_is_none() -> None:
    assert wanted("厕所 " * LONGEST, THERE) is None


def test_there_are_enough_lines_in_both_languages() -> None:
    for lines in ([words for words, _ in ASKED], HAZARDS):
        english = [words for words in lines if words.isascii()]
        assert len(english) >= 15
        assert len(lines) - len(english) >= 15
