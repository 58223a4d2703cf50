# Warm stations and other places

role-keeper = Station keeper
joined-keeper = 🎉 Thank you for looking after this place, { $name }.
first-keeper = 👉 Tap “🏡 My station”: open, closed, full, something broken, each with two taps.
error-place-gone = This place is not there any more. Please look at others nearby.
error-place-hours = These hours cannot be read: { $text }. For example: 8:00-20:00; Mon-Fri 8:30-18:00, weekend closed; 24 hours.
error-not-keeper = This is not a place that you look after.
