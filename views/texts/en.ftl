# Warmgrid's English texts. Short, kind, one screen; a button has at most twenty characters.

language-name = English

## Start

welcome = Hello { $name }. <b>Snap &amp; Report</b> sends hazards around you straight to the grid officer's phone: one photo and one place are enough. “🏠 Warm stations” shows where to rest, drink and charge near you.
privacy-short = 🔒 We keep only what you send, your Telegram number and your name, and only to handle your reports. Whoever handles them does not see who you are. You find all of it in Settings, under “Privacy”, and can stop at any time.
welcome-role = Hello { $name }. Your role: <b>{ $roles }</b>.
first-officer = 👉 New reports of your grids come here at once: tap “✅ Accept” first. When it is fixed, tap “☑️ Resolve”, send a photo and tap “📍 I am here”. To go off duty, tap “🟢 Duty”.
first-lead = 👉 Reports that are late are raised to you, with what has happened so far: see that somebody acts. /stats shows how your community does.
first-member = 👉 When your team is asked for help, it comes here at once: tap “✅ Accept”, then “☑️ Done”. Tasks: /tasks.
first-desk = 👉 Reports that no officer can take come here: tap “✅ Accept” first, then find somebody to fix it. “🗂 My cases” lists them at any time.
first-admin = 👉 Begin with “➕ Invite”: let officers and the county desk in. Reports that nobody can take come to you, too.
privacy-short-role = 🔒 We keep your Telegram number, your name and what you do about reports. Reporters learn who handles theirs; no card shows who reported.
privacy-short-shop = 🔒 We keep your Telegram number, your name and what your shop takes. Customers see the name of the shop, not yours; you see their initials.
privacy-long =
    🔒 <b>Privacy</b>

    <b>What is kept:</b> your Telegram number and display name, your language and role, the photos, places and words that you send, and what was done about each report.

    <b>Who sees it:</b> whoever handles a report (a grid officer, the county desk) sees photos, place and what you say, but not your name or account. The bot passes on questions and your answers. Reporters are told the name of who accepted. County administrators may look at records to solve problems.

    <b>Shops:</b> a shop where you pay with points sees how much and your initials, not your name.

    <b>Riders:</b> who says that he rides, and for whom, is shown to the county's administrators with name, platform and team, so that one of them can register him for the rider’s meal.

    <b>Where you are:</b> the last place from where you looked for shops or stations, shared a live location, or reported is kept for 24 hours. It shows what is near you, and warns riders of heat, storm or flood there. At which station you checked in, and who was sent a warning, is kept for 24 hours; then only a count is left.

    <b>Photos:</b> before a photo is passed on, the place, device and other data inside it are removed.

    <b>How long:</b> reports and what was done are kept as the county's records rules say; an unfinished draft is deleted when you tap “Start over”.

    <b>To stop:</b> stop the bot, and we send you nothing more. To see or delete your data, ask the county desk: an administrator will do it.
ask-kind = Are you a rider or a resident? (You can change it in Settings.)
ask-kind-later = Your report is on its way. By the way: are you a rider or a resident? One tap, only if you like.
kind-rider = 🛵 Rider
kind-resident = 🏠 Resident
kind-chosen = Noted: { $kind }.
team-chosen = Noted: { $kind }, { $team }.
ask-platform = Which platform do you ride for? (You may skip this.)
platform-meituan = Meituan
platform-eleme = Ele.me
platform-jd = JD
platform-sf = SF
platform-post = China Post
platform-other = Other
ask-team = Which station or team? Type its name, or tap “Skip”. A hazard always comes first: just send its photo or place.
ready =
    All set. When you see a hazard, send <b>a photo and a place</b>, in any order. With both, it is filed at once.

    👇 The button below sends where you are with one tap.

## Menu

key-report = 📷 Report
key-send-place = 📍 Send my place
key-my-reports = 📋 My reports
key-my-points = 🌟 My points
key-my-cases = 🗂 My cases
key-settings = ⚙️ Settings
key-help = ❓ Help
key-invite = ➕ Invite
key-duty = 🟢 Duty
command-report = Report a hazard
command-reports = My reports
command-points = My points
command-cases = My cases
command-duty = On or off duty, my grids
command-invite = Invite a colleague
command-settings = Language, role, privacy
command-help = How it works

## Buttons

button-privacy = 🔒 Privacy
button-settings = ⚙️ Settings
button-skip = Skip
button-cancel = Cancel
button-back = ‹ Back
button-older = Next ›
button-newer = ‹ Previous
button-no-photo = No photo
button-start-over = 🗑 Start over
button-join = Add to { $number }
button-belongs = Belongs to { $number }
button-new-report = New report
button-second-report = Second report
button-same-report = Same report
button-still-so = Still like this
button-leave-out = Leave it out
button-answer-to = Answer to { $number }
button-ask-about = Ask about { $number }
button-add-words = ✏️ Add details
button-was-hazard = A hazard: report it
button-add-more = ✏️ Add more
button-change-category = 🏷 Change category
button-change-place = 📍 Change place
button-withdraw = ↩️ Withdraw
button-withdraw-yes = Yes, withdraw
button-keep = Keep it
button-my-reports = 📋 My reports
button-accept = ✅ Accept
button-not-mine = ↪️ Not mine
button-navigate = 🧭 Navigate
button-resolve = ☑️ Resolve
button-reject = 🚫 Reject
button-wait = ⏸ Wait
button-clock-on = ▶️ Go on
button-wait-reporter = Reporter: { $span }
button-wait-third_party = Others: { $span }
button-wait-other-reporter = Reporter: other time
button-wait-other-third_party = Others: other time
wait-hours-2 = 2 h
wait-tomorrow = tomorrow 9
wait-hours-24 = 1 d
wait-hours-72 = 3 d
wait-hours-168 = 7 d
wait-hours-720 = 30 d
button-ask = 💬 Ask reporter
button-answer = 💬 Answer
button-reply = 💬 Reply
button-say-more = 💬 Say more
button-go-on = 🟢 Go on duty
button-go-off = 🔴 Go off duty
button-primary = Primary officer
button-deputy = Deputy
primary = primary
deputy = deputy

## Time

time-date = { $day } { $month } { $clock }
time-date-year = { $day } { $month } { $year } { $clock }
month-1 = Jan
month-2 = Feb
month-3 = Mar
month-4 = Apr
month-5 = May
month-6 = Jun
month-7 = Jul
month-8 = Aug
month-9 = Sep
month-10 = Oct
month-11 = Nov
month-12 = Dec
and-more = … and { $count } more

## A report in the making

draft-needs-both = 📝 Send a <b>photo</b> and a <b>place</b>, in any order.
draft-needs-photo = 📝 A <b>photo</b> is still missing.
draft-needs-place = 📝 The <b>place</b> is still missing: tap “📍 Send my place” below, or 📎 → Location to choose a spot.
draft-wait = 📝 Nearly there, one moment.
draft-join = 🤔 Does this belong to <b>{ $number }</b>, which you just filed, or is it another hazard?
draft-answer = 🤔 Is this your answer about <b>{ $number }</b>, or another hazard?
draft-ended = ℹ️ Nothing can be added to <b>{ $number }</b> any more, so what you sent since is a new report.
draft-old = 🤔 This picture was taken <b>{ $when }</b>. Is it still like this?
draft-old-named = 🤔 The picture “{ $name }” was taken <b>{ $when }</b>. Is it still like this?
draft-old-place = 📍 Taken at: { $place }
draft-old-told = 🕒 One picture was taken <b>{ $when }</b>; I ask about it in a moment.
draft-elsewhere =
    { $count ->
        [one] 🤔 One picture was taken <b>{ $far }</b> from here, at { $place }. Is that a second hazard?
       *[other] 🤔 { $count } pictures were taken <b>{ $far }</b> from here, at { $place }. Is that a second hazard?
    }
draft-elsewhere-stays = Without an answer it stays with this report, which is filed at { $at }.
draft-exif-outside = ⬜️ Place: the picture's own is outside the county, so it is not used. Choose the spot: 📎 → Location
draft-place-outside = ⬜️ Place: the one you sent is outside the county, so it is not used. Choose the spot: 📎 → Location
draft-has-photo =
    { $count ->
        [one] ✅ { $count } photo
       *[other] ✅ { $count } photos
    }
draft-no-photo-yet = ⬜️ Photo
draft-without-photo = ✅ No photo
draft-has-place = ✅ Place: { $name }
draft-place-exif = ✅ Place (from the picture): { $place }
draft-no-place-yet = ⬜️ Place
draft-has-files =
    { $count ->
        [one] ✅ { $count } voice message or video
       *[other] ✅ { $count } voice messages or videos
    }
draft-may-ask = 💬 For the reporter of your case? Tap “Ask about …”, and I will pass it on.
draft-reading = ⏳ Reading the picture's own place and time …
draft-thrown-away = Cleared. To report, send a photo or a place at any time.

## Receipt

receipt-title = ✅ <b>Filed: { $number }</b>
receipt-place-exif = 📍 Place taken from the picture: { $place }. Wrong? Tap “Change place”.
receipt-again-photo = 📷 A photo of how it looks now helps: tap “Add details” and send one.
line-category = { $icon } { $category }
line-category-urgent = { $icon } { $category } · <b>urgent</b>
line-grid = 🧩 { $code } { $name }
line-no-grid = 🧩 County desk
next-open = ⏭ It is on the grid officer's phone. You will hear when it is accepted.
next-open-with = ⏭ It is with { $level }. You will hear when it is accepted.
next-accepted = ⏭ { holder } is working on it. You will get a photo when it is fixed.
next-resolved = 🎉 It is fixed. Thank you.
next-rejected = It was not taken on. If things change, report it again.
next-withdrawn = Withdrawn.
next-joined = It belongs to { $number }; all of it is there.
choose-category = What kind is { $number }?
category-changed = Category changed
confirm-withdraw = Withdraw <b>{ $number }</b>? Nobody will work on it then.
toast-joined = Added to { $number }
withdrawn-toast = Withdrawn
words-added = ✅ Added to <b>{ $number }</b>.
place-changed = ✅ The place of <b>{ $number }</b> is changed.
joined-report = ✅ Added to <b>{ $number }</b>.
picture-left-out = All right, that picture is left out of <b>{ $number }</b>.

## My reports

my-reports-title = 📋 <b>My reports</b>
my-reports-none =
    You have not reported anything yet.

    When you see a hazard, send a photo and a place.
my-reports-line =
    { $icon } <b>{ $number }</b> { $category } · { $when }
    　{ $status }
my-reports-open = to be accepted before { $by }
my-reports-accept-late = waiting to be accepted · ⚠️ late
my-reports-accepted = being worked on · before { $by }
my-reports-resolve-late = being worked on · ⚠️ late
my-reports-paused-reporter = being worked on · ⏸ answer needed
my-reports-paused-third_party = being worked on · ⏸ until { $by }
status-open = waiting to be accepted
status-accepted = being worked on
status-resolved = fixed
status-rejected = not taken on
status-withdrawn = withdrawn
details-title = <b>{ $number }</b> · { $status }
event-line = { $when }　{ $what }
details-fix = 💬 From { holder }:
details-more = … { $count } more steps …
event-filed = filed
event-routed-primary = sent to the grid officer
event-routed-deputy = sent to the deputies
event-routed-community = sent to the community's officers
event-routed-lead = sent to the community lead
event-routed-town = sent to the town
event-routed-desk = sent to the county desk
event-declined = passed on
event-accepted = accepted by { holder-role }
event-resolved = fixed
event-rejected = not taken on: { $why }
event-rejected-later = said not to be true after all: { $why }
event-withdrawn = withdrawn by you
event-withdrawn-joined = put with { $number } by you
event-joined = { $number } added to it
event-words_added = words added
event-photos_added = photo or recording added
event-category_changed = category is now { $category }
event-became_urgent = urgent from now on: promised sooner
event-place_changed = place changed
event-asked = asked by { holder-role }
event-answered = you answered
event-said = : “{ $words }”
event-photo_bad = a file was not a picture
event-photo_left_out = an old photo was left out

## Who has it

holder =
    { $role ->
        [desk] { $name } of the county desk
        [admin] administrator { $name }
        [lead] community lead { $name }
        [member] { $name } of the team
       *[officer] grid officer { $name }
    }
holder-role =
    { $role ->
        [desk] the county desk
        [admin] an administrator
        [lead] the community lead
        [member] a member of the team
       *[officer] the grid officer
    }

