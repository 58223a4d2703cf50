# Shops: changed in chat, by a list, and at the till

import-remark-chat-kept = Kept as changed in chat ({ $count }; --over-chat replaces it): { $names }
import-remark-chat-replaced = Changed in chat, now as in the file; the owners are told ({ $count }): { $names }
told-shop-overwritten = 🏪 The county's new list of shops has replaced what was changed here for { $shop }: { $what }. If that is wrong, please change it again in “🏪 My shop”, and tell the county.
shop-column-name_zh = Chinese name
shop-column-name_en = English name
shop-column-category = kind of shop
shop-column-address = address
shop-column-latitude = place on the map
shop-column-longitude = place on the map
shop-column-hours = opening hours
shop-column-phone = phone
shop-column-about_zh = what you offer
shop-column-about_en = what you offer
shop-column-meals = rider’s meals a day
shop-column-meal_zh = what the meal is
shop-column-meal_en = what the meal is
shop-column-rate = rate
shop-column-removed = the shop takes points again

error-price-changed = The price has changed: it costs { $points } points now. The shop is shown anew.
error-too-dear = An offer costs { $most } points at most: as much as one payment may be. Send a lower number.
error-nothing-yet = { $month } cannot be settled: the first points of this store moved in { $first }. Is it the right month?
settle-long-over = { $month } ended long ago, and what is settled cannot be changed any more. Settle it?
code-six-digits = 🔢 A code has six digits: please look again. To report something, write a few words or send a photo or place.
error-shop-closed = This shop is closed now and cooks again from { $at }. “🍚 Has meals” shows others.
points-reason-gift = a gift to begin with
told-codes-guessed-admin = ⚠️ { $name } has typed { $wrong } wrong codes in a row and has to wait { $minutes ->
    [one] one minute
   *[other] { $minutes } minutes
}. He works at { $shops }, where no other owner could be told. Ask what happened, if it was no slip.
ask-remove-item = 🗑 Stop offering <b>{ $item }</b>? Codes that are shown for it stay good. Add it again by its name, and stock and limit are as they were.
button-remove-item-now = 🗑 Yes, no longer
ask-remove-staff = ✖ <b>{ $name }</b> works here no more, and can take no more points here?
button-remove-staff-now = ✖ Yes, let go
button-edit-shop = ✏️ Change
button-shop-more = ✏️ Name, place …
button-shop-field-n = Chinese name
button-shop-field-e = English name
button-shop-field-k = 🏷 Kind of shop
button-shop-field-d = 🏠 Address
button-shop-field-o = 📍 Place on the map
button-shop-field-m = 🍚 Meals a day
ask-shop-field-n = What is { $shop } called in Chinese?
ask-shop-field-e = What is { $shop } called in English?
ask-shop-field-k = 🏷 What kind of shop is { $shop }?
ask-shop-field-d = 🏠 What is the address of { $shop }?
ask-shop-field-o = 📍 Where is { $shop }? Send the place with 📎 → Location.
ask-shop-field-m = 🍚 How many rider’s meals does { $shop } have a day? Send a whole number; 0 means none.
own-meals-a-day = 🍚 Rider’s meals a day: { $meals }
button-retire-shop = 🗑 Remove the shop
ask-retire-shop = 🗑 Remove <b>{ $shop }</b> ({ $code })? It takes no points any more, codes that wait go back to the customers, and its people are told. What was taken is settled as usual.
button-retire-shop-now = 🗑 Yes, remove it
shop-retired = 🗑 { $shop } takes no points any more. Its people are told.
rider-asked = 🛵 An administrator is asked to confirm that you ride; then the rider’s meal is yours.
rider-title = 🛵 <b>{ $name }</b> ({ $number }) says: I ride. Platform: { $platform }, team: { $team }. Since { $since }.
rider-waiting = Is that so? Registered riders get one meal each mealtime, to which the county adds.
rider-registered = ✅ Registered as a rider. Confirmed by: { $name }
rider-refused = Not registered. Decided by: { $name }
button-rider-registered = ✅ Register
button-rider-refused = Not a rider
told-rider-registered = 🛵 You are registered as a rider: one meal each mealtime is yours. “🛍 Shops”, then “🍚 Has meals”, shows where there are any.
told-rider-refused = 🛵 It could not be confirmed that you ride, so the rider’s meal is not for you. If that is wrong, tell the county your number: { $number }.
error-rider-waiting = The meal is for registered riders. The administrators are asked to confirm that you ride; you hear it at once.
error-rider-refused = The meal is for registered riders, and it could not be confirmed that you ride. If that is wrong, tell the county.
deed-rider_registered = registered a rider
deed-rider_refused = did not register a rider
