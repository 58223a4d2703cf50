"""What people write in the rain, with one thumb: which kind of hazard it is, and whether it rings at night."""

import pytest

from storage.categories import OTHER, guess, is_urgent

URGENT = [
    ("充电桩坏了，冒黑烟", "fire"),
    ("充电柜坏了，着火了", "fire"),
    ("饮水机坏了，漏电", "exposed_wire"),
    ("The charger is broken and on fire", "fire"),
    ("水管爆了", "water_leak"),
    ("burst pipe", "water_leak"),
    ("幸福路水管又爆了，喷得老高", "water_leak"),
    ("自来水管道爆裂，水往外喷", "water_leak"),
    ("施工把水管挖断了", "water_leak"),
    ("消防栓被车撞了，水柱两米高", "water_leak"),
    ("The pipe near the school has burst", "water_leak"),
    ("water main broke, it’s gushing", "water_leak"),
    ("电动车着了火", "fire"),
    ("楼上冒黑烟", "fire"),
    ("水管漏水\n着火了", "fire"),
    ("闻到煤气味", "fire"),
    ("有人在路边烧垃圾", "fire"),
    ("燃气管道漏气", "fire"),
    ("a scooter is on fire", "fire"),
    ("Smells of gas in the stairwell", "fire"),
    ("battery smoking in the hallway", "fire"),
    ("电线杆歪了，快倒了", "exposed_wire"),
    ("大树压断了高压线", "exposed_wire"),
    ("配电箱门开着，小孩在玩", "exposed_wire"),
    ("路灯漏电", "exposed_wire"),
    ("Cable hanging over the road", "exposed_wire"),
    ("sparks from the transformer", "exposed_wire"),
    ("消防通道停满了车", "fire_exit"),
    ("楼道里堆满纸箱，过不去", "fire_exit"),
    ("电瓶车推上楼充电", "fire_exit"),
    ("The exit is locked with a chain", "fire_exit"),
    ("Boxes are blocking the stairs", "fire_exit"),
    ("山上掉石头，堵住半边路", "landslide"),
    ("后山垮了，把路堵死了", "landslide"),
    ("老房子墙要倒了", OTHER),
    ("广告牌快掉下来了", OTHER),
    ("The wall has collapsed", OTHER),
    ("路灯杆被撞，要倒了", "street_light"),
    ("Someone is trapped under the branch", "fallen_tree"),
    ("Rocks on the road after the rain", "landslide"),
    ("桥下积水很深，车过不去", "flooding"),
    ("一楼被淹了", "flooding"),
    ("The underpass is flooded", "flooding"),
    ("knee-deep water at the crossing", "flooding"),
    ("窨井没盖，差点掉下去", "manhole"),
    ("马路中间井盖翘起来了", "manhole"),
    ("manhole cover is missing on the bike lane", "manhole"),
    ("树枝砸到人了", "fallen_tree"),
    ("路面塌陷一个大洞", "road"),
    ("big sinkhole in the road", "road"),
    ("流浪狗咬人", "animals"),
    ("门口有人打架", "dispute"),
]
NOT_URGENT = [
    ("驿站的饮水机坏了", "facility"),
    ("微波炉不热了", "facility"),
    ("换电柜坏了，充不了电", "facility"),
    ("The charger is broken", "facility"),
    ("The microwave doesn't work", "facility"),
    ("first aid box is empty", "facility"),
    ("饮水机坏了，一直漏水", "water_leak"),
    ("厕所坏了，臭得很", "rubbish"),
    ("充电桩坏了，还占道", "road"),
    ("水管漏水", "water_leak"),
    ("水龙头一直滴水", "water_leak"),
    ("整栋楼没水", "water_leak"),
    ("水表那里一直在漏水，地上都湿了", "water_leak"),
    ("A tap is leaking by the gate", "water_leak"),
    ("大树倒了，堵住整条路", "fallen_tree"),
    ("树被风刮倒了", "fallen_tree"),
    ("A big branch is blocking the pavement", "fallen_tree"),
    ("tree down, can’t get through", "fallen_tree"),
    ("tree blocking the road", "fallen_tree"),
    ("water coming out of the ground", "water_leak"),
    ("堵住整条路", "road"),
    ("货车乱停，过不去", "road"),
    ("人行道地砖松了，差点摔倒", "road"),
    ("前面有个坑，骑车小心", "road"),
    ("地上有油，很滑", "road"),
    ("It blocks the whole lane", "road"),
    ("The road is blocked", "road"),
    ("Deep pothole, I nearly fell", "road"),
    ("整条街路灯都不亮", "street_light"),
    ("这里没有灯，漆黑一片", "street_light"),
    ("The light at the corner has been out for days", "street_light"),
    ("so dark I can’t see the road", "street_light"),
    ("大树下面有蛇", "animals"),
    ("路灯上有个马蜂窝", "animals"),
    ("wasps nest on the street light", "animals"),
    ("A stray dog by the school", "animals"),
    ("垃圾桶满了没人收，臭死了", "rubbish"),
    ("路边一堆建筑垃圾", "rubbish"),
    ("Bins are overflowing", "rubbish"),
    ("Somebody dumped an old sofa on the pavement", "rubbish"),
    ("楼下烧烤店太吵了，睡不着", "dispute"),
    ("老板拖欠工资", "dispute"),
    ("The neighbours are shouting again", "dispute"),
    ("您好", OTHER),
    ("wireless is slow, I got fired and retired", OTHER),
]


@pytest.mark.parametrize(("words", "code"), URGENT)
def test_these_ring_at_any_hour(words: str, code: str) -> None:
    assert (guess(words), is_urgent(code, words)) == (code, True)


@pytest.mark.parametrize(("words", "code"), NOT_URGENT)
def test_these_can_wait_until_the_morning(words: str, code: str) -> None:
    assert (guess(words), is_urgent(code, words)) == (code, False)


def test_latin_words_count_also_beside_chinese_ones() -> None:
    assert guess("有wifi网线") == OTHER
    assert guess("这里pipe漏了") == "water_leak"