## Told to reporters

told-accepted = 🛠 <b>{ $number }</b>: { holder } has accepted it and is working on it.
told-reopened = ↪️ <b>{ $number }</b> has been passed on to { $level }. You will hear when it is accepted.
told-resolved = ✅ <b>{ $number }</b> is fixed, thank you.
told-before-after = 📷 Before: photo { $before } · after: photo { $after }
told-more-photos = All photos are under “{ $name }”.
label-before = Before
label-after = After
told-rejected =
    🚫 <b>{ $number }</b> was not taken on.
    Reason: { $why }
told-rejected-later =
    🚫 <b>{ $number }</b> was looked at again: it is said not to be true.
    Reason: { $why }
    If that stands, its points are taken back.
told-question = 💬 From { holder-role } (<b>{ $number }</b>):
told-question-shown = 💬 The above is from { holder-role } (<b>{ $number }</b>).
told-picture-bad = ⚠️ “{ $name }” is not a picture that can be opened, so it was not used. Please send it as a photo instead of a file.
told-picture-old = 🤔 The picture that you added to <b>{ $number }</b> was taken <b>{ $when }</b>. Is it still like this? Nobody sees it until you say so.
told-picture-bad-report = ⚠️ “{ $name }” is not a picture that can be opened, so it was not added to <b>{ $number }</b>. The report goes on; you may send another photo.

## Officers

case-title = 🔔 <b>{ $number }</b>
case-title-urgent = 🚨🚨🚨 <b>URGENT { $number }</b>
case-when = 🕒 Filed { $when }
case-place = 📍 { $name }
case-place-exif = 📍 Place taken from the picture
case-accept-by = ⏳ Please accept by <b>{ $by }</b>
case-accept-soon = ⌛ Please accept by <b>{ $by }</b>: under { $left } left
case-accept-still = ⏳ Was promised by { $promised }: <b>late</b>. Please accept by <b>{ $by }</b>
case-accept-late = ⏳ Was to be accepted by { $by }: <b>late</b>, raised to { $level }
case-accept-late-top = ⏳ Was to be accepted by { $by }: <b>late</b>. It is with { $level }, the last level
case-resolve-by = ⏳ Yours. Please fix it by <b>{ $by }</b>
case-resolve-soon = ⌛ Yours. Please fix it by <b>{ $by }</b>: under { $left } left
case-resolve-late = ⏳ Yours. Was to be fixed by { $by }: <b>late</b>, raised to { $level }
case-resolve-late-top = ⏳ Yours. Was to be fixed by { $by }: <b>late</b>. Nobody is above you: it stays with you
case-taken = 👤 Accepted by { holder }
case-with-others = ↪️ It went to others
case-put-to = ↪️ It is put to { $level }
case-you-decided-decided = ⚖️ You decided: it is fixed
case-you-decided-reopened = ⚖️ You decided: not fixed, back to work
case-you-decided-upheld = ⚖️ You decided: not true
case-you-decided-cleared = ⚖️ You decided: it is true
case-passed-on = ↪️ You passed it on
case-resolved = ✅ Fixed by { holder }
case-rejected-later = 🚫 Said not to be true, after it was fixed: { $why }
case-rejected = 🚫 Not taken on by { holder }: { $why }
case-withdrawn = ↩️ Withdrawn by the reporter
case-joined = ↩️ Put with { $number } by the reporter
case-replaced = ⬇️ The new card of <b>{ $number }</b> is below.
my-cases-title = 🗂 <b>My cases</b> (most pressing first)
my-cases-none = 🗂 No cases now. New reports are pushed to you at once.
my-cases-paused = <i>The clock stands still, by when it goes on:</i>
my-cases-line-open = { $icon } <b>{ $number }</b> { $category } · accept by { $by }
my-cases-line-accepted = { $icon } <b>{ $number }</b> { $category } · fix by { $by }
my-cases-line-late = ‼️ { $icon } <b>{ $number }</b> { $category } · late since { $by }
my-cases-line-paused-reporter = ⏸ { $icon } <b>{ $number }</b> { $category } · waits for the reporter until { $by }
my-cases-line-paused-third_party = ⏸ { $icon } <b>{ $number }</b> { $category } · waits for others until { $by }
ask-why-decline = Why is <b>{ $number }</b> not yours? One tap passes it on.
decline-to-desk = ⚠️ You are the last officer in line: it would go to the county desk.
why-decline-grid = Not my grid
why-decline-duty = Not a grid matter
why-decline-away = I cannot go now
why-decline-other = Another reason
ask-wait = ⏸ Whom does <b>{ $number }</b> wait for, and how long? One tap stops the clock, and the reporter is told; you can go on at any time.
ask-wait-until-reporter = ⏸ Until when does <b>{ $number }</b> wait for its reporter? Write it, such as <b>tomorrow 9:00</b>, <b>12-03</b> or <b>3 days</b>.
ask-wait-until-third_party = ⏸ Until when does <b>{ $number }</b> wait for others? Write it, such as <b>tomorrow 9:00</b>, <b>12-03</b> or <b>3 days</b>.
ask-why-reject = Why is <b>{ $number }</b> not taken on? Tap a reason, or type it. The reporter will see it.
why-reject-none = Nothing found there
why-reject-done = Already handled
why-reject-private = A private matter
why-reject-false = Not true
told-photos = 📷 The reporter adds photos to <b>{ $number }</b>
told-recording = 🎤 The reporter adds a recording to <b>{ $number }</b>
told-words = ✏️ The reporter adds to <b>{ $number }</b>:
told-withdrawn = ↩️ <b>{ $number }</b> was withdrawn by the reporter. Nothing to do.
told-joined = ↩️ <b>{ $number }</b> belongs to <b>{ $older }</b>, and its reporter has put it there. Nothing to do here.
told-answer = 💬 From the reporter (<b>{ $number }</b>):
told-answer-shown = 💬 The above is from the reporter (<b>{ $number }</b>).
told-answer-goes-on = ▶️ The clock goes on: please fix it by { $by }.
toast-accepted = It is yours now
toast-declined = Passed on
toast-waits = Clock paused
toast-goes-on = The clock goes on
toast-rejected = The reporter is told
resolved-done = ✅ <b>{ $number }</b> is fixed; the reporter sees before and after.
rejected-done = <b>{ $number }</b> is not taken on; the reporter sees the reason.
ask-wait-what-for = 💬 <b>{ $number }</b> waits until { $until }. What do you need from the reporter? Your next words, photo or voice message go there as the question.
button-nothing-to-ask = Nothing to ask
waits-no-more = ▶️ <b>{ $number }</b> does not wait any more.
waits-done = ⏸ <b>{ $number }</b> waits until { $until }; the clock is paused.
asked-done = ✅ Passed on to the reporter (<b>{ $number }</b>). The answer will come here.
answered-done = ✅ Passed on to whoever handles it (<b>{ $number }</b>).
duty-on = 🟢 You are <b>on duty</b>: reports of your grids are pushed to you.
duty-off = 🔴 You are <b>off duty</b>: new reports go to other officers.
duty-grid = 🧩 { $code } { $name } ({ $rank })
duty-no-grid = You have no grid yet; please ask an administrator.
toast-on-duty = On duty
toast-off-duty = Off duty

## Waiting for something

prompt-resolve = 📷 Send a <b>photo of the fix</b> ({ $number }); you may add words as its caption.
prompt-resolve-words = 📷 Now send a <b>photo of the fix</b> ({ $number }).
prompt-resolve-photo-only = 📷 { $number } still waits for a <b>photo of the fix</b>: a video, a voice message or a file that is no picture will not do.
prompt-ask = 💬 What do you want to ask the reporter? Words, a photo, a voice message: I will pass it on ({ $number }).
prompt-answer = 💬 Your answer? Words, a photo, a voice message, a place: I will pass it on ({ $number }).
prompt-words = ✏️ What do you want to add? Send words, a photo or a voice message ({ $number }).
prompt-place = 📍 Send the right place ({ $number }): 📎 → Location, choose the spot.
cancelled = Cancelled.
toast-cancelled = Cancelled

## Settings

settings-title = ⚙️ <b>Settings</b>
settings-kind = You are: { $kind }
settings-no-kind = Rider or resident? One tap below says it.
settings-rider = Platform: { $platform } · team: { $team }
settings-role = Role: { $roles }
settings-duty =
    { $on ->
        [true] Duty: 🟢 on
       *[other] Duty: 🔴 off
    }
language-chosen = ✅ English from now on.
between = {", "}

## Help

help-reporter =
    <b>How to report</b>
    1. Send a photo (or several; as files works, too)
    2. Send the place: “📍 Send my place”, or 📎 → Location
    In any order. With both it is filed at once, and you get a number.

    You hear here what happens; “📋 My reports” shows it at any time.
    “🏠 Warm stations” finds water, charging, a toilet, a place to rest or park near you. Or just write: parking near me.
    If lives are in danger, first call <b>119 / 110 / 120</b>.
help-officer =
    <b>Handling reports</b>
    New reports are pushed to you: tap “Accept”, go and fix it, then tap “Resolve” and send a photo and your place.
    Not yours? “Not mine” passes it on. No case at all? “Reject”, with a reason.
    “Ask reporter” passes on your question. “Wait” stops the clock. “Bring in others” asks a team or the next grid.
    What you do not see after “Accept” is behind “More”.
    “🗂 My cases” lists the most pressing first.
help-lead =
    <b>Leads</b>
    What is late is raised to you: “Accept” takes it over. What a reporter does not agree with, you decide.
    “🗂 My cases” has what waits for you, “📊 Evaluation” how each grid is doing.
help-admin =
    <b>Administrators</b>
    “➕ Invite” makes a link that works once, within seven days: send it to the person, who only has to open it. One link may be for several grids.
    /audit shows what was done to people and their reports. /lift lets somebody report again who was suspended.
    /place adds or changes a warm station, /usage shows how much they are used, /warn warns riders of heat, cold, typhoon or flood.

## Invites

role-officer = Grid officer
role-desk = County desk
role-lead = Community lead
role-admin = Administrator
invite-choose = Who is to join?
invite-rank = As primary officer or as deputy?
invite-grid = As { $rank } of which grid? Send its code, such as DY-001-01, or several with spaces between them.
invite-title = 🔗 Invite: { $role }
invite-title-ranked = 🔗 Invite: { $role } ({ $rank })
invite-meant-for = 👤 For <b>{ $name }</b> of the imported list: whoever opens it gets all that { $name } looks after.
invite-link =
    { $url }

    It works once, until { $until }. Pass it on to the person.
joined-officer = 🎉 Welcome, { $name }. You are now a <b>grid officer</b>, on duty.
joined-desk = 🎉 Welcome, { $name }. You are now the <b>county desk</b>.
joined-lead = 🎉 Welcome, { $name }. You are now a <b>community lead</b>.
joined-admin = 🎉 { $name }, you are now an <b>administrator</b>.

## When something cannot be done

