"""The closed sets of words that the store knows: every column that holds one of a few values takes it from here."""

from enum import StrEnum


class Language(StrEnum):
    """A language that Warmgrid speaks."""

    ZH = "zh"
    EN = "en"


Names = dict[Language, str]
"""What something is called, in each language."""


class Role(StrEnum):
    """What a person may do besides reporting. A person may hold several."""

    OFFICER = "officer"
    LEAD = "lead"
    DESK = "desk"  # the county desk: gets what no officer can take
    ADMIN = "admin"
    MEMBER = "member"  # of a team that can be called in
    MERCHANT = "merchant"  # owns a shop that takes points, or works there
    KEEPER = "keeper"  # looks after a service place


class ReporterKind(StrEnum):
    """How a reporter describes himself at the start."""

    RESIDENT = "resident"
    RIDER = "rider"


class GridKind(StrEnum):
    """Urban grids are small (300–500 households); rural ones are mostly land."""

    URBAN = "urban"
    RURAL = "rural"


class Status(StrEnum):
    """Where a report is in its life; `services/lifecycle.py` says what may follow what."""

    OPEN = "open"  # filed, waiting for an officer to accept
    ACCEPTED = "accepted"  # an officer is at it
    RESOLVED = "resolved"  # fixed, with proof; who reported it and who follows it judge the fix
    REVIEW = "review"  # disputed: a lead decides
    CLOSED = "closed"  # the fix was confirmed, or nobody objected
    REJECTED = "rejected"  # not a case for the grid, with a reason
    WITHDRAWN = "withdrawn"  # taken back by the reporter
    MERGED = "merged"  # goes on in another report of the same thing


class WaitingFor(StrEnum):
    """Whom the officer waits for while a report's clock stands still."""

    REPORTER = "reporter"
    THIRD_PARTY = "third_party"


class EventKind(StrEnum):
    """One line of a report's timeline."""

    FILED = "filed"
    ROUTED = "routed"
    DECLINED = "declined"
    ACCEPTED = "accepted"
    RESOLVED = "resolved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    WORDS_ADDED = "words_added"
    PHOTOS_ADDED = "photos_added"
    CATEGORY_CHANGED = "category_changed"
    BECAME_URGENT = "became_urgent"  # by words, or by what was merged into it: promised sooner
    PLACE_CHANGED = "place_changed"
    ASKED = "asked"
    ANSWERED = "answered"
    PROOF_KEPT = "proof_kept"  # of a fix, until those who were brought in are done
    UNREACHABLE = "unreachable"
    JOINED = "joined"  # a report that turned out to belong to this one was added
    PHOTO_BAD = "photo_bad"
    PHOTO_LEFT_OUT = "photo_left_out"  # an old one, by its sender
    REMINDED = "reminded"  # half of the time has passed; to who has it: all of it
    RAISED = "raised"  # a deadline has passed: the next level hears of it
    TAKEN_OVER = "taken_over"
    PAUSED = "paused"  # the officer waits for somebody: the clock stands still
    RESUMED = "resumed"
    CLOSED = "closed"
    REOPENED = "reopened"  # not fixed: back to work
    JUDGED = "judged"  # somebody says that it is fixed
    REVIEWED = "reviewed"  # not fixed once more: a lead decides
    DECIDED = "decided"  # the lead says that it is fixed
    AGAIN = "again"  # it broke again: there is a new report
    TASK_GIVEN = "task_given"  # a team or another grid was brought in
    TASK_ACCEPTED = "task_accepted"
    TASK_DECLINED = "task_declined"
    TASK_DONE = "task_done"
    TASK_DROPPED = "task_dropped"
    EMERGENCY_BEGUN = "emergency_begun"
    EMERGENCY_CALLED = "emergency_called"  # pushed again, and who was called in addition
    EMERGENCY_ON_WAY = "emergency_on_way"
    EMERGENCY_ARRIVED = "emergency_arrived"
    EMERGENCY_DECLINED = "emergency_declined"
    EMERGENCY_ENDED = "emergency_ended"
    DISPUTED = "disputed"  # the reporter says that his report is true
    UPHELD = "upheld"  # the lead: it was not true
    CLEARED = "cleared"  # the lead: it is true, and goes on
    FOLLOWED = "followed"  # somebody else has the same trouble
    UNFOLLOWED = "unfollowed"
    HANDED_ON = "handed_on"  # who reported it needs it no more, others do
    MERGED = "merged"  # into another report of the same thing
    TOOK_IN = "took_in"  # another report of the same thing was merged into this one
    SAME_PICTURE = "same_picture"  # another report has it, too
    FIX_LOOKS_SAME = "fix_looks_same"  # the picture of the fix is one of the hazard


