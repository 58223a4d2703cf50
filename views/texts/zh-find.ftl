# 找暖新驿站和别的服务点

key-stations = 🏠 暖新驿站
command-stations = 附近歇脚、喝水、充电、停车

around-found = 🏠 <b>离您最近、现在开着的</b>
around-closed = 😴 <b>这会儿都没开。</b>最近的几处和开门时间：
around-none = 🔍 <b>50 公里内没有这样的地方。</b>点一下打勾的条件，放宽一点再看。
around-far = 🌊 <b>这个位置 50 公里内没有驿站。</b>您真的在那里吗？请再发一次位置。
around-every = 🏠 <b>离您最近的</b>
stations-wanted = 🔎 { $what }
stations-line = { $at }. { $icon } <b>{ $name }</b>
stations-seen-from = 📍 按您 { $at } 的位置。
stations-where = 📍 您在哪里？点下面的“{ $name }”，或发任意一个位置。发实时位置，边骑边更新。
stations-choose = ⚙️ <b>您需要什么？</b>点好再点“看结果”。
stations-all-day = 24 小时
stations-always = 🟢 24 小时
stations-until = 🟢 开到 { $until }
stations-has = { $icons } +{ $more }
stations-confirmed = ✅ { $at }
stations-ride = { $far } · 骑 { $time }
stations-walk = { $far } · 走 { $time }

button-stations-open = 开着的
button-stations-all-day = 24 小时
button-stations-more = ⚙️ 更多…
button-stations-show = 🏠 看结果
button-stations-elsewhere = 📍 换地方
draft-what = 📍 <b>位置收到了。</b>要做什么？发照片就直接上报。
button-report-here = 📷 上报这里
button-stations-here = 🏠 附近的驿站
button-stations-again = 🏠 我附近的驿站
button-amap = 🧭 高德导航
button-baidu = 🧭 百度导航

place-always = 🟢 24 小时开放
place-open = 🟢 开着
place-open-until = 🟢 开到 { $until }
place-full-said = 🟠 满了（{ $at } { $by }说）
place-full-said-until = 🟠 满了，大约到 { $until }（{ $at } { $by }说）
place-closed = 🔴 没开
place-closed-until = 🔴 没开，{ $until } 开门
place-closed-said = ⛔ 暂停开放，何时开另行通知（{ $at } { $by }说）
place-closed-said-until = ⛔ 暂停开放，{ $until } 开门（{ $at } { $by }说）
place-confirmed = ✅ 最近确认过
place-confirmed-by = ✅ { $by } { $at } 确认
place-old = 🕸 很久没人确认
place-doubtful = ❓ 有人说不对
place-spaces = { $spaces } 个车位
place-free-old = { $spaces } 个车位，最近没人说空几个
place-free = 空 { $free } 个，共 { $spaces } 个（{ $at } { $by }说）
place-broken = 🛠 坏了：{ $what }
place-broken-said = 🛠 坏了：{ $what }（{ $at } { $by }说）
place-has = 有：{ $what }
place-hours = 🕒 { $hours }
place-address = 📍 { $address }
place-access = 🚪 { $how }
place-phone = ☎️ { $phone }

voice-keeper = 管理员
voice-visitor = 来过的人
voice-officer = 网格员
voice-admin = 县里管理员
voice-import = 县里
