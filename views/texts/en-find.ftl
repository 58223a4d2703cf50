# Looking for warm stations and other places

key-stations = 🏠 Warm stations
command-stations = Rest, water, charging, parking

around-found = 🏠 <b>Nearest to you, open now</b>
around-closed = 😴 <b>None of these is open now.</b> The nearest, with when they open:
around-none = 🔍 <b>There is none like this within 50 km.</b> Ask for less: tap a filter that is ticked.
around-far = 🌊 <b>There is no station within 50 km of this place.</b> Is it where you are? Send it once more.
around-every = 🏠 <b>Nearest to you</b>
stations-wanted = 🔎 { $what }
stations-line = { $at }. { $icon } <b>{ $name }</b>
stations-seen-from = 📍 From where you were at { $at }.
stations-where = 📍 Where are you? Tap “{ $name }” below, or send any place. A live location keeps the list up to date while you ride.
stations-choose = ⚙️ <b>What do you need?</b> Tap, then “Show”.
stations-all-day = 24 hours
stations-always = 🟢 24 hours
stations-until = 🟢 until { $until }
stations-has = { $icons } +{ $more }
stations-confirmed = ✅ { $at }
stations-ride = { $far } 🛵{"\u00A0"}{ $time }
stations-walk = { $far } 🚶{"\u00A0"}{ $time }

button-stations-open = Open now
button-stations-all-day = 24 h
button-stations-more = ⚙️ More…
button-stations-show = 🏠 Show
button-stations-elsewhere = 📍 I moved
draft-what = 📍 <b>Your place has come.</b> What is it about? A photo makes it a report at once.
button-report-here = 📷 Report here
button-stations-here = 🏠 Stations near here
button-stations-again = 🏠 Stations near me
button-amap = 🧭 Amap
button-baidu = 🧭 Baidu

place-always = 🟢 open 24 hours
place-open = 🟢 open
place-open-until = 🟢 open until { $until }
place-full-said = 🟠 full ({ $at }, { $by })
place-full-said-until = 🟠 full, perhaps until { $until } ({ $at }, { $by })
place-closed = 🔴 closed
place-closed-until = 🔴 closed until { $until }
place-closed-said = ⛔ closed until further notice ({ $at }, { $by })
place-closed-said-until = ⛔ closed until { $until } ({ $at }, { $by })
place-confirmed = ✅ confirmed lately
place-confirmed-by = ✅ confirmed { $at } ({ $by })
place-old = 🕸 not confirmed lately
place-doubtful = ❓ visitors say otherwise
place-spaces = { $spaces ->
    [one] { $spaces } space
   *[other] { $spaces } spaces
}
place-free-old = { $spaces ->
    [one] One space; whether it is free, nobody has said lately
   *[other] { $spaces } spaces; how many are free, nobody has said lately
}
place-free = { $free } of { $spaces } free ({ $at }, { $by })
place-broken = 🛠 Not working: { $what }
place-broken-said = 🛠 Not working: { $what } ({ $at }, { $by })
place-has = Here: { $what }
place-hours = 🕒 { $hours }
place-address = 📍 { $address }
place-access = 🚪 { $how }
place-phone = ☎️ { $phone }

voice-keeper = keeper
voice-visitor = visitor
voice-officer = grid officer
voice-admin = administrator
voice-import = county's list