error-unknown = Something went wrong. Please try again.
error-set-aside = ⚠️ Something went wrong with this message. It is kept under <b>{ $code }</b> and will be seen to; please tell an administrator this code.
error-not-allowed = You are not allowed to do this.
error-no-evaluation = The evaluation is for community leads, the county desk and administrators. If you are one, ask an administrator for an invite link.
error-no-emergency = Officers (for their reports), the county desk and administrators call emergencies. In danger, call 119 fire, 110 police, 120 ambulance; then report it here.
error-no-such-command = There is no command { $command }. /help shows what there is.
error-no-such-report = There is no such report, or you may not see it.
error-already-accepted = Accepted already, by { holder }.
error-already-yours = It is yours already.
error-not-offered = It has gone to others.
error-last-in-line = You are the last in line; there is nobody to pass it to. Please accept it and arrange it by telephone.
error-report-ended = This one is over and cannot be changed.
error-too-late = It has been accepted, so this cannot be changed. “Add details” still works.
error-talk-over = { $number } is over, so nothing more is passed on. If things change, report it again.
error-nobody-to-answer = { $number } is being passed on. Once somebody has accepted it, I can pass on messages again. To add something, tap “Add details”.
error-not-possible = This cannot be done now.
error-outside = ⚠️ This place is outside the county, so it was not used. Use 📎 → Location and choose the spot on the map.
error-bad-place = ⚠️ This place cannot be right; the phone may not know yet where it is. Send it again, or choose the spot with 📎 → Location.
error-no-words = There are no words in it. Please type them.
error-bad-time = I cannot read that as a time. Write it like tomorrow 9:00, 12-03 or 3 days.
error-time-over = That time is over. Write one that is to come, like tomorrow 9:00.
error-waits-too-long = { $days ->
    [0] This one may wait for { $hours } hours at a time. Write it like 2 hours.
   *[other] This one may wait for { $days } days at a time. Write it like 2 days.
}
error-words-too-long = Too long: at most { $most } characters. Please send it in parts.
error-too-many-photos = A report takes at most { $most } photos; this one was not added.
error-file-too-large = ⚠️ The file is over { $megabytes } MB and cannot be taken. Send it as a photo instead of a file.
error-nothing-to-add = That step is over. To report, send a photo or a place.
error-question-over = That question is over. Nothing you sent is lost: see the newest message below, or “{ key-my-reports }”.
error-invite-unknown = This invite link is not valid. Please ask an administrator for another.
error-invite-own = This link is for somebody else: please forward it. It is still good.
error-invite-used = This invite link has been used. Please ask an administrator for another.
error-invite-expired = This invite link has expired. Please ask an administrator for another.
error-no-such-grid = There is no grid “{ $code }”, so no link was made. Please check, and send all the codes again.
error-not-officer = You are not an officer. Please ask an administrator for an invite link.
error-unsupported = I cannot use { $what } here. You can send photos, a place, words, voice messages and videos.
error-unsupported-file = I cannot use the file { $name } here. You can send photos (also as image files), a place, words, voice messages and videos. Of what is in a document or a table, a photo or screenshot will do.
error-unsupported-lists = Lists of grids, officers, leads, teams or shops are taken on the machine that runs me: <b>warmgrid import</b>.
error-old-button = This button no longer works.
error-too-fast = ⏳ That was very fast, so your last messages were not taken; what came before is kept. Please wait { $seconds } seconds, then send them again.
what-sticker = a sticker
what-animation = an animation
what-audio = an audio file
what-document = a file
what-contact = a contact
what-poll = a poll
what-video_note = a video message
what-dice = a roll of the dice
what-other = something

## The command line: import

import-progress = Importing { $file }
import-done = { $file }: { $added } added, { $updated } updated, { $unchanged } unchanged.
import-refused = { $file }: nothing was taken. { $count ->
    [one] One entry is bad:
   *[other] { $count } entries are bad:
}
import-refused-hint = Mend the file, or take only the good entries with --skip-bad.
import-skipped = { $count ->
    [one] One entry was left out:
   *[other] { $count } entries were left out:
}
import-at = { $where }: { $problem }
import-where-line = line { $number }
import-where-row = row { $number }
import-where-feature = feature { $number }
import-store-unavailable = The store cannot be written to at the moment: { $problem }

error-import-refused = Nothing was taken: { $count ->
    [one] one entry is bad.
   *[other] { $count } entries are bad.
}
error-import-missing-columns = Nothing was taken: the file lacks these columns: { $columns }
error-import-no-rows = Nothing was taken: the file has no entries.

## The file as a whole

import-file-missing = The file cannot be opened: { $problem }
import-file-suffix = Expected a file that ends in .geojson, .json, .csv or .xlsx, not { $suffix }
import-file-too-large = The file is too large; at most 200 MB can be read.
import-file-empty = The file is empty.
import-file-truncated = The file ends too early: it seems to have been cut off. Copy or save it again.
import-file-not-geojson = This is not GeoJSON: line { $line } cannot be read.
import-file-not-collection = This is not a GeoJSON FeatureCollection.
import-file-not-csv = This is not a CSV file in UTF-8 or GB 18030.
import-file-not-xlsx = This is not an Excel workbook, or it is damaged.
import-file-old-excel = This is an old or protected Excel workbook. Save it as .xlsx without a password.
import-file-column-twice = The column “{ $column }” is there twice.

## One entry

import-row-no-value = “{ $column }” is empty
import-row-too-many-values = there are more values than columns, beginning with “{ $value }”
import-row-too-long = “{ $column }” is too long; at most { $most } characters
import-row-bad-number = “{ $column }” must be a whole number from 0 to { $most }, not “{ $value }”
import-row-bad-word = “{ $column }” must be one of { $allowed }, not “{ $value }”
import-row-bad-code = the code “{ $value }” must have no spaces, commas or semicolons
import-row-code-twice = the code { $code } is already used in { $where }
import-row-no-outline = the grid has no outline
import-row-not-polygon = the outline must be a Polygon or MultiPolygon, not { $kind }
import-row-bad-outline = the outline cannot be read; each ring needs four or more pairs of longitude and latitude
import-row-invalid-outline = the outline is not valid near { $place }: it crosses or touches itself, or a hole lies outside
import-row-bad-coordinates = { $longitude }, { $latitude } is not a place in degrees, longitude first (WGS-84)
import-row-overlap = { $code } overlaps { $other } by { $area } m²
import-row-overlap-kept = { $code } overlaps { $other } by { $area } m²; { $other } is in the store and this file does not change it
import-row-bad-phone = “{ $value }” is not a phone number
import-row-phone-twice = the phone { $phone } is already used in { $where }
import-row-unknown-grid = there is no grid { $code }
import-row-grid-twice = the grid { $code } is named twice
import-row-duties-uneven = { $duties } duties for { $grids } grids; give one for each, or one for all
import-row-other-community = none of the grids is in { $community }; they are in { $actual }
import-row-second-primary = { $code } already has a primary officer in { $where }

## Worth knowing afterwards

import-remark-grids-kept = Not in the file, kept as they are ({ $count }): { $names }
import-remark-officers-kept = Officers not in the file, kept with their grids ({ $count }): { $names }
import-remark-now-deputy = Now deputies where the file names another primary ({ $count }): { $names }
import-remark-no-primary = Grids without a primary officer ({ $count }): { $names }

## The clock

level-primary = the grid officer
level-deputy = the deputies
level-community = the community's officers
level-lead = the community lead
level-town = the town
level-desk = the county desk
level-admin = an administrator
level-you = you

told-reminder-open = ⏰ Nobody has accepted <b>{ $number }</b> yet. Please accept it by { $by }.
told-reminder-accepted = ⏰ Half of the time for <b>{ $number }</b> has passed. Please fix it by { $by }.
told-reminder-urgent = 🚨 <b>{ $number }</b> has become <b>urgent</b>. Please fix it by { $by }.
told-reminder-urgent-late = 🚨 <b>{ $number }</b> has become <b>urgent</b>, and is overdue since { $by }. Please fix it as soon as you can.
told-reminder-took-in = 🔗 <b>{ $other }</b> goes on in <b>{ $number }</b>, which you have. Please fix it by { $by }.
told-reminder-took-in-late = 🔗 <b>{ $other }</b> goes on in <b>{ $number }</b>, which you have: it is overdue since { $by }. Please fix it as soon as you can.
told-reminder-waited = ▶️ It does not wait any more: the clock goes on.
told-reminder-review = ⏰ <b>{ $number }</b> still waits for your decision.
told-reminder-late-open = 🔺 <b>{ $number }</b> was to be accepted by { $by } and has been raised to { $level }. You can still accept it.
told-reminder-late-review = 🔺 <b>{ $number }</b> was to be decided by { $by } and has been raised to { $level }. You can still decide.
told-reminder-late-accepted = 🔺 <b>{ $number }</b> is overdue: it was to be fixed by { $by }. It has been raised to { $level }. Please fix it as soon as you can.
told-reminder-late-paused = 🔺 <b>{ $number }</b> is overdue: it was to be fixed by { $by }. It has been raised to { $level }. It waits until { $until }.
overdue-title = 🔺 <b>Overdue: { $count }</b>. Please act:
overdue-line-open = { $icon } <b>{ $number }</b> { $category } · to be accepted by { $by }
overdue-line-accepted = { $icon } <b>{ $number }</b> { $category } · to be fixed by { $by }
overdue-line-review = { $icon } <b>{ $number }</b> { $category } · waits for your decision
overdue-line-task = 🤝 <b>{ $number }</b> { $name } · waits for your answer
overdue-line-task-given = 🔕 <b>{ $number }</b> { $name } · nobody has taken it
overdue-more = And { $count } more: see “My cases”.
overdue-more-tasks = And { $count } more tasks that nobody has taken.
told-late-open = ⚠️ Sorry: nobody accepted <b>{ $number }</b> by { $by }. It is now with { $level }. You will hear when it is accepted.
told-late-open-top = ⚠️ Sorry: nobody accepted <b>{ $number }</b> by { $by }. It is with { $level }, the last level. You will hear when it is accepted.
told-late-accepted = ⚠️ Sorry: <b>{ $number }</b> was not fixed by { $by }. It has been raised to { $level }. You will hear when it is fixed.
told-late-accepted-top = ⚠️ Sorry: <b>{ $number }</b> was not fixed by { $by }. It stays with { holder }, as nobody is above. You will hear when it is fixed.
told-late-paused-reporter = ⚠️ Sorry: <b>{ $number }</b> was not fixed by { $by }. Now your answer is needed to go on; we wait for it until { $until }.
told-late-paused-third_party = ⚠️ Sorry: <b>{ $number }</b> was not fixed by { $by }. Now others have to help; work goes on by { $until }.
late-title = ⚠️ Sorry: <b>{ $count } of your reports</b> are late. You will hear of each as soon as something happens:
late-line-open = { $icon } <b>{ $number }</b> { $category } · not accepted by { $by }, now with { $level }
late-line-open-top = { $icon } <b>{ $number }</b> { $category } · not accepted by { $by }, with { $level }, the last level
late-line-accepted = { $icon } <b>{ $number }</b> { $category } · not fixed by { $by }, raised to { $level }
late-line-accepted-top = { $icon } <b>{ $number }</b> { $category } · not fixed by { $by }, with { holder }, nobody above
late-line-paused-reporter = { $icon } <b>{ $number }</b> { $category } · not fixed by { $by }, waits for your answer until { $until }
late-line-paused-third_party = { $icon } <b>{ $number }</b> { $category } · not fixed by { $by }, waits for others until { $until }
late-more = And { $count } more: see “My reports”.
list-replaced = ⬇️ There is a newer list below.
list-done = ✅ <b>Nothing is left of this list:</b>
list-line-done = <s><b>{ $number }</b> { $category }</s> · { $status }
list-with-others = with others now
told-paused-reporter = ⏸ <b>{ $number }</b>: your answer is needed; we wait for it until { $until }.
told-paused-unasked = ⏸ <b>{ $number }</b>: we need something from you, and wait until { $until }. The question comes by itself; if none comes, ask back with “Answer”.
told-paused-third_party = ⏸ <b>{ $number }</b>: others have to help; work goes on by { $until }.
told-wait-over = ▶️ The wait for <b>{ $number }</b> is over and the clock goes on: please fix it by { $by }.
told-wait-ended = ▶️ The wait for <b>{ $number }</b> was ended from above and the clock goes on: please fix it by { $by }.
told-overdue-waits = ⏸ <b>{ $number }</b> is overdue, and now it waits. You can let the clock go on.
told-taken-over = { $name } has taken over <b>{ $number }</b>; there is nothing left to do for you.
told-closed = ✅ <b>{ $number }</b> is closed. If things get bad again, report it again. Thank you.

status-review = under review
status-closed = closed
status-merged = merged

event-reminded = reminder sent
event-raised = late: raised to { $level }
event-taken_over = taken over by the next level
event-paused-reporter = waiting for your answer; the clock is paused
event-paused-third_party = waiting for others; the clock is paused
event-resumed = work goes on
event-closed = closed

promise-by = { $by }
promise-by-office-hours = { $by } (office hours)
promise-open = ⏱ Promised: accepted by { $by }, fixed by { $fixed }
promise-accept-late = ⚠️ Was to be accepted by { $by }: late, now with { $level }
promise-accept-late-top = ⚠️ Was to be accepted by { $by }: late, with { $level }, the last level
promise-accepted = ⏱ Promised: fixed by { $by }
promise-resolve-late = ⚠️ Was to be fixed by { $by }: late, raised to { $level }
promise-resolve-late-top = ⚠️ Was to be fixed by { $by }: late, with { holder }, nobody above
promise-paused-reporter = ⏸ Waiting for your answer, until { $by } at most
promise-paused-third_party = ⏸ Waiting for others; work goes on by { $by }

