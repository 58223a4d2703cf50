# Warnings of heat, cold, typhoon and flood

command-warn = Warn riders: heat, cold, typhoon, flood
warning-heat = Heat
warning-cold = Cold
warning-typhoon = Typhoon
warning-flood = Flood
warning-words-heat = It is very hot. Drink often, and do not push on: if you feel dizzy or sick, stop and rest in the shade. If it gets worse, call 120.
warning-words-cold = It is very cold, and the road may be icy. Ride slowly and keep warm; when your hands or feet grow stiff, go inside for a while.
warning-words-typhoon = A typhoon is coming. Do not ride in strong wind. Keep away from signs, trees and building sites, and wait in a solid building.
warning-words-flood = Heavy rain: roads may be under water. Do not ride into water or underpasses, keep away from rivers, go to higher ground. In danger call 119.
warning-which = ⚠️ Warn riders of what?
warning-where =
    Where? Type grids (codes or names), a town, or places, with commas between them; behind places how near, such as 500 m.
    It goes to riders only: to those who in the last 24 hours looked for stations or shops there, shared a live location there, or reported from there. With the whole county, all riders get it.
button-warn-everywhere = 🗺 The whole county
warning-everywhere = the whole county
warning-in-grids = grids { $names }
warning-near-places = within { $away } of { $names }
warning-and = {", "}
warning-more = {" "}and { $count } more
warning-goes-to = Goes to: { $where }
warning-recipients = { $count ->
    [one] One rider gets it.
   *[other] { $count } riders get it.
}
warning-nobody = No rider is there now. Choose another place, or the whole county.
warning-open-there = Open there ({ $count }): { $names }{ $more }
warning-open-outside = { $count ->
    [one] Riders are shown the one open place out of its reach.
   *[other] Of { $count } open places out of its reach, riders are shown the nearest.
}
warning-none-open = Nothing is open there just now.
warning-before = { $count ->
    [one] ⚠️ The same was sent { $when } by { $name }, to 1 rider.
   *[other] ⚠️ The same was sent { $when } by { $name }, to { $count } riders.
}
warning-before-ask = { $count ->
    [one] ⚠️ The same was sent { $when } by { $name }, to 1 rider. Send it once more?
   *[other] ⚠️ The same was sent { $when } by { $name }, to { $count } riders. Send it once more?
}
warning-type-words = To say something else, type it now: it goes to all just as you type it.
button-warn-send = 📣 Send to { $count }
button-warn-again = 📣 Send once more
button-warn-where = Where?
button-warn-usual = The usual words
button-warn-stop = ⏹ Stop
warning-sent-by = { $when } · { $name } · { $where }
warning-progress = Of { $count }: sent { $sent } · failed { $failed } · left { $left }
warning-stopped = ⏹ Stopped { $when }: not sent to { $count }.
warning-just-going = A few that are just on their way may still arrive.
warning-late = Not sent to { $count }: it would have come too late.
warning-done = ✅ All of it is done.
warning-title = { $icon } <b>{ $name }: please take care</b>
warning-said = From the county, { $when }
warning-open-near = Open near you:
warning-look = Where to rest nearby: tap “{ $name }”.
warning-place = { $at }. { $icon } { $name } · { $away } · { $until }
warning-open-until = until { $when }
warning-open-always = 24 hours
deed-warning_sent = warned riders
deed-warning_stopped = stopped a warning
error-warning-nowhere = No grid, town or place is called “{ $text }”. Please type its code or name.
error-warning-ambiguous = Several are called “{ $text }”. Please type a code: { $names }
error-warning-far = Please say { $least } to { $most } metres.
error-warning-form-over = This form is over. Please begin anew with /warn.
error-warned-lately = The same was sent within the hour. Send it once more?
error-nobody-to-warn = No rider is there now. Nothing was sent.
error-warning-over = There is nothing left to stop.
