# Places that come in: files, and the form in chat

import-bad-system = “{ $given }” is no system of coordinates; known are { $known }
error-import-no-grids = Please import the grids first: without them nobody knows where the county is.
import-row-not-point = a place is a Point, not { $kind }
import-row-zero-coordinates = 0, 0 lies in the Atlantic: this is what devices give that do not know where they are
import-row-swapped = { $latitude }, { $longitude } look swapped: the latitude stands in the column of the longitude
import-row-out-of-county = { $latitude }, { $longitude } is outside the county
import-row-other-grid = { $latitude }, { $longitude } is in { $actual }, not in { $code }
import-row-other-system = { $latitude }, { $longitude } lies in { $actual }, which does not fit “{ $named }”. Read as { $system } it lies in { $there }, which does. If it is { $system }, write that in its column system, or take the file with --system { $system }; if it is right as it is, write which one it is
import-row-unknown-kind = there is no kind “{ $value }” (there are { $allowed }). A new one needs small letters, kind_zh and kind_en
import-row-kind-differs = the kind “{ $value }” has other names in { $where }
import-row-unknown-facility = there is no facility “{ $value }” (there are { $allowed })
import-remark-places-kept = Places not in the file, kept as they are ({ $count }): { $names }
import-remark-places-removed = Places not in the file, removed ({ $count }): { $names }
import-remark-chat-places-kept = Places that were added in chat, kept ({ $count }): { $names }
import-remark-places-elsewhere = Places whose address names another community or town than the one they lie in ({ $count }): { $names }
deed-places_imported = imported places
deed-place_added = added a place
deed-place_changed = changed a place
deed-place_removed = removed a place
told-place-removed = 🏠 { $place } is not in the list any more. You need not look after it; thank you for having done so.
