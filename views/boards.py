"""The monthly board of a community."""

from markupsafe import Markup

from storage.points_records import BoardRecord, Community, Ranked
from storage.records import Me
from views.actions import JoinBoard, LeaveBoard, ShowBoard, ShowPoints
from views.card import Button, Card
from views.format import lines
from views.people import cancel
from views.texts import plain, say


def board(found: BoardRecord, me: Me) -> Card:
    """Who has most; below, whether one stands on it oneself."""
    facts = {"community": found.community, "year": str(found.month.year), "month": str(found.month.month)}
    told = [_line(one, me) for one in found.first] or [say(me.language, "board-nobody")]
    if found.mine is not None:
        told += [say(me.language, "board-gap"), _line(found.mine, me)]
    named = say(me.language, "board-in", name=found.my_name) if found.my_name else say(me.language, "board-out")

    def button(key: str, action: str) -> Button:
        return Button(plain(me.language, key), action)

    turn = [button("button-board-older", ShowBoard(found.grid_id, found.back + 1).pack())] if not found.is_last else []
    if found.back:
        turn.append(button("button-board-newer", ShowBoard(found.grid_id, found.back - 1).pack()))
    take_part = [button("button-board-rename" if found.my_name else "button-board-join", JoinBoard().pack())]
    if found.my_name:
        take_part.append(button("button-board-leave", LeaveBoard().pack()))
    others = [[_other(one, found)] for one in found.others]
    back = [button("button-my-points", ShowPoints(0).pack())]
    rows = tuple(tuple(row) for row in (take_part, turn, *others, back) if row)
    text = lines(say(me.language, "board-title", **facts), *told) + "\n\n" + named
    return Card(text=text, rows=rows)


def ask_name(me: Me) -> Card:
    """Under which name?"""
    return Card(text=say(me.language, "prompt-board-name"), rows=cancel(me.language))


def _other(one: Community, found: BoardRecord) -> Button:
    return Button(one.community or one.town, ShowBoard(one.grid_id, found.back).pack())


def _line(one: Ranked, me: Me) -> Markup:
    key = "board-line-mine" if one.is_mine else "board-line"
    return say(me.language, key, place=one.place, name=one.name, points=one.points)
