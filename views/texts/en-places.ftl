# Warm stations and other places

role-keeper = Station keeper
joined-keeper = 🎉 Thank you for looking after this place, { $name }.
first-keeper = 👉 Tap “🏡 My station”: open, closed, full, something broken, each with two taps.
privacy-short-keeper = 🔒 We keep your Telegram number, your name and what you look after. Riders see that a keeper said so, and when, but not your name; you do not see who was there.
error-place-gone = This place is not there any more. Please look at others nearby.
error-not-keeper = This is not a place that you look after.
