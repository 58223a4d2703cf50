# 驿站管理员，以及驿站现在的情况

help-keeper =
    <b>驿站管理员</b>
    点“🏡 我的驿站”说现在的情况：开着、关了、满了、什么坏了，都是点两下。改资料、取海报也在那里。

key-my-station = 🏡 我的驿站
command-station = 我的驿站
stations-mine = 🏠 哪一个？
stations-none = 您名下没有驿站。平台管理员或别的驿站管理员可以给您发邀请链接。
station-ask = 👇 有什么变化？没有就点“都对”。
doubt-broken = { $facility }坏了
doubt-closed = “关着门”
doubt-full = “满了”
doubt-open = “其实开着。”
doubt-room = “其实没满。”
doubt-works = { $facility }：其实能用
doubt-words = “{ $words }”
button-station-open = 🟢 照常开放
button-station-closed = ⛔ 关了…
button-station-full = 🟠 满了
button-station-parts = 🔧 坏了、修好了
button-station-free = 🅿️ 空车位
button-all-right = ✅ 都对
button-edit-place = 📝 改资料
button-poster = 🖨 海报
button-keepers = 👥 管理员
button-change-it = ✏️ 更新现况
button-closed-today = 今天都关
button-closed-hours = 关到 { $until }
button-closed-said = 等我再说
button-works-again = ✅ 修好了
button-invite-keeper = ➕ 邀请管理员
ask-closed = ⛔ 关到什么时候？
ask-facilities = 🔧 什么坏了？点一下就报修。带 ❌ 的修好了，也点一下。
station-fault-filed = 🔧 { $facility }已报修：<b>{ $number }</b>，骑手现在就能看到。📷 方便的话，拍一张坏了的地方发来，网格员看了好准备。
ask-free = 🅿️ 共 { $spaces } 个车位，现在空几个？
toast-noted = 记下了，骑手现在就能看到。
keepers-title = 👥 <b>{ $place }的管理员</b>
keepers-none = 还没有人。
invite-place = ➕ 哪里的管理员？请发编号，或名称里的几个字。
invite-place-which = ➕ 是哪一个？
invite-place-more = 还有更多，请把名称多写几个字。
invite-keeper = ➕ 邀请一位<b>管理员</b>：{ $place }
joined-place = 🏠 { $place }
told-place-doubted = ❓ 有访客说这里的情况不对：
told-place-settled = ☑️ 已经答复。骑手看到的是：
told-place-fault = 🔧 有人报修：{ $facility }坏了，<b>{ $number }</b>。网格员已收到，骑手在这里也能看到。
told-keeper-left = 您不再照看<b>{ $place }</b>了，谢谢您一直以来的辛苦。
deed-keeper_removed = 去掉驿站管理员
error-no-such-facility = 这里已经没有这一项了，请重新打开看看。
error-bad-spaces = { $most ->
    [0] 这里没有登记车位。
   *[other] 这里共有 { $most } 个车位。
    }