class OfferState(StrEnum):
    """What became of the offer of a report to one person."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    UNREACHABLE = "unreachable"
    RAISED = "raised"  # a deadline has passed: he may take the report over from the officer who has it
    CLOSED = "closed"  # somebody else has it, or the report ended


class Level(StrEnum):
    """Who a report is offered to, or has been raised to, from near to far."""

    PRIMARY = "primary"
    DEPUTY = "deputy"
    COMMUNITY = "community"  # the officers of the community's other grids
    LEAD = "lead"  # of the community
    TOWN = "town"
    DESK = "desk"


class PlaceSource(StrEnum):
    """How a place was given."""

    PIN = "pin"
    LIVE = "live"
    VENUE = "venue"
    EXIF = "exif"


class Asking(StrEnum):
    """The question that a draft waits for an answer to, if any: what it has says which."""

    JOIN = "join"  # does this belong to the report filed a moment ago?
    ANSWER = "answer"  # is this the answer to what was asked a moment ago?
    OLD_PICTURE = "old_picture"  # is it still as in this picture?
    ELSEWHERE = "elsewhere"  # is this picture, which was taken at another place, of the same hazard?
    DUPLICATE = "duplicate"  # is it the same as an open report nearby?
    FIX = "fix"  # is it the proof that a report which its sender has, right there, is fixed?


class AttachmentKind(StrEnum):
    """What was sent. Only the first two are pictures."""

    PHOTO = "photo"
    IMAGE_FILE = "image_file"
    VIDEO = "video"
    VOICE = "voice"


PICTURES = (AttachmentKind.PHOTO, AttachmentKind.IMAGE_FILE)


class Stage(StrEnum):
    """What a picture shows, or what it was sent for."""

    BEFORE = "before"
    AFTER = "after"
    TALK = "talk"  # said in the talk between reporter and holder: no picture of the report's own
    KEPT = "kept"  # proof of a fix that waits for those who were brought in; shown nowhere yet


class MediaState(StrEnum):
    """How far the copy of an attachment into the media folder is."""

    WAITING = "waiting"
    STORED = "stored"
    BAD = "bad"  # not a picture
    GONE = "gone"  # Telegram no longer has it, or it is too large


class OutboxState(StrEnum):
    """The life of an outbox message: see `storage/outbox.py`."""

    AVAILABLE = "available"
    CLAIMED = "claimed"
    DELIVERED = "delivered"
    DISCARDED = "discarded"
    CANCELLED = "cancelled"


class Urgency(StrEnum):
    """How soon an outbox message must go; the relay takes urgent ones first."""

    URGENT = "0-urgent"
    NORMAL = "1-normal"
    LOW = "2-low"
    BROADCAST = "3-broadcast"  # to many at once: behind all that is meant for one person


class Message(StrEnum):
    """What an outbox message says; `views/messages.py` has one function for each."""

    RECEIPT = "receipt"  # to the reporter: filed
    ALERT = "alert"  # to an officer: a report for you
    CASE = "case"  # to an officer: a report that he opened from his list
    CARD = "card"  # edit a report's card where it was shown
    ACCEPTED = "accepted"
    REOPENED = "reopened"  # to the reporter: the officer who had it passed it on
    RESOLVED = "resolved"
    REJECTED = "rejected"
    PHOTOS = "photos"  # to the officer: more pictures of a report
    WORDS = "words"  # to the officer: more words of a report
    QUESTION = "question"  # to the reporter, from who holds the report
    ANSWER = "answer"  # to who holds the report, from the reporter
    DRAFT = "draft"  # to the reporter: what the draft still needs
    JOINED = "joined"  # to the reporter: what was sent went to his report by itself
    PICTURE_BAD = "picture_bad"
    PICTURE_OLD = "picture_old"  # to the sender: is it still like in this picture of a report?
    ASK_KIND = "ask_kind"  # to the reporter, once: rider or resident?
    WITHDRAWN = "withdrawn"  # to the officers: taken back
    REMINDER = "reminder"  # to who is asked, or at it: half of the time has passed, or it has become urgent
    RAISED = "raised"  # to the next level: a deadline has passed
    OVERDUE = "overdue"  # to one person: all that is overdue, in one list
    LATE = "late"  # to the reporter: a deadline has passed, and who has been told
    PAUSED = "paused"  # to the reporter: the officer waits for somebody
    WAIT_OVER = "wait_over"  # to the officer: the clock goes on
    TAKEN_OVER = "taken_over"  # to the officer who had it
    CLOSED = "closed"  # to who has not judged the fix: nobody objected to it
    NOT_FIXED = "not_fixed"  # to the officer who gets it back: why it is not
    OBJECTED = "objected"  # to all others who may judge the fix: somebody says that it is none
    VERDICT = "verdict"  # to the officer who fixed it: what was said of it
    DECIDED = "decided"  # to who may judge the fix: what the lead decided
    TASK = "task"  # to a team or another grid's officers: you are asked to help
    TASK_NEWS = "task_news"  # to the lead: what became of a task
    TASK_SILENT = "task_silent"  # to the lead: nobody takes a task, or who has it cannot be reached
    TASK_OFF = "task_off"  # to those asked, or who accepted: it is no longer needed
    EMERGENCY = "emergency"  # to everybody of the joint command post: the shared live card
    EMERGENCY_OVER = "emergency_over"  # to those who were called
    EMERGENCY_RECORD = "emergency_record"  # to who commands: the record for the file
    DAY_DIGEST = "day_digest"  # to an officer at 8:00: what is open, due today, overdue
    WEEK_DIGEST = "week_digest"  # to a lead on Monday: how last week went
    DISPUTED = "disputed"  # to the officer who called a report false: the reporter objects
    DISPUTE_DECIDED = "dispute_decided"  # to all concerned: what the lead says of a report that was called false
    SUSPENDED = "suspended"  # to a reporter: why nothing of his is filed for a while
    LIFTED = "lifted"  # to him: he may report again
    MERGED = "merged"  # to whoever had to do with a report: it goes on as another one
    POINTS_EARNED = "points_earned"  # to who earned them: what for, and what he has
    POINTS_TAKEN = "points_taken"  # to who had earned them: the report was found false
    POINTS_LAPSE = "points_lapse"  # to who has them: they lapse in a month
    CREDIT_ASKED = "credit_asked"  # to administrators: another wants to give so many points; may he?
    CREDIT_DECIDED = "credit_decided"  # to who wanted it
    LEDGER_WRONG = "ledger_wrong"  # to administrators: the points do not add up
    RIDER_ASKED = "rider_asked"  # to administrators: somebody says that he rides; does he?
    RIDER_DECIDED = "rider_decided"  # to him
    CODE = "code"  # to a resident: the picture and the six digits that a shop takes
    CODE_OVER = "code_over"  # edit that message: taken, given back, or its time is over
    CODE_GONE = "code_gone"  # to the resident: the shop is removed, and the points are back
    SPENT = "spent"  # to the resident: what the shop has taken
    TOOK = "took"  # to who took it: the shop's receipt
    UNDONE = "undone"  # to both: what was taken is given back
    CODES_GUESSED = "codes_guessed"  # to a shop's owners: somebody typed wrong codes, and has to wait
    SHOP_REMOVED = "shop_removed"  # to its people: it takes no points any more
    SHOP_BACK = "shop_back"  # to its people: it takes points again
    SHOP_OVERWRITTEN = "shop_overwritten"  # to its owners: a list has replaced what they changed in chat
    PLACE_ADDED = "place_added"  # to administrators: by a keeper, in chat
    PLACE_REMOVED = "place_removed"  # to its keepers: they need not look after it any more
    SETTLED = "settled"  # to a shop's owners: the sheet of a month
    SETTLED_ALL = "settled_all"  # to administrators: the sheet of all shops
    WARNING = "warning"  # to riders: heat, cold, typhoon, flood, and what is open near them
    WARNING_PROGRESS = "warning_progress"  # edit what its sender sees: sent, failed, left
    PLACE_DOUBTED = "place_doubted"  # to who looks after a place: visitors say that something is not right
    PLACE_SETTLED = "place_settled"  # edit that message: somebody has answered
    PLACE_FAULT = "place_fault"  # to its keepers: a visitor reported something there as broken
    KEEPER_LEFT = "keeper_left"  # to who keeps a place no more, as somebody else said so
    STILL_RIGHT = "still_right"  # to a visitor, a while after he was there: is it as we say?
    LIVE_PLACES = "live_places"  # edit the card of near places that follows somebody while he rides
    SAID = "said"  # a direct answer that Telegram did not take at once, in the words that it had

    @property
    def is_edit(self) -> bool:
        """Whether it only brings an older message up to date, in whatever order; the chat gets no new one."""
        return self in _EDITS


_EDITS = (
    Message.CARD,
    Message.CODE_OVER,
    Message.WARNING_PROGRESS,
    Message.PLACE_SETTLED,
    Message.LIVE_PLACES,
)


class MarkState(StrEnum):
    """What became of an officer's word that a report is false. The last two are the end of it."""

    MARKED = "marked"  # the reporter may dispute it
    DISPUTED = "disputed"  # a lead decides
    CONFIRMED = "confirmed"
    CLEARED = "cleared"