case-raised = 🔺 { $name } has accepted it and was to fix it by { $by }: <b>late</b>. Chase it, or take it over.
case-raised-reporter = 🔺 { $name } was to fix it by { $by }: <b>late</b>. Now it waits for the reporter, until { $until }.
case-raised-third_party = 🔺 { $name } was to fix it by { $by }: <b>late</b>. Now it waits for others, until { $until }.
case-paused-reporter = ⏸ Yours, waiting for the reporter; the clock goes on at { $until }
case-paused-third_party = ⏸ Yours, waiting for others; the clock goes on at { $until }
case-review = ⚖️ Waits for a decision
case-closed = ✅ Closed
case-closed-unopposed = ✅ Closed, nobody objected
case-merged = 🔗 Merged
button-take-over = 🙋 Take over
next-review = ⚖️ It is for { $level } to decide. You will hear at once.
next-closed = ✅ Closed.
next-merged = 🔗 It goes on in another report of the same thing.

## Evaluation

key-stats = 📊 Evaluation
command-stats = How well promises are kept
time-day = { $day } { $month } { $year }
time-day-brief = { $day } { $month }
lasting-less = under 1 min
lasting-minutes = { $minutes } min
lasting-hours = { $hours } h
lasting-days = { $days } d
list-comma = {", "}
yes = yes
no = no
button-day = A day
button-week = A week
button-month = A month
button-earlier = ‹ Earlier
button-later = Later ›
button-by-grid = By grid
button-by-community = By community
button-by-officer = By officer
button-by-category = By category
button-everything = 📋 Total
button-view = 🔀 View…
button-chart = 🖼 Chart
button-excel = 📄 Excel
stats-title-grid = 📊 <b>Evaluation by grid</b>
stats-title-community = 📊 <b>Evaluation by community</b>
stats-title-officer = 📊 <b>Evaluation by officer</b>
stats-title-category = 📊 <b>Evaluation by category</b>
stats-group-title = 📊 <b>{ $name }</b>
stats-behind-title = 📊 <b>{ $figure }</b> · { $name }
stats-when = { $period } · all of the county
stats-when-where = { $period } · { $places }
stats-days = { $first } – { $last }
stats-everything = All together
stats-nobody = Not accepted by anybody
stats-gone = Withdrawn or merged before
stats-no-grid = Outside of all grids
stats-choose = By what, and how long?
stats-none = Nothing was reported in this time.
stats-none-behind = No reports here.
stats-number = { $count ->
    [one] <b>One report</b>
   *[other] <b>{ $count } reports</b>
}
stats-accepted = 🙋 Accepted on time: <b>{ $share }</b>
stats-resolved = 🛠 Fixed on time: <b>{ $share }</b>
stats-once = took { $time }
stats-half = half within { $time }
stats-most = nine in ten within { $time }
stats-longest = the longest { $time }
stats-reopened = ↩️ Reopened: <b>{ $count }</b>
stats-rating = ⭐ <b>{ $mean }</b> of 5 ({ $count ->
        [one] { $count } rating
       *[other] { $count } ratings
    })
stats-group-rank = <b>{ $rank }.</b> { $name } · { $count }
stats-group-small = • { $name } · { $count } (few)
stats-group-rest = • { $name } · { $count }
stats-group-shares = 🙋 { $accepted } 🛠 { $resolved }
stats-group-shares-times = 🙋 { $accepted } 🛠 { $resolved } ⏱ { $times }
stats-note-ranked = Ranked by promises kept.
stats-note = ⏱ half accepted / fixed within
stats-note-small = (few): fewer than { $count } reports that count, so not ranked.
stats-line = { $icon } <b>{ $number }</b> { $category } · { $what }
stats-line-not-yet = not yet
stats-line-reopened = { $count ->
    [one] reopened once
   *[other] reopened { $count } times
}
stats-open-figure = { $figure }: { $count }
figure-number = Reports
figure-accepted-late = Late accepts
figure-accepted = Accept times
figure-resolved-late = Late fixes
figure-resolved = Fix times
figure-reopened = Reopened
figure-rated = Rated
stats-file = 📄 <b>Evaluation</b>
stats-file-cut = The list has the newest reports; <code>warmgrid export evaluation</code> lists all.
chart-title-grid = Evaluation by grid
chart-title-community = Evaluation by community
chart-title-officer = Evaluation by officer
chart-title-category = Evaluation by category
chart-accepted = accepted on time
chart-resolved = fixed on time
chart-count = { $count ->
    [one] 1 report
   *[other] { $count } reports
}
chart-small = Hatched: fewer than { $count } reports that count, so not ranked.
chart-more = { $count ->
    [one] One more is in the Excel file.
   *[other] { $count } more are in the Excel file.
}
sheet-grid = Grids
sheet-community = Communities
sheet-officer = Officers
sheet-category = Categories
sheet-reports = Reports
column-rank = Rank
column-name = Name
column-number = Reports
column-accept-due = Acceptances due
column-accept-kept = of these on time
column-accept-share = Accepted on time
column-accept-p50 = Half accepted within (min)
column-accept-p90 = 9 in 10 accepted within (min)
column-resolve-due = Fixes due
column-resolve-kept = of these on time
column-resolve-share = Fixed on time
column-resolve-p50 = Half fixed within (h)
column-resolve-p90 = 9 in 10 fixed within (h)
column-reopened = Reopened
column-rating = Stars
column-ratings = Ratings
column-report = Report
column-filed = Filed
column-category = Category
column-status = Status
column-community = Community
column-grid = Grid
column-officer = Officer
column-counts-for = Counts for
column-accept-minutes = Accepted after (min)
column-resolve-hours = Fixed after (h)
error-no-post = Nobody has said yet of which community you are the lead. Please ask an administrator.
error-cannot-make = That could not be made just now. Please try again in a minute.
export-done = { $file }: { $count ->
    [one] one report
   *[other] { $count } reports
}
export-cannot-write = { $file } cannot be written: { $problem }
system-says = { $why ->
    [ENOENT] there is no such file or folder
    [EACCES] that is not permitted
    [EPERM] that is not permitted
    [EISDIR] it is a folder
    [ENOTDIR] a part of its path is no folder
    [ENOSPC] the disk is full
    [EROFS] the disk is read-only
   *[other] { $problem }
}
export-not-xlsx = The file must end in .xlsx
export-backwards = --from must not be after --to

## Digests

digest-title = ☀️ <b>Good morning.</b> Your cases today:
digest-title-late = 🗂 <b>Your cases today:</b>
digest-counts = Open: <b>{ $open }</b> · due today: <b>{ $today }</b> · overdue: <b>{ $overdue }</b>
digest-nothing = ☀️ Nothing is open with you. On other days you hear only when something is.
digest-week-title = 📊 <b>Last week</b>
digest-week-before = The week before: accepted on time { $accepted }, fixed on time { $resolved }
digest-week-open = Open now: <b>{ $open }</b>, overdue: <b>{ $overdue }</b>
digests-title = 🗞 <b>What comes by itself</b>
digests-day = Every morning at 8:00, while you have open cases: what is open, due today, overdue. On Mondays also that nothing is. <b>{ $on ->
    [true] On
   *[false] Off
}</b>
digests-week = Mondays at 8:00: how last week went in your communities. <b>{ $on ->
    [true] On
   *[false] Off
}</b>
button-digests = 🗞 Digests
button-day-off = Daily: turn off
button-day-on = Daily: turn on
button-week-off = Weekly: turn off
button-week-on = Weekly: turn on
button-cases = 🗂 My cases
button-stats = 📊 Evaluation
toast-digest-on = You will get it.
toast-digest-off = It will not come any more.
event-reopened = not fixed: back to work

## Proof of a fix

key-here = 📍 I am here
key-no-place = No place
apart-metres = { $count } m
apart-kilometres = { $count } km
proof-place = 📷 Got it. Now your place: tap “📍 I am here” below ({ $number }).
proof-photo = 📍 Got it. Now send a <b>photo of the fix</b> ({ $number }).
proof-words = ✏️ Your words go with it; the reporter reads:
button-drop-words = Leave words out
proof-why-far = 📍 You are <b>{ $far }</b> from the report ({ $number }). Why? Tap one, or type it; or send your place again from there.
proof-why-no-place = Why without a place ({ $number })? Tap one, or type it; or send your place after all.
proof-over = That step is over. Tap “Resolve” on the report's card to begin again.
menu-back = Here is the menu again.
why-proof-elsewhere = Sent it later
why-proof-place = Report's place wrong
why-proof-gps = No GPS here
proof-by-picture = 📍 The place is the picture's own, { $far } from the report.
proof-near = 📍 { $far } from the place
proof-far = 📍 { $far } from the place: { $why }
proof-looks-same = ⚠️ The picture of the fix is the same as before
proof-without-place = 📍 no place: { $why }
also-ask = You have more at the same place. Is it fixed, too? The proof of { $number } then counts for both.
also-done = ✅ Also fixed: { $numbers }
also-other = { $icon } { $number } is another kind: { $category }
button-also = { $number } ({ $far })
button-also-all = All { $count } are fixed
toast-also = Noted
line-affected = 👥 { $count } people affected
error-has-another = It is with { holder } now.
error-fixed-by-another = { holder } has fixed it already.
error-already-fixed = You have said already that it is fixed.
error-too-far = Your place is not at the report. Please say why.
error-no-proof = A photo of the fix is needed.
error-same-as-before = That is the picture from before the fix. Please send one of how it is now.
error-picture-too-old = That picture was taken before the report was accepted. Please send one of how it is now.
error-proof-too-old = That fix is too long ago to count for another report. Please resolve this one by itself.

## The verdict on a fix

button-fixed = 👍 Fixed
button-not-fixed = 👎 Not fixed
button-back-to-work = ↩️ Back to work
button-again = 🔁 It broke again
button-again-too = 🙋 Here too
verdict-ask = 👇 Is it really fixed? If nobody answers, it closes { $by }.
verdict-fixed = 👍 You said: fixed.
verdict-rate = How well was it done? Stars, if you like:
verdict-stars = You gave { $stars } of 5 stars. Another number changes it.
verdict-back-to-work = ↩️ It was not: it is back at work. You will hear when it is fixed.
verdict-again = 🔁 It broke again: { $number }
verdict-objected = Thank you, that is noted ({ $number }).
ask-why-not-fixed = What is wrong with <b>{ $number }</b>? Tap one, type it, or send a photo.
why-not-fixed-still = Still there
why-not-fixed-partly = Only partly fixed
why-not-fixed-place = Wrong place
why-not-fixed-worse = It got worse
why-not-fixed-shown = see the photo
toast-fixed = Thank you
toast-rated = Thanks for rating
toast-not-fixed = Passed on, thank you
toast-again = Filed as { $number }
toast-again-too = You are with { $number } now
toast-decided = Decided; all are told
told-was-resolved = The officer reported that <b>{ $number }</b> is fixed.
told-not-fixed = 👎 <b>{ $number }</b> is not fixed, and yours again. Please fix it by { $by }.
line-not-fixed = 👎 { $why }
told-verdict-resolved = 👍 <b>{ $number }</b>: somebody confirms that it is fixed.
told-verdict-closed = 👍 <b>{ $number }</b> is confirmed as fixed, and closed. Well done.
told-verdict-review = 👎 <b>{ $number }</b> is said once more not to be fixed. A lead decides.
told-verdict-others = 👎 <b>{ $number }</b> is not fixed. It has gone to others.
told-objected = 👎 <b>{ $number }</b>: somebody says that it is not fixed yet. It is back at work; you will hear when it is.
told-objected-review = 👎 <b>{ $number }</b>: somebody says once more that it is not fixed. A lead decides; you will hear.
told-decided-fixed = ⚖️ <b>{ $number }</b> was looked at: it is fixed, and closed.
told-decided-back = ⚖️ <b>{ $number }</b> was looked at: it is not fixed, and back at work. You will hear when it is.
told-decided-by-others-fixed = ⚖️ <b>{ $number }</b> has been decided by others: it is fixed.
told-decided-by-others-back = ⚖️ <b>{ $number }</b> has been decided by others: it is not fixed and goes back to work.
told-decided-by-others-false = ⚖️ <b>{ $number }</b> has been decided by others: it was false.
told-decided-by-others-true = ⚖️ <b>{ $number }</b> has been decided by others: it is true and goes on.
case-decide = ⚖️ Said once more not to be fixed: please decide. Is it?
my-cases-line-review = ⚖️ { $icon } <b>{ $number }</b> { $category } · decide by { $by }
line-follows = 🔁 { $count ->
    [1] It broke again: first { $numbers }
   *[other] It broke again, { $count } times before: { $numbers }
}
event-judged = confirmed as fixed
event-reopened-why = not fixed ({ $why }): back to work
event-reopened-decided = decided: not fixed, back to work
event-reviewed = not fixed ({ $why }): a lead decides
event-decided = decided: fixed, closed
event-again = broke again: { $number }
error-already-judged = You have said so already. Thank you.
error-newer-fix = There is a newer fix of { $number }: its card is below, please use its buttons.
error-back-at-work = { $number } is back at work. You will be asked again when it is fixed.
error-verdict-over = { $number } is closed already. If it broke again, tap “It broke again”.
error-disputed = A lead decides about { $number } already. You will hear at once.
error-too-late-for-again = That was over { $days } days ago. Please report it anew: a photo and a place.

