"""Helping together: the link that who leads an activity shows, and what who opens it reads."""

from datetime import datetime
from urllib.parse import quote
from zoneinfo import ZoneInfo

from storage.points_records import ActivityRecord
from storage.records import Me
from views import qr
from views.actions import BeginActivity, EndActivity, ShowActivity, ShowActivityCode
from views.card import Button, Card, Made
from views.format import lines, moment
from views.people import cancel
from views.texts import plain, say


def ask_name(me: Me) -> Card:
    """What is it called, and how long did it take?"""
    return Card(text=say(me.language, "prompt-activity"), rows=cancel(me.language))


def ask_hours(me: Me, name: str, *, most: int) -> Card:
    """How long did it take? One tap."""
    buttons = [Button(str(hours), BeginActivity(hours).pack()) for hours in range(1, most + 1)]
    rows = tuple(tuple(buttons[at : at + 3]) for at in range(0, most, 3))
    return Card(text=say(me.language, "prompt-activity-hours", name=name), rows=(*rows, *cancel(me.language)))


def link(one: ActivityRecord, me: Me, *, url: str, points: int, now: datetime, zone: ZoneInfo) -> Card:
    """To be shown or passed on; how many have opened it."""
    facts = {"name": one.name, "hours": one.hours, "points": points}
    there = say(me.language, "activity-people", count=one.people)
    if not one.is_open:
        return Card(text=lines(say(me.language, "activity-title", **facts), there, say(me.language, "activity-over")))
    until = moment(me.language, one.open_until, now=now, zone=zone)
    text = lines(
        say(me.language, "activity-title", **facts), say(me.language, "activity-link", url=url, until=until), there
    )
    share = plain(me.language, "activity-share", name=one.name)
    share_url = f"https://t.me/share/url?url={quote(url, safe='')}&text={quote(share, safe='')}"
    code = Button(plain(me.language, "button-activity-code"), ShowActivityCode(one.id).pack())
    show = Button(plain(me.language, "button-activity-people"), ShowActivity(one.id).pack())
    end = Button(plain(me.language, "button-activity-end"), EndActivity(one.id).pack())
    return Card(text=text, rows=((code, Button(plain(me.language, "button-share"), url=share_url)), (show, end)))


def code(one: ActivityRecord, me: Me, *, url: str, now: datetime, zone: ZoneInfo) -> Card:
    """The same link as a picture, for those who stand around."""
    until = moment(me.language, one.open_until, now=now, zone=zone)
    text = say(me.language, "activity-code", name=one.name, until=until)
    return Card(text=text, made=Made("activity.png", qr.picture(url), is_picture=True))


def attended(me: Me, name: str) -> Card:
    """You are noted; the points are told by a message of their own."""
    return Card(text=say(me.language, "activity-attended", name=name))