class Deed(StrEnum):
    """What the audit log has lines about."""

    MARKED_FALSE = "marked_false"
    DISPUTED = "disputed"
    UPHELD = "upheld"  # a lead: it was false
    CLEARED = "cleared"  # a lead: it was not
    UNDISPUTED = "undisputed"  # nobody objected in time: it was false
    SUSPENDED = "suspended"
    LIFTED = "lifted"
    SUSPENSION_OVER = "suspension_over"
    MERGED = "merged"  # one report into another
    ROLE_GRANTED = "role_granted"
    POST_GIVEN = "post_given"  # to a lead
    POST_TAKEN = "post_taken"
    INVITE_MADE = "invite_made"
    INVITE_USED = "invite_used"
    OFFICERS_IMPORTED = "officers_imported"
    TEAMS_IMPORTED = "teams_imported"
    SHOPS_IMPORTED = "shops_imported"
    SHOP_REMOVED = "shop_removed"
    SHOP_CHANGED = "shop_changed"  # in chat, by an owner or an administrator
    STAFF_REMOVED = "staff_removed"
    KEEPER_REMOVED = "keeper_removed"  # of a service place
    CODES_GUESSED = "codes_guessed"  # five wrong codes: a pause
    RIDER_REGISTERED = "rider_registered"
    RIDER_REFUSED = "rider_refused"
    MONTH_SETTLED = "month_settled"
    GRID_REMOVED = "grid_removed"
    PLACES_IMPORTED = "places_imported"
    PLACE_ADDED = "place_added"  # in chat
    PLACE_CHANGED = "place_changed"  # by an administrator or a keeper, in chat
    PLACE_REMOVED = "place_removed"
    ACTIVITY_BEGUN = "activity_begun"  # its hours may be earned
    CREDITED = "credited"  # points by hand
    CREDIT_ASKED = "credit_asked"  # so many that a second administrator has to confirm them
    CREDIT_REFUSED = "credit_refused"
    CREDIT_EXPIRED = "credit_expired"  # nobody confirmed them in time
    WARNING_SENT = "warning_sent"  # to riders
    WARNING_STOPPED = "warning_stopped"