## Points

told-points-earned =
    🌟 { $points ->
        [one] <b>+1</b> point
       *[other] <b>+{ $points }</b> points
    }
told-points-none = 🌟 No points this time.
told-points-taken =
    ↩️ { $points ->
        [one] <b>−1</b> point
       *[other] <b>−{ $points }</b> points
    }: { $number } was found not to be true.
told-points-lapse =
    ⏳ From { $day } on, { $points ->
        [one] one of your points lapses
       *[other] { $points } of your points lapse
    }. Spend what you like to use before.
told-ledger-wrong =
    🚨 <b>The points do not add up</b>: { $count ->
        [one] one thing is wrong
       *[other] { $count } things are wrong
    } in the books.
ledger-whom-person = person { $number }
ledger-whom-shop = shop { $code } { $name }
ledger-whom-common = the county’s own accounts
ledger-whom-more = { $who } and others
ledger-wrong-record = · Written records changed or missing, { $count } ×: { $who }
ledger-wrong-balance = · What is there is not what was earned and spent, { $count } ×: { $who }
ledger-wrong-books = · A shop’s books and its account differ, { $count } ×: { $who }
ledger-wrong-code = · A code at the till and the points put aside for it do not fit, { $count } ×: { $who }
ledger-wrong-do =
    Please change nothing by hand. Ask whoever runs Warmgrid to keep a copy of the store and to run <code>warmgrid points audit</code>, which says where. What then: docs/operations.md
points-part = { $what }: +{ $points }
points-reason-report = { $number } is fixed
points-reason-follower = { $number }, which you follow, is fixed
points-reason-answer = your answer to the officer of { $number }
points-reason-activity = you helped: { $words }
points-reason-credit = credited: { $words }
points-reason-taken_back = { $number } was not true
points-reason-hold = paid at { $words }
points-aside = put aside for { $words }
points-reason-release = not taken, it came back from { $words }
points-reason-undo = given back by { $words }
points-reason-lapse = lapsed after 24 months
points-title = 🌟 <b>My points</b>
points-held = 🛍 Put aside for a shop: { $points }
points-lapse = ⏳ { $points } lapse from { $day } on
points-lapse-title = ⏳ <b>What lapses when</b>
points-lapse-none = Nothing.
points-line = { $when } · <b>{ $amount }</b> · { $what }
points-line-paid = { " " }({ $points } of them paid what you owed)
points-none = Nothing yet. Report a hazard; when it is fixed, you get points.
points-how =
    🌟 <b>How to earn points</b>

    📷 Your report is fixed: { $report }, urgent ones { $urgent_report }
    🤝 One that you follow is fixed: { $follower }, for the first { $followers } people
    💬 You answered what the officer asked, and it is fixed: { $answer }
    🧹 You help at an activity: { $activity_hour } an hour
    🏠 After a check-in you say whether we are right about the place: { $confirm_place }

    At most { $person_day } a day. One place ({ $place_metres } m) gives at most { $place } in { $place_days } days.
    Nothing for what is withdrawn, not accepted, or reported twice by yourself; what was not true is taken back.
    Points can be spent for 24 months, the oldest first.
points-number = 🔢 Your own number: <b>{ $number }</b>. Tell it to who wants to give you points by hand.
points-audit-progress = Looking at the ledger
points-audit-right =
    The ledger of points adds up: { $accounts } accounts, { $transfers ->
        [one] 1 transfer
       *[other] { $transfers } transfers
    }, { $entries } entries. Looked at: { $store }
points-audit-empty = There is nothing in the ledger of points yet. Looked at: { $store }
points-audit-wrong =
    The ledger of points does not add up: { $count ->
        [one] one thing is wrong
       *[other] { $count } things are wrong
    }, in { $accounts } accounts, { $transfers ->
        [one] 1 transfer
       *[other] { $transfers } transfers
    }, { $entries } entries. Looked at: { $store }
points-fault-sum = { $where }: its entries sum to { $found }, not to zero.
points-fault-empty = { $where }: it has no entries.
points-fault-gap = { $where }: this entry stands where { $expected } should be; one is missing or out of its place.
points-fault-hash = { $where }: this entry or its transfer is not as it was written.
points-fault-running = { $where }: the balance after this entry is { $found }; with the one before it should be { $expected }.
points-fault-balance = { $where }: the account says { $found }; its entries come to { $expected }.
points-fault-account = { $where }: the account of { $found } entries is not there.
points-fault-unreadable = Something cannot be read, and what comes after it was not looked at: { $found }
points-fault-length = { $where }: the account counts { $found } entries; there are { $expected }.
points-fault-last = { $where }: its last entry is not the one that the account has noted.
points-fault-below_zero = { $where }: { $found } is below zero.
points-fault-identity = { $where }: the account says { $found }; by its key it is { $expected }.
points-fault-lot_amount = { $where }: it is of { $found }; its transfer brought { $expected } into the purse.
points-fault-lot_end = { $where }: it lapses on { $found }; 24 months after its transfer is { $expected }.
points-fault-lot_left = { $where }: { $found } are left; less what was taken out of it there should be { $expected }.
points-fault-lot_uses = { $where }: it took { $found } out of the lots; out of the purse it took { $expected }.
points-fault-lots = { $where }: { $found } are left in the lots; the account has { $expected }.
points-fault-holds = { $where }: { $found } are in holds; the account has { $expected }.
points-fault-shop = { $where }: the shop's account has { $found }; what it took, less what it was paid for, is { $expected }.
points-fault-month = { $where }: closed with { $found }; what was taken in it comes to { $expected }.
points-fault-paid = { $where }: the month says { $found }; the transfer that closed it says { $expected }.
points-fault-rate = { $where }: a point of it counts { $found } fen; it was taken at { $expected }.
points-fault-pieces = { $where }: pieces put aside: { $found }; codes shown for them: { $expected }.
points-fault-loose = { $where }: { $found } points were put aside for no code.
points-fault-state = { $where }: { $found ->
        [open] it is shown
        [taken] it was taken
        [undone] it was given back
        [cancelled] it was cancelled
        [expired] its time is over
       *[other] it is “{ $found }”, which there is not
    }, but the points put aside for it { $expected ->
        [held] are put aside still
        [captured] are at the shop
        [released] have come back
        [undone] were given back by the shop
        [missing] are not there
       *[other] are “{ $expected }”, which there is not
    }.
points-fault-amount = { $where }: it is for { $found } points; { $expected } were put aside.
points-fault-whose = { $where }: it is of { $found }; what was put aside for it is of { $expected }.
button-my-points = 🌟 My points
button-all-lapses = ⏳ All that lapses
button-how-to-earn = How to earn
points-limit-day = Today you have earned all that a day gives: { $most } points.
points-limit-place = Reports at this place have brought many points lately: it gives no more for a while.
points-limit-own = It counts together with your { $number }, the same thing nearby.
points-paid = { $points } of them paid what you owed.
points-balance = You have <b>{ $points }</b>.
points-owed = You still owe { $points }: what you earn next pays it first.
error-not-enough = You have { $balance ->
    [one] 1 point
   *[other] { $balance } points
}; that needs { $needed }.
error-hold-ended = Those points are no longer put aside: they were taken, given back, or their time is over.

## Together

command-tasks = Tasks I help with
command-emergency = Emergency: call all teams
button-bring-in = 👥 Bring in others
button-task-decline = ❌ Cannot help
button-task-done = ☑️ Done
button-task-drop = ↩️ Drop the task
button-task-done-now = Done, no words
button-bring-in-more = ➕ More
bring-in-grid = 🧩 { $at } · { $code } { $name } ({ $community })
bring-in-whom = 👥 Who shall help with <b>{ $number }</b>? One tap asks them; ❌ takes it back.
ask-why-drop-task = Why is { $name } no longer needed?
why-drop-task-not-needed = Not needed now
why-drop-task-no-answer = No answer
why-drop-task-others-do-it = Others do it
why-drop-task-by-mistake = Tapped by mistake
ask-why-decline-task = Why can { $name } not help? The officer in the lead will see it.
why-decline-task-busy = Busy elsewhere
why-decline-task-far = Too far away
why-decline-task-not-ours = Not our matter
why-decline-task-other = Another reason
prompt-task-done = ✏️ What was done for <b>{ $number }</b>? Type it, or tap below if there is nothing to say.
prompt-task-words-only = ✏️ <b>{ $number }</b>: only words can be passed on here. What was done? Type it, or tap below. To report something new, tap “Cancel” first.
task-title = 🤝 <b>{ $number }: please help</b>
task-title-urgent = 🚨 <b>{ $number } URGENT: please help</b>
task-for = 👥 { $name }
task-lead = 👤 In the lead: { $name }
task-offered = ⏳ Waiting for you
task-yours = 🛠 Yours. Tap “Done” when you are finished
task-taken = 🛠 { $name } is working on it
task-accepted = 🛠 Somebody is working on it
task-done = ✅ Done
task-declined = ❌ You cannot help
task-dropped = ↩️ No longer needed
task-line-offered = ⏳ { $name }: waiting
task-line-accepted = 🛠 { $name }: { $who } is working on it
task-line-done = ✅ { $name }: done
task-line-declined = ❌ { $name }: cannot help ({ $why })
case-emergency = 🚨 <b>An emergency is on</b>
my-tasks-title = 🤝 <b>Tasks I help with</b>
my-tasks-none = 🤝 No tasks now. When somebody needs your help, you hear at once.
my-tasks-line-offered = ⏳ <b>{ $number }</b> { $name } · waiting
my-tasks-line-accepted = 🛠 <b>{ $number }</b> { $name } · yours
told-task-accepted = 🛠 <b>{ $number }</b> { $name }: { $who } is working on it.
told-task-declined = ❌ <b>{ $number }</b> { $name } cannot help: { $why }. You can ask others.
told-task-done = ✅ <b>{ $number }</b> { $name }: their part is done.
told-task-silent-offered = 🔕 <b>{ $number }</b> Nobody of { $name } has answered so far. Telephone them, or drop the task and ask others.
told-task-silent-accepted = 🔕 <b>{ $number }</b> { $who } ({ $name }) cannot be reached here any more. Telephone, or drop the task and ask others.
told-tasks-all-done = All who helped are done: you can tap “Resolve”.
told-task-off = ↩️ <b>{ $number }</b> { $name } is no longer needed. Thank you.
told-task-off-why = ↩️ <b>{ $number }</b> { $name } is no longer needed ({ $why }). Thank you.
toast-task-given = They have been told
toast-task-accepted = It is yours
toast-task-declined = The lead has been told
toast-task-done = Done, thank you
toast-task-dropped = Taken back
task-done-said = ✅ Noted, and the officer in the lead knows (<b>{ $number }</b>). Thank you.
event-task_given = others were asked to help
event-task_accepted = a team is helping
event-task_done = a team has done its part
error-tasks-open = Not done yet: { $names }. Wait for them, or take it back under “Bring in others”, and then tap “Resolve”.
error-task-over = This task is over.
error-already-asked = They have been asked; the answer is still to come.
error-nobody-to-ask = Nobody of { $names } can be reached here now. Please call them by telephone.
error-no-such-place = There is no town or community “{ $name }”. Please check the name.
error-no-such-team = There is no team “{ $code }”. Please check the code.

## Emergencies

