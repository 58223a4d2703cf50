"""The poster of a place, for who keeps it."""

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.answer import Answer
from handlers.filters import Pressed
from handlers.here import Here
from services import invites
from services.places import posters, stations
from storage.records import Me
from storage.work import Work
from views import posters as shown
from views.actions import GetPoster
from views.posters import Poster, Posters

router = Router(name="posters")


@router.callback_query(Pressed(GetPoster))
async def send_poster(press: CallbackQuery, data: GetPoster, me: Me, work: Work, here: Here) -> Answer:
    """As a file."""
    place = await work.look(posters.of_place, place_id=data.place_id, person_id=me.id)
    link = invites.link(here.bot_username, stations.link_of(place.id))
    one = Poster(place.code, place.names, place.kind_names, link)
    made = await here.make(Posters((one,), work.now), chat_id=press.from_user.id)
    return Answer(say=(shown.sent(one, me, made),))
