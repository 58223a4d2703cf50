# Who looks after a place, and what is true of it now

help-keeper =
    <b>Station keepers</b>
    “🏡 My station” says what is true now: open, closed, full, something broken, each with two taps. There you also change details and get the poster.

key-my-station = 🏡 My station
command-station = My station
stations-mine = 🏠 Which one?
stations-none = You look after no place. An administrator, or another keeper, can send you an invite.
station-ask = 👇 What has changed? If nothing has, tap “All right”.
doubt-broken = { $facility }: broken
doubt-closed = “It is closed.”
doubt-full = “It is full.”
doubt-open = “It is open.”
doubt-room = “It is not full.”
doubt-works = { $facility }: works again, they say
doubt-words = “{ $words }”
button-station-open = 🟢 Open as usual
button-station-closed = ⛔ Closed …
button-station-full = 🟠 Full
button-station-parts = 🔧 Broken, or works
button-station-free = 🅿️ Free spaces
button-all-right = ✅ All right
button-edit-place = 📝 Change details
button-poster = 🖨 Poster
button-keepers = 👥 Keepers
button-change-it = ✏️ What is true now
button-closed-today = For today
button-closed-hours = Until { $until }
button-closed-said = Until I say so
button-works-again = ✅ Works again
button-invite-keeper = ➕ Invite a keeper
ask-closed = ⛔ Closed until when?
ask-facilities = 🔧 Tap what is broken: it becomes a report. Tap ❌ what works again.
station-fault-filed = 🔧 { $facility } is reported as <b>{ $number }</b>, and riders see it. 📷 If you can, send a photo of what is broken: then the officer knows what to bring.
ask-free =
    { $spaces ->
        [one] 🅿️ Is the one space free? 1 is free.
       *[other] 🅿️ How many of the { $spaces } spaces are free?
    }
toast-noted = Noted. Riders see it now.
keepers-title = 👥 <b>Who looks after { $place }</b>
keepers-none = Nobody yet.
invite-place = ➕ The keeper of which place? Send its code, or a part of its name.
invite-place-which = ➕ Which of these?
invite-place-more = There are more: for those, send more of the name.
invite-keeper = ➕ Invite a <b>keeper</b>: { $place }
joined-place = 🏠 { $place }
told-place-doubted = ❓ Visitors say that something is not right here:
told-place-settled = ☑️ Answered. Riders see this:
told-place-fault = 🔧 { $facility } was reported as broken: <b>{ $number }</b>. The grid officer has it, and riders see it here.
told-keeper-left = You do not look after <b>{ $place }</b> any more. Thank you for what you have done.
deed-keeper_removed = let a keeper of a place go
error-no-such-facility = This place does not have that any more. Please open it again.
error-bad-spaces = { $most ->
    [0] This place has no spaces that are counted.
    [one] This place has one space.
   *[other] This place has { $most } spaces.
    }