button-emergency = 🚨 Emergency
button-emergency-begin = 🚨 Call them now
button-emergency-phones = ☎️ All numbers
button-emergency-end = ⏹ End emergency
button-emergency-end-yes = ⏹ Yes, it is over
button-emergency-record = 📄 Record
button-set-out = 🛵 On my way
button-arrived = 📍 Arrived
button-cannot-come = ❌ Cannot come
emergency-which = 🚨 Which one is an emergency? Tap its number; you confirm in the next step.
emergency-which-none = 🚨 You have no report that could become an emergency. “/emergency NUMBER” works too; if lives are in danger, call <b>119 / 110 / 120</b> first.
emergency-choice = <b>{ $number }</b> { $kind }
emergency-confirm = 🚨 Make <b>{ $number }</b> an emergency? It calls at once:
emergency-confirm-nobody = 🚨 Make <b>{ $number }</b> an emergency?
emergency-would-call = 🚒 { $name } ({ $count })
emergency-would-nobody = ☎️ <b>Nobody of the teams can be reached here.</b> The county desk and the administrators are told at once; you phone the teams. In danger, first call <b>119</b> fire, <b>110</b> police, <b>120</b> ambulance.
emergency-would-phone = ☎️ Not reached here, to be phoned: { $teams }
emergency-title = 🚨 <b>EMERGENCY { $number }</b>
emergency-begun = 👤 Begun by { $name } at { $when }
emergency-summary = ✅ { $arrived } here · 🛵 { $coming } coming · ⏳ { $silent } silent
emergency-called = 📲 { $called } called here{ $phone ->
        [0] { "" }
       *[other] { " " }· ☎️ { $phone } to be phoned
    }
emergency-nobody = ☎️ <b>Nobody of the teams can be reached here: please phone them.</b> In danger: <b>119</b> fire, <b>110</b> police, <b>120</b> ambulance.
emergency-phones = ☎️ <b>{ $number }</b>: to be phoned, leads first
emergency-team = <b>{ $name }</b>
call-called = ⏳ { $name }: called { $when }
call-silent = 🔴 { $name }: no answer, rung { $count } times
call-on_way = 🛵 { $name }: on the way { $when }
call-arrived = ✅ { $name }: arrived { $when }
call-declined = ❌ { $name }: cannot come, { $when }
call-unreachable = ☎️ { $name } { $phone }
call-deputy = { $name } (for { $lead })
emergency-ended = ⏹ <b>It is over</b>: { $name }, { $when }
emergency-ended-with = ⏹ <b>It is over</b>: it ended with the report, { $when }
emergency-goes-on = ⏹ <b>It goes on in { $number }</b>, since { $when }
emergency-confirm-end = ⏹ Is the emergency of <b>{ $number }</b> over? Everybody will be told, and the record is made.
told-emergency-over = ⏹ <b>{ $number }</b> The emergency is over. Thank you.
told-emergency-record = 📄 <b>{ $number }</b> The record of the emergency, for the file.
emergency-record-file = Emergency-{ $number }
toast-emergency-begun = Called here: { $called }.{ $phone ->
        [0] { "" }
       *[other] { " " }To be phoned: { $phone }, see the card.
    }
toast-set-out = Take care on the way
toast-arrived = Your arrival is noted
toast-cannot-come = Noted; others are asked
toast-emergency-ended = The emergency is over
toast-record-sent = The record is on its way
event-emergency_begun = an emergency: teams are being called
event-emergency_ended = the emergency is over
error-emergency-goes-on = It is an emergency already.
error-emergency-over = This emergency is over.

## The record of an emergency (a PDF of one page)

record-title = Record of an Emergency
record-fact-number = Report
record-fact-grid = Grid
record-fact-place = Place
record-fact-words = Reported
record-fact-begun = Begun
record-fact-ended = Ended
record-fact-lead = Officer
record-ended-with = with the report
record-lasted = { $minutes ->
    [one] one minute
   *[other] { $minutes } minutes
}
record-goes-on = goes on
record-calls = Who was called
record-column-team = Team
record-column-name = Name
record-column-phone = Telephone
record-column-called = Called
record-column-pushes = Rings
record-column-answered = Answered
record-column-arrived = Arrived
record-column-state = Outcome
record-state-called = no answer
record-state-on_way = on the way
record-state-arrived = arrived
record-state-declined = cannot come
record-state-unreachable = to be phoned
record-story = What happened
record-note-emergency_begun = { $who } began the emergency
record-note-emergency_on_way = { $who } set out
record-note-emergency_arrived = { $who } arrived
record-note-emergency_declined = { $who } could not come
record-note-emergency_ended = { $who } ended the emergency
record-note-called = called: { $people }
record-note-silent = no answer, called again: { $people }
record-between = {", "}
record-after = {"; "}
record-more = … { $count } more are not listed; they are in the system.
record-deputies = * A deputy, called when the lead does not answer or cannot come.
record-made = Made by Warmgrid on { $when }; all times are local.
record-signed = Recorded by: ______________　In charge: ______________　Date: ______________

## Teams

role-member = Team member
rank-lead = Lead
rank-deputy = Deputy
invite-town = The lead of which town?
invite-no-town = There are no grids yet. Bring them in with warmgrid import grids.
invite-community = <b>{ $town }</b>: the whole town, or which community?
button-whole-town = 🏛 Whole town
invite-team = Of which team?
invite-no-team = There are no teams yet. Bring them in with warmgrid import teams.
invite-team-rank = As its lead, or as a deputy? Deputies are called when the lead does not answer.
joined-member = 🎉 Welcome, { $name }. When your team is asked for help, or in an emergency, you hear at once.
joined-lands = 🏘 You look after: { $lands }
joined-team = 🚒 Your team: { $team }
help-member =
    <b>Team members</b>
    When your help is needed, tap “Accept”, and “Done” when it is. “/tasks” shows what you have.
    In an emergency tap “On my way”, then “Arrived”: everybody sees it.
help-emergency =
    <b>Emergencies</b>
    “Emergency” on a report's card (or “/emergency NUMBER”) calls all teams at once; one card shows who is on the way and who has arrived. The record is made at the end.
import-row-unknown-place = there is no town or community “{ $place }”
import-row-unknown-town = there is no town “{ $town }”
import-row-team-differs = “{ $column }” of team { $code } is not what { $where } says
import-row-member-twice = the phone { $phone } is in team { $code } already, in { $where }
import-remark-leads-kept = Leads not in the file, kept as they are ({ $count }): { $names }
import-remark-teams-kept = Teams not in the file, kept as they are ({ $count }): { $names }
import-remark-no-lead = Teams without a lead ({ $count }): { $names }

## Reports that are called false, suspensions, the audit log

prompt-false = ✏️ <b>{ $number }</b>: what is not true about it? Write it in one message. The reporter reads it, and may object.
false-done = <b>{ $number }</b> is marked as not true. The reporter reads why, and may object; then the lead decides.
why-in-words = { $why }: { $words }
may-object = Is that wrong? You may say so until <b>{ $by }</b>; then the lead decides, not the officer.
button-dispute = ✋ That is wrong
prompt-dispute = ✏️ <b>{ $number }</b>: what is really the case? Write it in one message. You may send photos first, or with the words.
prompt-dispute-words = 📷 Noted. Now write what is really the case (<b>{ $number }</b>).
prompt-dispute-photo-only = ✏️ <b>{ $number }</b> waits for words, or a photo sent as a photo: a file, video or voice message will not do here.
dispute-done = ⚖️ Your objection to <b>{ $number }</b> is with the lead. You will hear what is decided.
case-dispute-later = ⚖️ After it was fixed it was said not to be true:
case-dispute-officer = ⚖️ { $name } says that it is not true:
case-dispute-reporter = The reporter objects:
case-dispute-decide = ⏳ Please decide by <b>{ $by }</b>.
button-is-true = ✅ True: it goes on
button-not-true = 🚫 Was not true
button-is-false = 🚫 Not true
toast-is-true = It goes on; the reporter is told.
toast-is-false = It stays rejected; the reporter is told.
told-upheld = ⚖️ <b>{ $number }</b>: it was looked at again. The decision stands: not true.
told-cleared = ⚖️ <b>{ $number }</b>: your objection was right. It goes on, and counts as true.
told-cleared-fixed = ⚖️ <b>{ $number }</b>: your objection was right. It stays fixed, and counts as true.
told-cleared-others-fixed = ⚖️ <b>{ $number }</b>: it was looked at again. It is true, and stays fixed.
told-cleared-others = ⚖️ <b>{ $number }</b>: it was looked at again. It is true, and goes on.
told-disputed = ⚖️ <b>{ $number }</b>: the reporter objects. A lead decides; you will hear.
event-disputed = ⚖️ the reporter objected
event-upheld = ⚖️ looked at again: not true
event-cleared = ⚖️ looked at again: it is true
suspended-title = ⏸ <b>Until { $until } nothing that you report is passed on.</b>
suspended-why = Why: { $reports } were found not to be true.
suspended-danger = 🚨 If there is real danger, call <b>119 / 110 / 120</b> now.
suspended-desk = ☎️ Is this a mistake? Call the county desk on <b>{ $phone }</b> and name one of these numbers.
suspended-kept = 📥 What you sent is kept for 12 hours, and passed on if the desk lets you report again.
suspended-still = Your open reports go on: you can follow them, answer questions and say whether a fix is good.
told-lifted = ▶️ You can report again: a photo and a place are enough.
told-suspension-over = ▶️ The pause is over. You can report again: a photo and a place are enough.
told-lifted-kept = 📥 What you have just sent goes on its way by itself.
lift-title = ⏸ <b>Suspended</b>, by the reports that led to it:
lift-line = { $reports } · until { $until }
lift-none = Nobody is suspended.
button-lift = ▶️ Lift { $number }
toast-lifted = Lifted; the reporter is told.
error-suspended = Your reports are suspended, so this was not filed. If there is real danger, call 119, 110 or 120 now. A mistake? Call the county desk on { $phone }.
error-found-true = The lead has decided that it is true, so it cannot be marked as not true again. Another reason is possible.
error-too-late-to-dispute = An objection is no longer possible: the time is over, or it was decided.
error-already-decided = That has been decided already.
command-audit = What was decided, and by whom
command-lift = Let somebody report again
audit-title = 📒 <b>Audit log</b>, newest first
audit-none = The audit log is empty.
audit-line = { $when } <b>{ $who }</b>: { $what }
audit-house = Warmgrid
audit-person = person { $id }
deed-marked_false = called a report not true
deed-disputed = objected
deed-upheld = decided: not true
deed-cleared = decided: true
deed-undisputed = not true, as nobody objected
deed-suspended = suspended reporting
deed-lifted = lifted a suspension
deed-suspension_over = a suspension is over
deed-merged = merged a report
deed-role_granted = granted a role
deed-post_given = gave a lead's post
deed-post_taken = took a lead's post
deed-invite_made = made an invite
deed-invite_used = used an invite
deed-officers_imported = imported officers
deed-teams_imported = imported teams
deed-grid_removed = removed a grid
sheet-audit = Audit log
column-when = When
column-who = Who
column-deed = What
column-about = About whom
column-facts = Details
export-audit-done = { $file }: { $count } lines.

## Replacing the map

import-remark-grids-removed = Removed, as the file does not have them ({ $count }): { $names }
import-remark-reports-moved = Open reports moved ({ $count }): { $names }
import-remark-without-grid = Officers without any grid now ({ $count }): { $names }
import-bad-move = { $given }: expected OLD=NEW, two codes of grids
import-move-alone = --move goes with --replace
error-import-grids-in-use = Nothing was taken: grids that the file does not have still have open reports: { $grids }. End these first, or say where they go: --move OLD=NEW
error-import-bad-move = Nothing was taken: --move { $old }={ $new } cannot be: { $old } must be a grid that this file removes, { $new } one that there is afterwards.

## Who was told of a report

button-ledger = 👁 Who was told
button-ledger-again = 🔄 Look again
ledger-title = 👁 <b>Who was told of { $number }</b>
ledger-nobody = Nobody could be asked.
ledger-level = To { $level }:
ledger-line = · <b>{ $name }</b>: { $what }
ledger-delivered = delivered { $at }
ledger-rang = rang { $count } times
ledger-opened = opened { $at }
ledger-unopened = not opened
ledger-answered = answered { $at }
ledger-passed-on = passed on { $at }
ledger-waits = not delivered yet
ledger-lost = could not be reached
ledger-in-list = in a list, { $at }
ledger-needless = no longer needed

## Reports of the same hazard

