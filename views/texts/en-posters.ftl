# Posters of service places, and how much places are used

poster-scan = Scan with Telegram: check in, see what is here now.
poster-broken = Something broken? Scan and tell us, and it will be seen to.
poster-sent = 🖨 The poster of { $name }: A5, to be printed and put up where people see it.
error-place-kind-unknown = There is no kind “{ $text }”. There are: { $names }
export-not-pdf = The file must end in .pdf
export-posters-done = { $file }: { $count ->
    [one] one poster.
   *[other] { $count } posters.
}
export-usage-done = { $file }: { $count ->
    [one] one check-in.
   *[other] { $count } check-ins.
}
command-usage = How much places are used
usage-title = How much places are used
usage-heading = 🏠 <b>How much places are used</b>
usage-heading-place = 🏠 <b>{ $name }</b> ({ $code })
usage-none = Nobody checked in.
usage-total = { $count ->
    [one] One check-in
   *[other] { $count } check-ins
}
usage-busiest = Busiest: { $weekday } { $start } to { $end }
usage-most = Used most:
usage-line = { $name }: { $count }
usage-which = Of which place? Please type its code or name.
usage-caption = { $days } · { $count ->
    [one] one check-in
   *[other] { $count } check-ins
}
usage-chart-note = Check-ins by weekday and hour
button-usage-place = 📍 One place
button-usage-all = All places
weekday-1 = Mon
weekday-2 = Tue
weekday-3 = Wed
weekday-4 = Thu
weekday-5 = Fri
weekday-6 = Sat
weekday-7 = Sun
sheet-places = Places
sheet-week = Weekday and hour
sheet-hours = Place by hour
column-place-code = Code
column-place = Place
column-place-kind = Kind
column-check-ins = Check-ins
column-weekday = Weekday
column-hour = Hour
error-no-places = There are no such places yet. An import brings them.
