# Warm stations and other places

role-keeper = Station keeper
joined-keeper = 🎉 Thank you for looking after this place, { $name }.
first-keeper = 👉 Tap “🏡 My station”: open, closed, full, something broken, each with two taps.
error-place-gone = This place is not there any more. Please look at others nearby.
error-not-keeper = This is not a place that you look after.