near-ask = 🤔 There is an open report right here. Is it <b>the same</b>?
near-ask-own = 🤔 You have reported something right here already. Is it <b>the same</b>?
near-line = { $icon } <b>{ $number }</b> { $category } · { $metres } m away · { $when }
draft-fix = 🔧 You have { $numbers } right here. Is this the <b>fix</b>, or a <b>new report</b>?
button-fix-of = ✅ Fix of { $number }
proof-kept = 📌 <b>{ $number }</b> cannot be resolved yet: { $names } are not done. Photo and place are kept: press “Resolve” once they are.
proof-or-kept = 📌 Photo and place of { $when } are kept.
button-use-kept = ✅ Use what is kept
draft-danger = 🚨 If lives are in danger, first call <b>119</b> fire, <b>110</b> police, <b>120</b> ambulance.
draft-joins-by-itself = Without an answer it is added to { $number } by itself at { $at }.
near-by-itself = Without an answer it is filed by itself at { $at }.
button-same = The same as { $number }
button-another-one = 🆕 Another one
button-unfollow = 🔕 Unfollow
button-merge-yes = 🔗 Merge them
button-merge = 🔗 Merge…
button-more = ⋯ More
button-open = Open { $number }
receipt-follows = 🤝 <b>You are with { $number } now</b>; you hear whatever becomes of it.
receipt-maybe-same = 🤔 There is { $number } right here. The same? One tap puts both together.
receipt-left = You hear no more about <b>{ $number }</b>. It goes on for the others.
my-cases-affected = {" "}· 👥 { $count }
my-reports-followed = {" "}· 🤝 followed
case-same-picture = 🖼 Same picture as <b>{ $number }</b>
goes-on = 🔗 <b>{ $number }</b> goes on as <b>{ $into }</b>.
merge-other-kinds = Of another kind:
merge-choose = 🔗 Which one is <b>{ $number }</b> the same as? Choose; you confirm in the next step.
merge-confirm =
    🔗 { $icon } { $number } { $category } → { $into_icon } { $into } { $into_category }, { $far } away
    { $number } goes on as { $into }. This cannot be undone. Merge them?
merge-other-kind = These are of different kinds.
merge-none = 🔗 Within 200 m of <b>{ $number }</b> there is no other open report.
told-added-by-another = 👥 Another person who has the trouble adds this to <b>{ $number }</b>
told-words-by-another = 👥 Another person adds to <b>{ $number }</b>:
event-followed = another person has the same trouble
event-unfollowed = somebody no longer follows it
event-handed_on = who reported it needs it no more; it goes on for others
event-merged = goes on as { $number }
event-took_in = { $number } was merged into it
event-fix_looks_same = the picture of the fix is the same as before
event-same_picture = a picture is the same as in { $number }
toast-followed = You hear what becomes of it
toast-unfollowed = You hear no more of it
toast-merged = Merged
toast-handed-on = You are out; it goes on for the others
note-same-ended = That report has just ended, so nothing was added to it.
error-goes-on = { $number } goes on as { $into }.
error-same-report = { $number } cannot be merged into itself.
error-follows-already = You are with { $number } already.
error-not-following = You do not follow { $number } any more.

# The command line

setting-is = { $name } is { $value }: { $expected }
setting-wrong = { $name } is wrong: { $expected }
setting-misspelt = .env has { $given }, which is no setting: did you mean { $meant }?
setting-misspelt-outside = The environment has { $given }, which is no setting and does nothing: did you mean { $meant }?
setting-file-unreadable = .env cannot be read: expected text in UTF-8 ({ $problem })
setting-token-missing = BOT_TOKEN is missing: expected the token that BotFather gave for the bot
setting-token-refused = BOT_TOKEN is refused by Telegram: expected the token that BotFather gave
setting-no-store = DATABASE_URL names { $path }: no store is there, and none was made
setting-store-not-writable = DATABASE_URL names { $path }: expected a file that can be written, in a folder that can be written ({ $problem })
setting-media-not-writable = MEDIA_DIR is { $path }: expected a folder that can be written, or room to make one ({ $problem })
setting-listen-taken = WEBHOOK_LISTEN is { $place }: expected a free host:port, but { $problem }
setting-webhook-refused = WEBHOOK_URL is { $url }, which Telegram refuses: { $problem }
setting-nobody-answers-posters = TELEGRAM_API_URL is { $url }, where nobody answers: the posters need the bot's name, so say it with --bot NAME, or try again when Telegram can be reached
setting-nobody-answers = TELEGRAM_API_URL is { $url }, where nobody answers: a link needs the bot's name, so try again when Telegram can be reached
setting-expected-zone = expected the name of a time zone, such as Asia/Shanghai
setting-expected-database = expected sqlite+aiosqlite:///path/to/file.db or postgresql+asyncpg://user@host/name
setting-expected-timeout = expected seconds behind timeout=, such as ?timeout=15
setting-expected-http = expected an address that begins with http:// or https://
setting-expected-webhook = expected https:// and port 443, 80, 88 or 8443: Telegram posts to no other
setting-expected-token = expected a token as BotFather gives it, such as 123456:ABC-DEF
setting-expected-listen = expected host:port, such as 0.0.0.0:8080
setting-expected-secret = expected at most 256 characters of A-Z, a-z, 0-9, _ and -
setting-expected-hours = expected office hours in order, such as 8:30-12:00,14:00-18:00
setting-expected-numbers = expected Telegram numbers with commas between them, such as 12345,67890
setting-expected-language = expected zh or en
setting-expected-metres = expected metres from 0 (never ask) to 200
setting-expected-hours-back = expected hours from 1 to 720
setting-expected-log-level = expected DEBUG, INFO, WARNING or ERROR
run-is-running = Warmgrid is running. Ctrl-C ends it.
run-no-store = The store cannot be used: { $problem }
invite-needs-grid = an officer needs a grid: add --grid CODE
invite-needs-team = a member needs a team: add --team CODE
invite-needs-shop = a merchant needs a shop: add --shop CODE
invite-needs-place = a keeper needs a place: add --place CODE
invite-needs-town = a lead needs a town: add --town NAME, and --community NAME for a community
replay-either = a code or --all, not both
replay-nothing = Nothing is set aside.
replay-no-such = Nothing is set aside under { $code }.
replay-done = { $code } is done.
replay-failed = { $code } failed again: { $problem }
replay-hint = Try one again with `warmgrid replay CODE`, all with `warmgrid replay --all`.
demo-loading = Loading the sample county …
demo-address = Warmgrid's demo:
demo-end-it = Ctrl-C ends it; the next start goes on where this one ended.
demo-has-ended = The demo has ended.
demo-no-folder = { $folder } cannot be made: start the demo where files can be written
demo-port-taken = port { $port } is taken: try --port 0 for any free one

## Shops

role-merchant = Merchant
joined-merchant = 🎉 Welcome, { $name }. You can take points now.
joined-shop = 🏪 Your shop: { $shop }
first-merchant = 👉 When somebody pays with points, scan his picture with your camera, or send his six digits here, and tap “✅ Take”. “🏪 My shop” shows what came in.
key-shops = 🛍 Shops
key-my-shop = 🏪 My shop
command-shops = Shops that take points
command-shop = My shop
button-where-to-spend = 🛍 Where to spend
button-shops = 🛍 Shops
button-own-shop = 🏪 My shop
button-near = 📍 Near me
button-shop-kinds = 🔎 Category
button-open-now = Open now
button-meals = 🍚 Has meals
shops-title = 🛍 <b>Shops that take points</b>
shops-count = { $kind }: { $count }
shops-open = open now
shops-open-first = open ones first
shops-near = nearest first
shops-none = No such shop. Try another category.
shops-kind = 🔎 What are you looking for?
shops-where = 📍 Where are you? Tap “{ $name }” below, or send any place.
shops-meals = 🍚 { $mealtime }: { $from }–{ $until }
shop-kind-any = All
shop-kind-food = Food
shop-kind-bakery = Bakery
shop-kind-drinks = Drinks
shop-kind-grocery = Groceries
shop-kind-fruit = Fruit
shop-kind-pharmacy = Pharmacy
shop-kind-repair = Repairs
shop-kind-service = Hair, laundry
shop-kind-hardware = Hardware
shop-line-open = open
shop-line-shut = closed
shop-line-closed = closed, opens { $at }
shop-line-meals = 🍚 { $left } left
shop-line-meals-next = 🍚 from { $at }
shop-address = 📌 { $address }
shop-far = 📏 { $far } from you
shop-open = 🟢 Open · { $hours }
shop-shut = ⚪️ Closed now · { $hours }
shop-closed = ⚪️ Closed now, opens { $at } · { $hours }
shop-closed-pay = ⚠️ It is closed now: pay only if somebody is at the till. What the shop does not take comes back by itself.
shop-phone = 📞 { $phone }
shop-meals = 🍚 Rider’s meal ({ $meal }): { $yuan } yuan in cash
shop-meals-left = , { $left } left today
shop-meals-next = , again from { $at }
shop-meals-riders = , for registered riders (see “⚙️ Settings”)
shop-item = 🎁 { $name }: { $points ->
    [one] 1 point
   *[other] { $points } points
}
shop-item-left = , { $left } left
shop-item-limit = , at most { $most } each
shop-balance = 🌟 You have { $points ->
    [one] 1 point
   *[other] { $points } points
}. What would you like to pay?
shop-amount = How many points to pay at { $shop }? Send a whole number; you have { $points }, and one payment is { $most } at most.
button-points = { $points } points
button-other-amount = Other
button-meal = 🍚 Meal, { $yuan } yuan
mealtime-lunch = Rider’s lunch
mealtime-dinner = Rider’s dinner

help-shops =
    <b>Spending points</b>
    Choose a shop under “🛍 Shops”, tap how many points, and show the picture or the six digits within { $code ->
        [one] one minute
       *[other] { $code } minutes
    }. What the shop does not take comes back by itself.
help-merchant =
    <b>Shops</b>
    Scan the customer’s picture with your camera, or send the six digits here, and tap “✅ Take”. A mistake? “↩️ Give back” within { $undo ->
        [one] one minute
       *[other] { $undo } minutes
    }.
    “🏪 My shop” has what came in, hours, items and staff; the sheet of each month comes here, too.

## The till

code-title = 🏪 <b>{ $shop }</b>
code-digits = Code: <b>{ $code }</b>
code-until = ⏱ Good until { $until }
code-over-taken = ✅ The shop has taken it.
code-over-expired = ⌛️ Its time is over; you have paid nothing.
code-over-cancelled = ✖️ Cancelled; you have paid nothing.
code-over-undone = ↩️ The shop gave it back.
code-over-removed = ✖️ This shop takes no points any more; you have paid nothing.
button-cancel-code = ✖️ Do not pay
button-shop-again = 🔁 Once more
what-points = <b>{ $points ->
    [one] 1 point
   *[other] { $points } points
}</b>
what-item = 🎁 { $name }: <b>{ $points ->
    [one] 1 point
   *[other] { $points } points
}</b>
what-meal = 🍚 { $mealtime } ({ $meal }): <b>{ $yuan } yuan</b> in cash
what-meal-shop = 🍚 { $mealtime }: <b>{ $yuan } yuan</b> in cash (price { $whole }, the county adds { $subsidy }, you let off { $discount })
what-amount = points
spent-title = ✅ <b>{ $shop }</b> has taken it
receipt-when = { $when } · no. { $number }
bought-taken = ✅ Taken { $when } by { $who } · no. { $number }
bought-undone = ↩️ Given back { $when } by { $who }
bought-by-owner = the shop’s owner
bought-by-staff = the shop’s staff
took-title = ✅ <b>Taken</b> · { $shop } · customer { $who }
took-balance = Points not paid out yet: { $points }
took-undo = A mistake? You can give it back until { $until }.
button-take = ✅ Take
button-undo = ↩️ Give back
button-keep-taken = Keep it
ask-undo = ↩️ Give this back to <b>{ $who }</b>?
button-undo-number = ↩️ No. { $number }
take-title = 💳 { $shop } · customer { $who }
undone-title = ↩️ <b>{ $shop }</b> has given it back to you
cash-back = 💵 The shop hands the { $yuan } yuan back to you in cash.
cash-back-shop = 💵 Please hand the customer the { $yuan } yuan back in cash.
undone-shop = ↩️ <b>Given back</b> · { $shop } · customer { $who }
loose-shown = 👉 The shop’s people scan your picture or type these digits, not you: just show them.
loose-state = 🏪 { $shop } · { $what } · { $code } · until { $until }
loose-code = 🔢 Six digits alone are a code for a shop: its people type them. To report something, write a few words or send a photo or place.
loose-digit = 👆 To open something in a list, tap its number below the list. To report something, write a few words or send a photo or place.
code-wrong = No code { $code } waits at your shop. Look at the digits again; tries left: { $left }.
code-wrong-pause = Too many wrong codes: for { $minutes } minutes, until { $until }, you cannot type any. Scanning the customer’s picture with your camera still works.
told-codes-guessed = ⚠️ { $name } has typed { $wrong } wrong codes in a row at your shop and has to wait { $minutes ->
    [one] one minute
   *[other] { $minutes } minutes
}. Ask what happened, if it was no slip.
told-shop-removed = 🏪 { $shop } is no longer among the shops that take points. Codes that waited are void and cost the customers nothing; what was taken is settled as usual.
told-shop-removed-last = You have no other shop here, so “🏪 My shop” leaves your menu. When a shop of yours comes back, so does it.
told-shop-back = 🏪 { $shop } takes points again.
told-shop-back-first = “🏪 My shop” is back in your menu.
toast-code-comes = Here is your code
toast-code-above = Your code is still above: { $code }
toast-code-cancelled = Cancelled; no points were spent
toast-taken = Taken
toast-undone = Given back
toast-changed = Changed

