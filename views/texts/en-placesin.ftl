# Places that come in: files, and the form in chat

import-bad-system = “{ $given }” is no system of coordinates; known are { $known }
error-import-no-grids = Please import the grids first: without them nobody knows where the county is.
import-row-no-point = it lies nowhere: its geometry must be a Point, or it needs latitude and longitude
import-row-not-point = a place is a Point, not { $kind }
import-row-zero-coordinates = 0, 0 lies in the Atlantic: this is what devices give that do not know where they are
import-row-bad-degrees = “{ $column }” must be degrees between -{ $most } and { $most }, such as 25.391146, not “{ $value }”
import-row-swapped = { $latitude }, { $longitude } look swapped: the latitude stands in the column of the longitude
import-row-out-of-county = { $latitude }, { $longitude } is outside the county
import-row-other-grid = { $latitude }, { $longitude } is in { $actual }, not in { $code }
import-row-other-grid-or-system = { $latitude }, { $longitude } read as { $said }, as you say, lies in { $actual }, and the row names the grid { $named }. Correct whichever is wrong: the grid, the coordinates, or the system (read as { $system } it lies in { $there }); with the grid left empty it is taken where it lies
error-import-system-in-question = { $count ->
    [one] One entry lies
   *[other] { $count } entries lie
} in the grid, community or town that { $count ->
    [one] it names
   *[other] they name
} only if read as { $system }. So all of this file may be half a kilometre off, and nothing of it was taken. Please say which system it is: --system { $system }, or --system WGS-84 if all is right as it is.
import-row-other-system = { $latitude }, { $longitude } lies in { $actual }, which does not fit “{ $named }”. Read as { $system } it lies in { $there }, which does. If it is { $system }, write that in its column system, or take the file with --system { $system }; if it is right as it is, write which one it is
import-row-unknown-kind = there is no kind “{ $value }” (there are { $allowed }). A new one needs small letters, kind_zh and kind_en
import-row-kind-differs = the kind “{ $value }” has other names in { $where }
import-row-no-picture = there is no picture “{ $value }” in the folder of the file
import-row-bad-picture = “{ $value }” is no picture that can be read (JPEG, PNG or WebP)
import-row-many-pictures = there are too many photos; at most { $most }
import-row-unknown-facility = there is no facility “{ $value }” (there are { $allowed })
import-remark-places-kept = Places not in the file, kept as they are ({ $count }): { $names }
import-remark-places-removed = Places not in the file, removed ({ $count }): { $names }
import-remark-chat-places-kept = Places that were added in chat, kept ({ $count }): { $names }
import-remark-places-elsewhere = Places whose address names another community or town than the one they lie in ({ $count }): { $names }
deed-places_imported = imported places
deed-place_added = added a place
deed-place_changed = changed a place
deed-place_removed = removed a place
told-place-added = 🏠 A keeper has added { $place }: riders find it from now on.
button-newplace-look = 👀 Look at it
told-place-removed = 🏠 { $place } is not in the list any more. You need not look after it; thank you for having done so.

## Adding a place in chat

command-place = add or change a warm station
button-newplace = ➕ Add a place
button-publish = ✅ Publish
button-all-chosen = That is all
button-hours-all = 24 hours
button-hours-day = 8:00–20:00
button-remove-place = 🗑 Remove it
button-remove-place-now = 🗑 Yes, remove it
button-place-field-po = 📍 Pin
button-place-field-ph = 📷 Add a photo
button-place-field-ki = 🏷 Kind
button-place-field-nz = 中 Chinese name
button-place-field-ne = En English name
button-place-field-fa = 🧰 What is there
button-place-field-ho = 🕒 Hours
button-place-field-ac = 🚪 How to get in
button-place-field-te = ☎️ Phone
button-place-field-sp = 🅿️ Spaces
button-place-field-ad = 🏠 Address
button-place-field-pp = 📷 Replace photos
newplace-choose = 🏠 Add a place where people rest, drink, charge or park. To change one, send /place and its code or a part of its name.
newplace-own = 🏠 Which of your places do you want to change? Or add a new one.
newplace-own-none = 🏠 You look after no place just now.
newplace-title = 🏠 <b>A new place</b>
newplace-ask-po = 👉 Send where it is: 📎 → Location. A photo may come first.
newplace-ask-ph = 👉 Send a photo by which people know it again.
newplace-ask-ki = 👉 What kind of place is it?
newplace-ask-nz = 👉 What is it called in Chinese?
newplace-ask-ne = 👉 What is it called in English?
newplace-ask-fa = 👉 What is there? Tap all of it, then “That is all”.
newplace-ask-ho = 👉 When is it open? Tap, or write as you like, for example: Mon-Fri 8:30-18:00, weekend closed
newplace-ask-ac = 👉 How does one get in? For example: Side door, ring the bell. In Chinese, too, on a second line if you like
newplace-ask-te = 👉 Which phone number has it?
newplace-ask-sp = 👉 How many parking spaces has it?
newplace-ask-ad = 👉 What is its address? In Chinese, too, on a second line if you like
newplace-ask-pp = 👉 Send the photo that is to be in place of all others.
newplace-ready = 👉 Is all of it right? Tap what is not.
newplace-line-point = 📍 { $address }
newplace-line-photos = 📷 { $count ->
    [one] 1 photo
   *[other] { $count } photos
}
newplace-line-no-photo = 📷 no photo yet
newplace-line-hours = 🕒 { $hours }
newplace-line-access = 🚪 { $access }
newplace-line-phone = ☎️ { $phone }
newplace-line-spaces = 🅿️ { $count ->
    [one] 1 space
   *[other] { $count } spaces
}
newplace-line-code = { $kind }, { $code }
newplace-edit-how = 👉 Tap what you want to change.
newplace-edit-facilities = 👉 Tap what it has, or has no more.
newplace-ask-remove = Remove { $place } from the list? Nobody will find it any more, and its keepers are told.
newplace-removed = 🗑 { $place } is not in the list any more.
toast-place-added = It is in the list now.
error-place-photo-file = Please send the picture as a photo, not as a file: only then can it be shown with the place.
error-place-no-photo = This is no photo. Please send one, or choose another button above.
error-place-unknown = There is no place “{ $text }”. Try its code or another part of its name.
error-place-not-all-said = Something is still missing; it is asked for above.
error-place-nothing-there = A place must have at least one of these.
error-place-form-over = This form is over. /place begins a new one.

## Hours in words

opening-always = 24 hours
opening-all-day = all day
opening-off = closed
opening-between = ; {""}
opening-list = , {""}
opening-from-to = { $first }–{ $last }
opening-rule = { $days } { $spans }
opening-mo = Mon
opening-tu = Tue
opening-we = Wed
opening-th = Thu
opening-fr = Fri
opening-sa = Sat
opening-su = Sun
opening-wd = working days
opening-ph = public holidays
opening-ny = New Year's Day
opening-sf = Spring Festival
opening-ts = Tomb-sweeping Day
opening-ld = Labour Day
opening-db = Dragon Boat Festival
opening-ma = Mid-autumn Festival
opening-nd = National Day