## My shop

own-shops = 🏪 Which one?
own-no-shop = You have no shop. Its owner can send you an invite from “🏪 My shop”.
own-meals = 🍚 Rider’s meals: { $left } of { $meals } left today
own-item-stock = , { $stock } in stock{ $held ->
    [0] { "" }
   *[other] { " " }(being paid just now: { $held })
}
own-how = 💡 To take points, scan the customer’s picture with your camera, or send the six digits here.
button-lately = 🧾 Taken lately
button-shop-code = 🔳 Our code
button-staff = 👥 Staff
button-month-sheet = 📊 This month
button-shop-field-h = 🕒 Hours
button-shop-field-p = 📞 Phone
button-shop-field-a = 📝 About
button-shop-field-i = ➕ Add an item
button-shop-field-c = Price
button-shop-field-s = Stock
button-shop-field-l = Limit
button-remove-item = 🗑 No longer offered
ask-shop-field-h = 🕒 From when to when is { $shop } open? For example 7:00-21:00, 8am-9pm, or Mon-Fri 6:30-13:30, 17-21, weekend closed.
ask-shop-field-p = 📞 What is the phone number of { $shop }?
ask-shop-field-a = 📝 What does { $shop } offer? A sentence or two.
ask-shop-field-i = ➕ What is it called, and for how many points? For example: Milk tea 30. { $shop } can change it at any time.
ask-shop-field-c = How many points now? Send a whole number. ({ $shop })
ask-shop-field-s = How many are there now? Send a whole number, or - for enough. ({ $shop })
ask-shop-field-l = How many may one person have? Send a whole number, or - for no limit. ({ $shop })
lately-title = 🧾 <b>Taken lately</b>
lately-none = Nothing yet.
lately-undone = { " " }(given back)
staff-title = 👥 <b>Who works here</b>
staff-owner = { $name } (owner)
staff-clerk = { $name }
button-invite-clerk = ➕ Invite staff
button-invite-owner = ➕ Invite an owner
invite-shop = ➕ The owner of which shop? Send its code, such as M-001.
invite-shop-owner = ➕ Invite an <b>owner</b>: { $shop }
invite-shop-clerk = ➕ Invite <b>staff</b>: { $shop }
shop-code = 🔳 { $shop }: put this picture on the counter; whoever scans it can pay here. { $link }

## Settlement

settled =
    📊 <b>{ $shop }</b> · { $month }
    Points: { $points } × { $rate } yuan = { $value } yuan
    Rider’s meals: { $meals }, subsidy { $subsidy } yuan
    Given back: { $undone }
    To be paid: <b>{ $yuan } yuan</b>
settled-so-far = The month is not over; this will change.
settled-all = 📊 { $month } is settled: shops { $count }, to be paid in all <b>{ $yuan } yuan</b>.
sheet-settlement = Settlement
sheet-redemptions = Redemptions
column-shop-code = Shop
column-shop = Name
column-month = Month
column-points = Points
column-rate = Yuan a point
column-points-yuan = Points (yuan)
column-meals = Meals
column-subsidy = Subsidy (yuan)
column-pays = To be paid (yuan)
column-undone = Given back
column-receipt = Receipt no.
column-what = What
column-cash = Cash (yuan)
column-state = State
line-taken = taken
line-undone = given back
line-correction = corrects an earlier month
settle-done = { $month }: shops { $count }, to be paid in all { $yuan } yuan. Written to { $file }

## Shops: when something cannot be done

error-shop-gone = This shop takes no points any more. Others are under “🛍 Shops”.
error-shop-unknown = There is no such shop. Those that take points are under “🛍 Shops”.
error-not-staff = This code is of use to the shop’s people only. To pay, show it to the shop.
error-other-shop = This code pays at another shop; yours cannot take it.
error-not-owner = Only an owner of the shop can change that. Ask one, or be invited as one.
error-last-owner = A shop needs an owner. Invite another one first.
error-own-code = This is your own code: let somebody else of the shop take it.
error-code-unknown = There is no such code. Ask the customer to show it once more.
error-code-taken = This code was taken already; nothing is paid twice.
error-code-undone = This was given back to the customer already.
error-code-expired = The time of this code is over; nothing was paid. Ask the customer for a new one.
error-code-cancelled = This code was cancelled; nothing was paid. Ask the customer for a new one.
error-codes-paused = Too many wrong codes: for { $minutes ->
    [one] one more minute
   *[other] { $minutes } more minutes
} you cannot type any, not even a right one. Scanning the customer’s picture with your camera still works.
error-too-late-to-undo = It was taken more than { $minutes } minutes ago and cannot be given back.
error-bad-amount = Please send a whole number above 0 in digits, such as 20.
error-too-much = One payment is { $most } points at most.
error-bad-number = Please send a whole number from { $least } to { $most }.
error-bad-hours = These hours cannot be read: { $text }. For example: 7:00-21:00; 9am-8pm; Mon-Fri 8:30-18:00, weekend closed; 24 hours.
error-hours-one-time = { $text } is one time alone. Please write from when until when, for example: 8:00-24:00; or, for all day: 24 hours.
error-hours-festival = There is a day in these hours that lies elsewhere each year: { $text }. Please write dates, for example: 8:00-20:00, 5 Feb 2027 to 11 Feb 2027 closed; or name the public holiday: Spring Festival closed.
error-hours-too-long = These hours are too many to keep. Please write fewer, for example: Mon-Fri 8:30-18:00, weekend closed.
error-bad-item = Write the name and the points, for example: Milk tea 30.
error-stock-held = { $held } are being paid for just now: the stock cannot be less. Try again in a few minutes.
error-too-many-items = A shop has { $most } items at most. Take one away first.
error-no-such-item = The shop does not offer this any more.
error-sold-out = There are none left, or somebody is just paying for the last one.
error-limit-reached = At most { $most } for one person, and you have had that.
error-not-a-rider = The meal is for registered riders: choose rider and platform in “⚙️ Settings”.
error-not-mealtime = It is no mealtime now. The next: { $first }–{ $last }.
error-meal-had = You have had this meal: one each mealtime.
error-no-meals-left = This shop has no rider’s meals left today. “🍚 Has meals” shows others.
error-bad-month = Please write the month as in 2026-11.
error-month-not-over = { $month } can still change: it can be settled { $minutes ->
    [one] one minute
   *[other] { $minutes } minutes
} after its end.
error-no-such-shop = There is no shop with the code “{ $code }”.
import-row-shop-differs = “{ $column }” of shop { $code } is not what { $where } says
import-row-item-twice = item { $item } of shop { $code } is there already, in { $where }
import-row-too-many-items = shop { $code } has more items than the { $most } that one may have
import-row-stock-held = item { $item }: a stock of { $stock } is less than the { $held } that are being paid for just now
import-row-bad-price = the price { $value } is no whole number above 0
import-row-bad-hours = the hours “{ $value }” cannot be read. For example: 7:00-21:00; Mon-Fri 8:30-18:00, weekend closed; 24 hours
import-remark-shops-kept = Shops not in the file, kept as they are ({ $count }): { $names }
import-remark-shops-removed = Shops not in the file, removed ({ $count }): { $names }
deed-shops_imported = imported shops
deed-shop_removed = removed a shop
deed-shop_changed = changed a shop
deed-staff_removed = let somebody of a shop go
deed-codes_guessed = typed many wrong codes
deed-month_settled = settled a month

## Activities

command-activity = points for helping together
prompt-activity = 🧹 What did you do together, and for how many hours? For example: Cleared the snow, 2
prompt-activity-hours = 🧹 <b>{ $name }</b>: for how many hours?
activity-title = 🧹 <b>{ $name }</b>: { $hours ->
        [one] { $hours } hour
       *[other] { $hours } hours
    }, { $points } points each
activity-link = Pass this link on to who helped, until { $until }. Each opens it once:
    { $url }
activity-code = 🧹 <b>{ $name }</b>: whoever helped scans this with the phone's camera, until { $until }, and is noted.
activity-people = 👥 { $count } noted
activity-over = 🔒 The link is closed.
activity-share = { $name }: open this to get your points
activity-attended = 🧹 <b>{ $name }</b>: you are noted, thank you for helping.
button-share = 📤 Pass on
button-activity-code = 🔳 Code to scan
button-activity-people = 👥 How many?
button-activity-end = 🔒 Close the link
error-link-unknown = This link leads to nothing. Please ask for it again.
error-activity-over = The link of “{ $name }” is closed. Please ask who led it.
error-activity-own = This is your own activity: the link is for those who helped.
error-already-attended = You are noted for “{ $name }” already.
error-hours-unclear = Please give whole hours, 1 to { $most }.

## Points by hand

command-credit = give points by hand
prompt-credit = 🎁 To whom, how many points, and what for? In one message: the number of a report (its reporter gets them) or of a person, the points, the reason.
    For example: D-000123 50 Brought hot tea
    A person finds his number under “{ button-how-to-earn }”.
credit-title = 🎁 <b>{ $points } points</b> to { $to }
credit-title-by = 🎁 <b>{ $points } points</b> to { $to }, from { $name }
credit-second = A second administrator has to confirm so many.
credit-waiting = ⏳ Waits for a second administrator, until { $by }.
credit-given = ✅ Given.
credit-confirmed = ✅ { $name } has confirmed it: given.
credit-refused = 🚫 Refused by { $name }.
credit-expired = ⌛ Nobody confirmed it in time.
told-credit-asked = 🎁 { $name } wants to give <b>{ $points } points</b> to { $to }. So many take two of you:
told-credit-given = ✅ { $decider } has confirmed your { $points } points to { $to }. They are given.
told-credit-refused = 🚫 { $decider } has refused your { $points } points to { $to }. Nothing was given.
told-credit-expired = ⌛ Nobody has confirmed your { $points } points to { $to } within a day. Nothing was given.
button-credit-give = 🎁 Give { $points }
button-credit-confirm = ✅ Confirm
button-credit-refuse = 🚫 Refuse
error-credit-unclear = I could not read that. Please write a number, points (1 to { $most }) and why, such as: D-000123 50 Brought hot tea
error-no-such-person = { $code } is nobody's number.
error-credit-own = Nobody gives points to himself.
error-nobody-to-confirm = Above { $most } points within a day a second administrator has to confirm, and there is none.
error-credit-over = This was settled before.
deed-activity_begun = made an activity's link
deed-credited = gave points by hand
deed-credit_asked = wants to give points by hand
deed-credit_refused = refused points by hand
deed-credit_expired = points by hand were not confirmed

## Boards

button-board = 🏆 Board
board-title = 🏆 <b>{ $community }</b>, { $month }/{ $year }: points for reports
board-line = { $place }. { $name }: { $points }
board-line-mine = <b>{ $place }. { $name }: { $points }</b>
board-gap = …
board-nobody = Nobody yet.
board-in = You stand on the boards as <b>{ $name }</b>.
board-out = You stand on no board. If you like to, choose a name: others see only that.
button-board-join = Take part
button-board-rename = Another name
button-board-leave = Leave
button-board-older = ◀ Month before
button-board-newer = Month after ▶
prompt-board-name = ✏️ Under which name? At most 16 characters; need not be your own.
error-no-reports = Boards are of the communities in which you have reported something: nothing yet.
error-name-taken = Somebody is on the boards as “{ $name }”. Please choose another name.
