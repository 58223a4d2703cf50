# Warmgrid 的中文文字。短、和气、一屏看完；按钮不超过十个字。

language-name = 中文

## 开始

welcome = { $name }，您好。<b>随手拍</b>帮您把身边的隐患直接送到网格员手机上：发一张照片、一个位置，就够了。歇脚、喝水、充电，点“🏠 暖新驿站”。
privacy-short = 🔒 我们只保存您发来的内容、您的 Telegram 编号和昵称，只用来处理上报；处理的人看不到您是谁。全文见“设置”里的“隐私说明”，您随时可以停用。
welcome-role = { $name }，您好，您是<b>{ $roles }</b>。
first-officer = 👉 网格里有新上报，会马上推给您：先点“✅ 接单”；处理完点“☑️ 处理好了”，发一张照片，再点“📍 我在这里”。上班、下班都点“🟢 值班”。
first-lead = 👉 超时的上报会升级给您，附上经过，请您督促办理。发 /stats 看辖区办得怎么样。
first-member = 👉 有人请您的队伍协助，会马上推给您：先点“✅ 接单”，做完点“☑️ 完成了”。手上的任务：/tasks。
first-desk = 👉 网格员接不了的上报会推给您：先点“✅ 接单”，再联系人去处理。随时可以点“🗂 我的任务”查看。
first-admin = 👉 先点“➕ 邀请”，请网格员和值班台加入。没有人能接的上报，也会推给您。
privacy-short-role = 🔒 我们保存您的 Telegram 编号、昵称和处理记录。上报人会知道是谁在处理；卡片上不显示是谁上报的。
privacy-short-shop = 🔒 我们保存您的 Telegram 编号、昵称和店里的收取记录。顾客只看到店名，看不到您的名字；您只看到顾客的姓。
privacy-long =
    🔒 <b>隐私说明</b>

    <b>保存什么：</b>您的 Telegram 编号和显示名、您选的语言和身份、您发来的照片、位置、文字，以及每条上报的处理过程。

    <b>谁能看到：</b>处理上报的人（网格员、县级值班台）只看到照片、位置和您说的话，看不到您的名字和账号。他的提问由机器人转达，您的回答也一样。接单的人，名字会告诉上报人。县级管理员为处理问题可以查看记录。

    <b>商家：</b>您付积分时，商家只看到付多少和您名字的首字，看不到全名。

    <b>骑手：</b>您选了骑手和平台后，县级管理员会看到您的名字、平台和站点，以便确认登记，让您能买骑手餐。

    <b>您的位置：</b>您最近一次找商家、找驿站、共享实时位置或者上报时的位置，保留 24 小时：用来找您附近的地方，有高温、台风、洪水时提醒那里的骑手。您在哪个驿站打过卡、天气提醒发给了谁，也只保留 24 小时，之后只留人数。

    <b>照片：</b>转给别人之前，照片里的拍摄地点、设备等信息都会去掉。

    <b>保存多久：</b>上报及处理过程按政务档案要求保存；未提交的草稿可以随时点“重来”删掉。

    <b>不想用了：</b>停用机器人，我们就不再给您发消息。要查看或删除自己的资料，请联系县级值班台，由管理员办理。
ask-kind = 您是骑手还是居民？（以后可以在“设置”里改）
ask-kind-later = 上报已经送出。顺便问一下：您是骑手还是居民？点一下就行，不点也没关系。
kind-rider = 🛵 骑手
kind-resident = 🏠 居民
kind-chosen = 好的，您是{ $kind }。
team-chosen = 好的，您是{ $kind }，{ $team }。
ask-platform = 您跑哪个平台？（可跳过）
platform-meituan = 美团
platform-eleme = 饿了么
platform-jd = 京东
platform-sf = 顺丰
platform-post = 邮政
platform-other = 其他
ask-team = 您是哪个站点或车队？打字发名称就行，不想说就点“跳过”。看到隐患，随时先发照片或位置。
ready =
    好了。看到隐患，发<b>照片</b>和<b>位置</b>，先后都行，齐了就自动上报。

    👇 下面的按钮可以一键发送当前位置。

## 菜单

key-report = 📷 我要上报
key-send-place = 📍 发送我的位置
key-my-reports = 📋 我的上报
key-my-points = 🌟 我的积分
key-my-cases = 🗂 我的任务
key-settings = ⚙️ 设置
key-help = ❓ 帮助
key-invite = ➕ 邀请
key-duty = 🟢 值班
command-report = 上报隐患
command-reports = 我的上报
command-points = 我的积分
command-cases = 我的任务
command-duty = 上下班、我的网格
command-invite = 邀请同事加入
command-settings = 语言、身份、隐私
command-help = 怎么用

## 按钮

button-privacy = 🔒 隐私说明
button-settings = ⚙️ 设置
button-skip = 跳过
button-cancel = 取消
button-back = ‹ 返回
button-older = 下一页 ›
button-newer = ‹ 上一页
button-no-photo = 没有照片
button-start-over = 🗑 重来
button-join = 加到 { $number }
button-belongs = 属于 { $number }
button-new-report = 另报一件
button-second-report = 另报一件
button-same-report = 还是这一件
button-still-so = 现在还这样
button-leave-out = 不用这张
button-answer-to = 回答 { $number }
button-ask-about = 转问 { $number }
button-add-words = ✏️ 补充内容
button-was-hazard = 是隐患，要上报
button-add-more = ✏️ 再补充
button-change-category = 🏷 改类别
button-change-place = 📍 改位置
button-withdraw = ↩️ 撤回
button-withdraw-yes = 确定撤回
button-keep = 不撤回
button-my-reports = 📋 我的上报
button-accept = ✅ 接单
button-not-mine = ↪️ 不归我管
button-navigate = 🧭 导航
button-resolve = ☑️ 处理好了
button-reject = 🚫 不受理
button-wait = ⏸ 暂停计时
button-clock-on = ▶️ 继续计时
button-wait-reporter = 等上报人 { $span }
button-wait-third_party = 等其他单位 { $span }
button-wait-other-reporter = 等上报人 其他时间
button-wait-other-third_party = 等其他单位 其他时间
wait-hours-2 = 2 小时
wait-tomorrow = 到明早9点
wait-hours-24 = 1 天
wait-hours-72 = 3 天
wait-hours-168 = 7 天
wait-hours-720 = 30 天
button-ask = 💬 问上报人
button-answer = 💬 回答
button-reply = 💬 回复
button-say-more = 💬 再说一句
button-go-on = 🟢 上班
button-go-off = 🔴 下班
button-primary = 主责网格员
button-deputy = 协助网格员
primary = 主责
deputy = 协助

## 时间

time-date = { $month }{ $day }日 { $clock }
time-date-year = { $year }年{ $month }{ $day }日 { $clock }
month-1 = 1月
month-2 = 2月
month-3 = 3月
month-4 = 4月
month-5 = 5月
month-6 = 6月
month-7 = 7月
month-8 = 8月
month-9 = 9月
month-10 = 10月
month-11 = 11月
month-12 = 12月
and-more = ……还有 { $count } 个

## 上报中

draft-needs-both = 📝 请发<b>照片</b>和<b>位置</b>，先后都行。
draft-needs-photo = 📝 还差一张<b>照片</b>。
draft-needs-place = 📝 还差<b>位置</b>：点下面的“📍 发送我的位置”，或用 📎 → 位置，选准地点。
draft-wait = 📝 就快好了，请稍等。
draft-join = 🤔 这是补充刚才的 <b>{ $number }</b>，还是另一件事？
draft-answer = 🤔 这是回答 <b>{ $number }</b> 的提问，还是另报一件？
draft-ended = ℹ️ <b>{ $number }</b> 已不能再补充，您后来发的算新的一件。
draft-old = 🤔 这张照片是 <b>{ $when }</b> 拍的。现在还是这样吗？
draft-old-named = 🤔 照片“{ $name }”是 <b>{ $when }</b> 拍的。现在还是这样吗？
draft-old-place = 📍 拍摄地点：{ $place }
draft-old-told = 🕒 有一张照片是 <b>{ $when }</b> 拍的，稍后会问您。
draft-elsewhere = 🤔 有 { $count } 张照片是在 <b>{ $far }</b>外拍的：{ $place }。是另一件事吗？
draft-elsewhere-stays = 不选的话，留在这一件里，{ $at } 一起上报。
draft-exif-outside = ⬜️ 位置：照片自带的不在本县，没有采用。请用 📎 → 位置，在地图上选准
draft-place-outside = ⬜️ 位置：您发的不在本县，没有采用。请用 📎 → 位置，在地图上选准
draft-has-photo = ✅ 照片 { $count } 张
draft-no-photo-yet = ⬜️ 照片
draft-without-photo = ✅ 没有照片
draft-has-place = ✅ 位置：{ $name }
draft-place-exif = ✅ 位置（照片自带）：{ $place }
draft-no-place-yet = ⬜️ 位置
draft-has-files = ✅ 语音或视频 { $count } 个
draft-may-ask = 💬 如果是问上报人的，点“转问”，我来转达。
draft-reading = ⏳ 正在读取照片里的地点和时间……
draft-thrown-away = 已清空。要上报时，随时发照片或位置。

## 回执

receipt-title = ✅ <b>已上报 { $number }</b>
receipt-place-exif = 📍 位置取自照片：{ $place }。不对就点“改位置”。
receipt-again-photo = 📷 拍一张现在的样子更好办：点“补充内容”发过来。
line-category = { $icon } { $category }
line-category-urgent = { $icon } { $category } · <b>紧急</b>
line-grid = 🧩 { $code } { $name }
line-no-grid = 🧩 县级值班台
next-open = ⏭ 已送到网格员手机，接单后马上告诉您。
next-open-with = ⏭ 已送到{ $level }，接单后马上告诉您。
next-accepted = ⏭ { holder }正在处理，处理好了会把照片发给您。
next-resolved = 🎉 已处理好，谢谢您。
next-rejected = 这件没有受理。情况有变，可以再报。
next-withdrawn = 已撤回。
next-joined = 已归入 { $number }，内容都加到那件了。
choose-category = { $number } 是哪一类？
category-changed = 类别已改
confirm-withdraw = 撤回 <b>{ $number }</b>？撤回后不再处理。
toast-joined = 已加到 { $number }
withdrawn-toast = 已撤回
words-added = ✅ 已补充到 <b>{ $number }</b>。
place-changed = ✅ <b>{ $number }</b> 的位置已改。
joined-report = ✅ 已加到 <b>{ $number }</b>。
picture-left-out = 好的，<b>{ $number }</b> 不用这张照片。

## 我的上报

my-reports-title = 📋 <b>我的上报</b>
my-reports-none =
    您还没有上报过。

    看到隐患，发一张照片、一个位置就行。
my-reports-line =
    { $icon } <b>{ $number }</b> { $category } · { $when }
    　{ $status }
my-reports-open = 等待接单 · { $by }前接单
my-reports-accept-late = 等待接单 · ⚠️ 超时
my-reports-accepted = 处理中 · { $by }前处理
my-reports-resolve-late = 处理中 · ⚠️ 超时
my-reports-paused-reporter = 处理中 · ⏸ 等您回复
my-reports-paused-third_party = 处理中 · ⏸ 等到 { $by }
status-open = 等待接单
status-accepted = 处理中
status-resolved = 已处理好
status-rejected = 未受理
status-withdrawn = 已撤回
details-title = <b>{ $number }</b> · { $status }
event-line = { $when }　{ $what }
details-fix = 💬 { holder }说：
details-more = ……中间还有 { $count } 条……
event-filed = 已上报
event-routed-primary = 送到网格员
event-routed-deputy = 送到协助网格员
event-routed-community = 送到社区网格员
event-routed-lead = 送到社区负责人
event-routed-town = 送到乡镇
event-routed-desk = 送到县级值班台
event-declined = 转给下一位
event-accepted = { holder-role }接单
event-resolved = 已处理好
event-rejected = 未受理：{ $why }
event-rejected-later = 处理后被认为不属实：{ $why }
event-withdrawn = 您已撤回
event-withdrawn-joined = 您已归入 { $number }
event-joined = { $number } 并入这件
event-words_added = 补充了说明
event-photos_added = 补充了照片或语音
event-category_changed = 类别改为{ $category }
event-became_urgent = 转为紧急，时限提前
event-place_changed = 位置已改
event-asked = { holder-role }提问
event-answered = 您已回答
event-said = ：“{ $words }”
event-photo_bad = 有一个文件不是照片
event-photo_left_out = 一张旧照片没有采用

## 谁在处理

holder =
    { $role ->
        [desk] 县级值班台{ $name }
        [admin] 管理员{ $name }
        [lead] 社区负责人{ $name }
        [member] 队伍成员{ $name }
       *[officer] 网格员{ $name }
    }
holder-role =
    { $role ->
        [desk] 县级值班台
        [admin] 管理员
        [lead] 社区负责人
        [member] 队伍成员
       *[officer] 网格员
    }

## 告诉上报人

told-accepted = 🛠 <b>{ $number }</b> { holder }已接单，正在处理。
told-reopened = ↪️ <b>{ $number }</b> 已转给{ $level }，接单后马上告诉您。
told-resolved = ✅ <b>{ $number }</b> 处理好了，谢谢您。
told-before-after = 📷 第 { $before } 张：处理前 · 第 { $after } 张：处理后
told-more-photos = 全部照片在“{ $name }”里。
label-before = 处理前
label-after = 处理后
told-rejected =
    🚫 <b>{ $number }</b> 没有受理。
    原因：{ $why }
told-rejected-later =
    🚫 <b>{ $number }</b> 处理后经复核，被认为不属实。
    原因：{ $why }
    如果维持这一认定，相应积分会收回。
told-question = 💬 { holder-role }问（<b>{ $number }</b>）：
told-question-shown = 💬 { holder-role }发来上面这些（<b>{ $number }</b>）。
told-picture-bad = ⚠️ “{ $name }”不是能打开的图片，没有用上。请用“照片”（不是“文件”）再发一次。
told-picture-old = 🤔 您加到 <b>{ $number }</b> 的照片是 <b>{ $when }</b> 拍的。现在还是这样吗？您确认之前，不会给别人看。
told-picture-bad-report = ⚠️ “{ $name }”不是能打开的图片，没有加到 <b>{ $number }</b>。上报照常处理，您可以再发一张照片。

## 网格员

case-title = 🔔 <b>{ $number }</b>
case-title-urgent = 🚨🚨🚨 <b>紧急 { $number }</b>
case-when = 🕒 { $when } 上报
case-place = 📍 { $name }
case-place-exif = 📍 位置取自照片
case-accept-by = ⏳ 请在 <b>{ $by }</b>前接单
case-accept-soon = ⌛ 请在 <b>{ $by }</b>前接单，剩下不到 { $left }
case-accept-still = ⏳ 原定 { $promised } 前接单，<b>已超时</b>，请在 <b>{ $by }</b> 前接单
case-accept-late = ⏳ 应在 { $by } 前接单，<b>已超时</b>，已升级到{ $level }
case-accept-late-top = ⏳ 应在 { $by } 前接单，<b>已超时</b>，已是最后一级：{ $level }
case-resolve-by = ⏳ 您已接单，请在 <b>{ $by }</b>前处理好
case-resolve-soon = ⌛ 您已接单，请在 <b>{ $by }</b>前处理好，剩下不到 { $left }
case-resolve-late = ⏳ 您已接单，应在 { $by } 前处理好，<b>已超时</b>，已升级到{ $level }
case-resolve-late-top = ⏳ 您已接单，应在 { $by } 前处理好，<b>已超时</b>，上面没有人可接，仍由您负责
case-taken = 👤 { holder }已接单
case-with-others = ↪️ 已转给别人
case-put-to = ↪️ 已派给{ $level }
case-you-decided-decided = ⚖️ 您的决定：已经解决
case-you-decided-reopened = ⚖️ 您的决定：没有解决，退回重办
case-you-decided-upheld = ⚖️ 您的裁定：不属实
case-you-decided-cleared = ⚖️ 您的裁定：情况属实
case-passed-on = ↪️ 您已转出
case-resolved = ✅ { holder }已处理好
case-rejected-later = 🚫 处理后被认为不属实：{ $why }
case-rejected = 🚫 { holder }未受理：{ $why }
case-withdrawn = ↩️ 上报人已撤回
case-joined = ↩️ 上报人已归入 { $number }
case-replaced = ⬇️ <b>{ $number }</b> 的新卡片在下面。
my-cases-title = 🗂 <b>我的任务</b>（最急的在前）
my-cases-none = 🗂 现在没有任务。有新上报会马上推给您。
my-cases-paused = <i>已暂停计时的，按恢复时间排：</i>
my-cases-line-open = { $icon } <b>{ $number }</b> { $category } · { $by }前接单
my-cases-line-accepted = { $icon } <b>{ $number }</b> { $category } · { $by }前处理
my-cases-line-late = ‼️ { $icon } <b>{ $number }</b> { $category } · { $by } 已超时
my-cases-line-paused-reporter = ⏸ { $icon } <b>{ $number }</b> { $category } · 等上报人，到 { $by }
my-cases-line-paused-third_party = ⏸ { $icon } <b>{ $number }</b> { $category } · 等其他单位，到 { $by }
ask-why-decline = <b>{ $number }</b> 为什么不归您管？点一下就转给下一位。
decline-to-desk = ⚠️ 您是最后一位网格员，再转就到县级值班台了。
why-decline-grid = 不在我的网格
why-decline-duty = 不是网格的事
why-decline-away = 我现在去不了
why-decline-other = 其他原因
ask-wait = ⏸ <b>{ $number }</b> 在等谁、等多久？点一下，计时就停下，上报人也会知道；随时可以继续。
ask-wait-until-reporter = ⏸ <b>{ $number }</b> 等上报人等到什么时候？请写，例如 <b>明天9点</b>、<b>12月3日下午3点</b>、<b>3天</b>。
ask-wait-until-third_party = ⏸ <b>{ $number }</b> 等其他单位等到什么时候？请写，例如 <b>明天9点</b>、<b>12月3日下午3点</b>、<b>3天</b>。
ask-why-reject = <b>{ $number }</b> 为什么不受理？点一个，或直接打字。上报人会看到。
why-reject-none = 现场没有发现
why-reject-done = 已经有人处理
why-reject-private = 属于私人事务
why-reject-false = 情况不属实
told-photos = 📷 <b>{ $number }</b> 上报人补充的照片
told-recording = 🎤 <b>{ $number }</b> 上报人补充的语音或视频
told-words = ✏️ <b>{ $number }</b> 上报人补充：
told-withdrawn = ↩️ <b>{ $number }</b> 上报人已撤回，不用处理了。
told-joined = ↩️ <b>{ $number }</b> 和 <b>{ $older }</b> 是同一件，上报人已归到那件，这里不用处理了。
told-answer = 💬 上报人说（<b>{ $number }</b>）：
told-answer-shown = 💬 上报人发来上面这些（<b>{ $number }</b>）。
told-answer-goes-on = ▶️ 计时继续，请在 { $by }前处理好。
toast-accepted = 归您了
toast-declined = 已转给下一位
toast-waits = 计时已停
toast-goes-on = 计时继续
toast-rejected = 已告诉上报人
resolved-done = ✅ <b>{ $number }</b> 已处理好，前后照片已发给上报人。
rejected-done = <b>{ $number }</b> 已标为不受理，上报人会看到原因。
ask-wait-what-for = 💬 <b>{ $number }</b> 已暂停到 { $until }。要上报人做什么、答什么？接着发文字、照片或语音，就作为提问转过去。
button-nothing-to-ask = 不用问
waits-no-more = ▶️ <b>{ $number }</b> 已不再暂停。
waits-done = ⏸ <b>{ $number }</b> 等到 { $until }，计时已停。
asked-done = ✅ 已转给上报人（<b>{ $number }</b>），有回答马上转给您。
answered-done = ✅ 已转给处理的人（<b>{ $number }</b>）。
duty-on = 🟢 您在<b>值班</b>，网格里的上报会推给您。
duty-off = 🔴 您已<b>下班</b>，新的上报会推给其他网格员。
duty-grid = 🧩 { $code } { $name }（{ $rank }）
duty-no-grid = 您还没有网格，请联系管理员。
toast-on-duty = 已上班
toast-off-duty = 已下班

## 等待输入

prompt-resolve = 📷 请发一张<b>处理后的照片</b>（{ $number }）；想说明的话，随照片一起写。
prompt-resolve-words = 📷 请再发一张<b>处理后的照片</b>（{ $number }）。
prompt-resolve-photo-only = 📷 { $number } 还等着一张<b>处理后的照片</b>：视频、语音和不是照片的文件都代替不了。
prompt-ask = 💬 想对上报人说什么？文字、照片、语音都行，我来转达（{ $number }）。
prompt-answer = 💬 请回答：文字、照片、语音、位置都行，我来转达（{ $number }）。
prompt-words = ✏️ 要补充什么？发文字、照片或语音（{ $number }）。
prompt-place = 📍 请发正确的位置（{ $number }）：用 📎 → 位置，选准地点。
cancelled = 已取消。
toast-cancelled = 已取消

## 设置

settings-title = ⚙️ <b>设置</b>
settings-kind = 身份：{ $kind }
settings-no-kind = 您是骑手还是居民？点下面选一个。
settings-rider = 平台：{ $platform }　站点：{ $team }
settings-role = 职责：{ $roles }
settings-duty =
    { $on ->
        [true] 值班：🟢 上班
       *[other] 值班：🔴 下班
    }
language-chosen = ✅ 以后用中文。
between = 、

## 帮助

help-reporter =
    <b>怎么上报</b>
    1. 发照片（可以好几张），也可以发原图文件
    2. 发位置：点“📍 发送我的位置”，或 📎 → 位置
    先后都行，齐了自动上报，马上给您编号。

    进展会在这里告诉您；“📋 我的上报”随时可查。
    歇脚、喝水、充电、上厕所、停车：点“🏠 暖新驿站”，或直接写：附近充电。
    有生命危险时，请先拨 <b>119 / 110 / 120</b>。
help-officer =
    <b>处理上报</b>
    新上报会推给您：点“接单”，到现场处理，再点“处理好了”，发一张照片和您的位置。
    不归您管就点“不归我管”，会转给下一位；不该办的点“不受理”，写明原因。
    “问上报人”帮您转达；要等别人，点“暂停计时”；要帮手，点“叫人协助”，可叫队伍或邻近网格。
    接单后没看到的按钮在“更多”里。
    “🗂 我的任务”按最急的排。
help-lead =
    <b>负责人</b>
    超时没人接、没办完的会升级给您：点“接单”就由您接手。上报人不认可的，由您核实后决定。
    “🗂 我的任务”里有等您的，“📊 评估”看各网格办得怎么样。
help-admin =
    <b>管理员</b>
    “➕ 邀请”生成一次性链接，七天内有效，发给本人点开即可。一个链接可以带几个网格。
    /audit 看对人和上报做过什么。/lift 恢复被暂停的人上报。
    /place 添加或修改驿站，/usage 看驿站用得多不多，/warn 给骑手发高温、寒冷、台风、内涝提醒。

## 邀请

role-officer = 网格员
role-desk = 县级值班台
role-lead = 社区负责人
role-admin = 管理员
invite-choose = 邀请谁加入？
invite-rank = 主责还是协助？
invite-grid = { $rank }网格员：负责哪个网格？请发网格编号，例如 DY-001-01；好几个就一起发，用空格隔开。
invite-title = 🔗 邀请：{ $role }
invite-title-ranked = 🔗 邀请：{ $role }（{ $rank }）
invite-meant-for = 👤 给名单里的<b>{ $name }</b>：点开的人接过{ $name }名下的全部职责。
invite-link =
    { $url }

    只能用一次，{ $until } 前有效。转发给本人即可。
joined-officer = 🎉 { $name }，欢迎加入。您现在是<b>网格员</b>，已在值班。
joined-desk = 🎉 { $name }，欢迎加入。您现在负责<b>县级值班台</b>。
joined-lead = 🎉 { $name }，欢迎加入。您现在是<b>社区负责人</b>。
joined-admin = 🎉 { $name }，您现在是<b>管理员</b>。

## 办不了的时候

error-unknown = 出了点问题，请再试一次。
error-set-aside = ⚠️ 这条消息出了问题，已经记下（编号 <b>{ $code }</b>），我们会补办。请把编号告诉管理员。
error-not-allowed = 您没有权限做这一步。
error-no-evaluation = “评估”给社区负责人、县级值班台和管理员看。如果您是，请向管理员要邀请链接。
error-no-emergency = 应急由网格员（限自己的任务）、县级值班台和管理员启动。遇到危险，请马上拨打 119（火警）、110（报警）、120（急救），再在这里上报。
error-no-such-command = 没有 { $command } 这个命令。发 /help 看怎么用。
error-no-such-report = 没有这件上报，或您无权查看。
error-already-accepted = { holder }已经接单了。
error-already-yours = 您已经接单了。
error-not-offered = 这件已转给别人。
error-last-in-line = 您后面没有人可转了。请先接单，再打电话找人处理。
error-report-ended = 这件已经结束，不能再改。
error-too-late = 已有人接单，不能改了。可以点“补充内容”。
error-talk-over = { $number } 已经结束，不再转达。情况有变，可以再报一件。
error-nobody-to-answer = { $number } 正在转给下一位，接单后才能转达。要补充，请点“补充内容”。
error-not-possible = 现在不能这样做。
error-outside = ⚠️ 这个位置不在本县，没有采用。请用 📎 → 位置，在地图上选准地点再发。
error-bad-place = ⚠️ 这个位置不对，手机可能还没定位好。请重新发一次，或用 📎 → 位置，在地图上选准地点。
error-no-words = 没有看到文字，请打字发来。
error-bad-time = 看不懂这个时间，请写成：明天9点、12月3日下午3点或3天。
error-time-over = 这个时间已经过了，请写将来的时间，例如：明天9点。
error-waits-too-long = { $days ->
    [0] 这件每次最多等 { $hours } 小时，请重写，例如：2小时。
   *[other] 这件每次最多等 { $days } 天，请重写，例如：2天。
}
error-words-too-long = 文字太长了，最多 { $most } 个字，请分开发。
error-too-many-photos = 一件上报最多 { $most } 张照片，这张没有加上。
error-file-too-large = ⚠️ 文件超过 { $megabytes } MB，收不了。请直接发照片（不用“文件”）。
error-nothing-to-add = 这一步已经过去了。要上报，请发照片或位置。
error-question-over = 这个问题已经过去了。您发的都还在：请看下面最新的消息，或“{ key-my-reports }”。
error-invite-unknown = 这个邀请链接无效，请向管理员再要一个。
error-invite-own = 这个链接是给别人用的，请转发给对方。链接仍然有效。
error-invite-used = 这个邀请链接已经用过了，请向管理员再要一个。
error-invite-expired = 这个邀请链接已过期，请向管理员再要一个。
error-no-such-grid = 没有网格“{ $code }”，链接没有生成。请核对，再把编号全部发一次。
error-not-officer = 您还不是网格员，请向管理员要邀请链接。
error-unsupported = 收到了{ $what }，这里用不上。可以发照片、位置、文字、语音和视频。
error-unsupported-file = 收到了文件 { $name }，这里用不上。可以发照片（按文件发的图片也行）、位置、文字、语音和视频。文档或表格里的内容，拍张照或截个图发来就行。
error-unsupported-lists = 网格、网格员、负责人、队伍、商家的名单，请在运行我的机器上导入：<b>warmgrid import</b>。
error-old-button = 这个按钮已经不能用了。
error-too-fast = ⏳ 您发得太快了，最后几条没有收下，之前的都保存着。请等 { $seconds } 秒，再把那几条重发一次。
what-sticker = 表情贴纸
what-animation = 动图
what-audio = 音频
what-document = 文件
what-contact = 联系人
what-poll = 投票
what-video_note = 视频留言
what-dice = 骰子
what-other = 这类消息

## 命令行：导入

import-progress = 正在导入 { $file }
import-done = { $file }：新增 { $added }，更新 { $updated }，未变 { $unchanged }。
import-refused = { $file }：没有导入任何内容，有 { $count } 条有问题：
import-refused-hint = 请改正文件；或加上 --skip-bad，只导入没有问题的。
import-skipped = 跳过了 { $count } 条：
import-at = { $where }：{ $problem }
import-where-line = 第 { $number } 行
import-where-row = 第 { $number } 行
import-where-feature = 第 { $number } 个要素
import-store-unavailable = 数据库暂时无法写入：{ $problem }

error-import-refused = 没有导入任何内容：有 { $count } 条有问题。
error-import-missing-columns = 没有导入任何内容：文件缺少这些列：{ $columns }
error-import-no-rows = 没有导入任何内容：文件里没有数据。

## 整个文件

import-file-missing = 打不开文件：{ $problem }
import-file-suffix = 文件应以 .geojson、.json、.csv 或 .xlsx 结尾，而不是 { $suffix }
import-file-too-large = 文件太大，最多 200 MB。
import-file-empty = 文件是空的。
import-file-truncated = 文件不完整，像是被截断了。请重新复制或保存一次。
import-file-not-geojson = 这不是 GeoJSON：第 { $line } 行读不懂。
import-file-not-collection = 这不是 GeoJSON 的 FeatureCollection。
import-file-not-csv = 这不是 UTF-8 或 GB 18030 编码的 CSV 文件。
import-file-not-xlsx = 这不是 Excel 工作簿，或者已损坏。
import-file-old-excel = 这是旧版或加密的 Excel 文件。请另存为不带密码的 .xlsx。
import-file-column-twice = “{ $column }”这一列出现了两次。

## 某一条

import-row-no-value = “{ $column }”是空的
import-row-too-many-values = 值比列多，多出的从“{ $value }”开始
import-row-too-long = “{ $column }”太长，最多 { $most } 个字符
import-row-bad-number = “{ $column }”应是 0 到 { $most } 的整数，而不是“{ $value }”
import-row-bad-word = “{ $column }”应是 { $allowed } 之一，而不是“{ $value }”
import-row-bad-code = 编号“{ $value }”里不能有空格、逗号或分号
import-row-code-twice = 编号 { $code } 在{ $where }已经用过
import-row-no-outline = 网格没有边界
import-row-not-polygon = 边界应是 Polygon 或 MultiPolygon，而不是 { $kind }
import-row-bad-outline = 边界读不懂；每一圈至少要有四对经纬度
import-row-invalid-outline = 边界在 { $place } 附近无效：自相交、自接触，或者洞在外面
import-row-bad-coordinates = { $longitude }, { $latitude } 不是以度表示、经度在前的位置（WGS-84）
import-row-overlap = { $code } 与 { $other } 重叠 { $area } 平方米
import-row-overlap-kept = { $code } 与 { $other } 重叠 { $area } 平方米；{ $other } 已在库中，这个文件没有改动它
import-row-bad-phone = “{ $value }”不是电话号码
import-row-phone-twice = 电话 { $phone } 在{ $where }已经用过
import-row-unknown-grid = 没有编号为 { $code } 的网格
import-row-grid-twice = 网格 { $code } 写了两次
import-row-duties-uneven = { $grids } 个网格对应 { $duties } 个职责；请每个网格写一个，或只写一个
import-row-other-community = 这些网格都不在{ $community }，而在{ $actual }
import-row-second-primary = { $code } 在{ $where }已有主责网格员

## 导入之后值得知道的

import-remark-grids-kept = 文件里没有、原样保留的网格（{ $count } 个）：{ $names }
import-remark-officers-kept = 文件里没有、连同网格一起保留的网格员（{ $count } 位）：{ $names }
import-remark-now-deputy = 文件指定了新的主责，这些人改为协助（{ $count } 位）：{ $names }
import-remark-no-primary = 没有主责网格员的网格（{ $count } 个）：{ $names }

## 时限

level-primary = 网格员
level-deputy = 协助网格员
level-community = 社区网格员
level-lead = 社区负责人
level-town = 乡镇
level-desk = 县级值班台
level-admin = 管理员
level-you = 给您

told-reminder-open = ⏰ <b>{ $number }</b> 还没有人接单，请在 { $by } 前接单。
told-reminder-accepted = ⏰ <b>{ $number }</b> 时间已过半，请在 { $by }前处理好。
told-reminder-urgent = 🚨 <b>{ $number }</b> 转为<b>紧急</b>，请在 { $by }前处理好。
told-reminder-urgent-late = 🚨 <b>{ $number }</b> 转为<b>紧急</b>，{ $by }起已逾期，请尽快处理。
told-reminder-took-in = 🔗 <b>{ $other }</b> 已并入您手上的 <b>{ $number }</b>，请在 { $by }前处理好。
told-reminder-took-in-late = 🔗 <b>{ $other }</b> 已并入您手上的 <b>{ $number }</b>，{ $by }起已逾期，请尽快处理。
told-reminder-waited = ▶️ 原来的等待已结束，计时继续。
told-reminder-review = ⏰ <b>{ $number }</b> 还在等您裁定。
told-reminder-late-open = 🔺 <b>{ $number }</b> 应在 { $by } 前接单，现已升级到{ $level }。您仍可接单。
told-reminder-late-review = 🔺 <b>{ $number }</b> 应在 { $by } 前裁定，现已升级到{ $level }。您仍可裁定。
told-reminder-late-accepted = 🔺 <b>{ $number }</b> 已逾期：应在 { $by } 前处理好，现已升级到{ $level }督办。请尽快处理。
told-reminder-late-paused = 🔺 <b>{ $number }</b> 已逾期：应在 { $by } 前处理好，现已升级到{ $level }督办。目前暂停到 { $until }。
overdue-title = 🔺 <b>逾期 { $count } 件</b>，请尽快处理：
overdue-line-open = { $icon } <b>{ $number }</b> { $category } · 应在 { $by } 前接单
overdue-line-accepted = { $icon } <b>{ $number }</b> { $category } · 应在 { $by } 前处理好
overdue-line-review = { $icon } <b>{ $number }</b> { $category } · 等您裁定
overdue-line-task = 🤝 <b>{ $number }</b> { $name } · 等您接手
overdue-line-task-given = 🔕 <b>{ $number }</b> { $name } · 一直没人接手
overdue-more = 还有 { $count } 件，点“🗂 我的任务”查看。
overdue-more-tasks = 还有 { $count } 项协助没人接手。
told-late-open = ⚠️ 抱歉，<b>{ $number }</b> 没能在 { $by } 前接单，现由{ $level }跟进。有人接单马上告诉您。
told-late-open-top = ⚠️ 抱歉，<b>{ $number }</b> 没能在 { $by } 前接单，现由最后一级{ $level }跟进。有人接单马上告诉您。
told-late-accepted = ⚠️ 抱歉，<b>{ $number }</b> 没能在 { $by } 前处理好，已升级到{ $level }督办。处理好了马上告诉您。
told-late-accepted-top = ⚠️ 抱歉，<b>{ $number }</b> 没能在 { $by } 前处理好，上面没有人可接，仍由{ holder }负责。处理好了马上告诉您。
told-late-paused-reporter = ⚠️ 抱歉，<b>{ $number }</b> 没能在 { $by } 前处理好。现在需要您的回复才能继续，最晚等到 { $until }。
told-late-paused-third_party = ⚠️ 抱歉，<b>{ $number }</b> 没能在 { $by } 前处理好。现在需要其他单位配合，预计 { $until } 继续处理。
late-title = ⚠️ 抱歉，您有 <b>{ $count } 件</b>没能按时处理。每件有结果都会马上告诉您：
late-line-open = { $icon } <b>{ $number }</b> { $category } · 没能在 { $by } 前接单，现由{ $level }跟进
late-line-open-top = { $icon } <b>{ $number }</b> { $category } · 没能在 { $by } 前接单，现由最后一级{ $level }跟进
late-line-accepted = { $icon } <b>{ $number }</b> { $category } · 没能在 { $by } 前处理好，已升级到{ $level }督办
late-line-accepted-top = { $icon } <b>{ $number }</b> { $category } · 没能在 { $by } 前处理好，仍由{ holder }负责
late-line-paused-reporter = { $icon } <b>{ $number }</b> { $category } · 没能在 { $by } 前处理好，等您回复到 { $until }
late-line-paused-third_party = { $icon } <b>{ $number }</b> { $category } · 没能在 { $by } 前处理好，等其他单位到 { $until }
late-more = 还有 { $count } 件，点“我的上报”查看。
list-replaced = ⬇️ 下面有更新的清单。
list-done = ✅ <b>这张清单上的都处理了：</b>
list-line-done = <s><b>{ $number }</b> { $category }</s> · { $status }
list-with-others = 已转给别人
told-paused-reporter = ⏸ <b>{ $number }</b>：处理人在等您的回复，最晚等到 { $until }。
told-paused-unasked = ⏸ <b>{ $number }</b>：处理人要等您一下，最晚等到 { $until }。问题随后转给您；没收到的话，点“回答”问一句。
told-paused-third_party = ⏸ <b>{ $number }</b>：需要其他单位配合，预计 { $until } 继续处理。
told-wait-over = ▶️ <b>{ $number }</b> 等待时间到了，计时继续，请在 { $by }前处理好。
told-wait-ended = ▶️ 上级已结束 <b>{ $number }</b> 的等待，计时继续，请在 { $by }前处理好。
told-overdue-waits = ⏸ <b>{ $number }</b> 已逾期，现在又在等待。您可以让计时继续。
told-taken-over = <b>{ $number }</b> 已由{ $name }接手，您不用再处理了。
told-closed = ✅ <b>{ $number }</b> 已结案。如果又出现问题，请再报一次。谢谢您。

status-review = 裁定中
status-closed = 已结案
status-merged = 已合并

event-reminded = 已催办
event-raised = 逾期，已升级到{ $level }
event-taken_over = 由上一级接手
event-paused-reporter = 等您回复，计时暂停
event-paused-third_party = 等其他单位配合，计时暂停
event-resumed = 继续处理
event-closed = 已结案

promise-by = { $by }{" "}
promise-by-office-hours = { $by }（按工作时间）
promise-open = ⏱ 承诺 { $by }前接单，{ $fixed }前处理好
promise-accept-late = ⚠️ 原定 { $by } 前接单，已超时，现由{ $level }跟进
promise-accept-late-top = ⚠️ 原定 { $by } 前接单，已超时，现由最后一级{ $level }跟进
promise-accepted = ⏱ 承诺 { $by }前处理好
promise-resolve-late = ⚠️ 原定 { $by } 前处理好，已超时，已升级到{ $level }督办
promise-resolve-late-top = ⚠️ 原定 { $by } 前处理好，已超时，仍由{ holder }负责
promise-paused-reporter = ⏸ 在等您回复，最晚等到 { $by }
promise-paused-third_party = ⏸ 等其他单位配合，预计 { $by } 继续

case-raised = 🔺 { $name } 已接单，应在 { $by } 前处理好，<b>已超时</b>。您可以督办，也可以接手。
case-raised-reporter = 🔺 { $name } 应在 { $by } 前处理好，<b>已超时</b>。现在等上报人回复，等到 { $until }。
case-raised-third_party = 🔺 { $name } 应在 { $by } 前处理好，<b>已超时</b>。现在等其他单位，等到 { $until }。
case-paused-reporter = ⏸ 您已接单，在等上报人回复，到 { $until } 计时继续
case-paused-third_party = ⏸ 您已接单，在等其他单位，到 { $until } 计时继续
case-review = ⚖️ 等裁定
case-closed = ✅ 已结案
case-closed-unopposed = ✅ 已结案，没有人提出异议
case-merged = 🔗 已合并
button-take-over = 🙋 我来接手
next-review = ⚖️ 正在由{ $level }裁定，有结果马上告诉您。
next-closed = ✅ 已结案。
next-merged = 🔗 已和同一处的另一件合并。

## 评估

key-stats = 📊 评估
command-stats = 评估：按时接单和办结的情况
time-day = { $year }年{ $month }{ $day }日
time-day-brief = { $month }{ $day }日
lasting-less = 不到 1 分钟
lasting-minutes = { $minutes } 分钟
lasting-hours = { $hours } 小时
lasting-days = { $days } 天
list-comma = ，
yes = 是
no = 否
button-day = 看一天
button-week = 看一周
button-month = 看一月
button-earlier = ‹ 更早
button-later = 更晚 ›
button-by-grid = 按网格
button-by-community = 按社区
button-by-officer = 按网格员
button-by-category = 按类别
button-everything = 📋 合计
button-view = 🔀 换个角度
button-chart = 🖼 图表
button-excel = 📄 Excel
stats-title-grid = 📊 <b>按网格评估</b>
stats-title-community = 📊 <b>按社区评估</b>
stats-title-officer = 📊 <b>按网格员评估</b>
stats-title-category = 📊 <b>按类别评估</b>
stats-group-title = 📊 <b>{ $name }</b>
stats-behind-title = 📊 <b>{ $figure }</b> · { $name }
stats-when = { $period } · 全县
stats-when-where = { $period } · { $places }
stats-days = { $first } – { $last }
stats-everything = 合计
stats-nobody = 无人接单
stats-gone = 接单前已撤回或合并
stats-no-grid = 不在任何网格
stats-choose = 按什么看？看多久？
stats-none = 这段时间没有上报。
stats-none-behind = 这里没有上报。
stats-number = <b>{ $count } 件上报</b>
stats-accepted = 🙋 按时接单：<b>{ $share }</b>
stats-resolved = 🛠 按时处理：<b>{ $share }</b>
stats-once = 用时 { $time }
stats-half = 半数在 { $time }内
stats-most = 九成在 { $time }内
stats-longest = 最长 { $time }
stats-reopened = ↩️ 退回重办：<b>{ $count }</b> 次
stats-rating = ⭐ <b>{ $mean }</b> 分（满分 5 分，{ $count } 人评）
stats-group-rank = <b>{ $rank }.</b> { $name } · { $count } 件
stats-group-small = • { $name } · { $count } 件（少）
stats-group-rest = • { $name } · { $count } 件
stats-group-shares = 🙋 { $accepted } 🛠 { $resolved }
stats-group-shares-times = 🙋 { $accepted } 🛠 { $resolved } ⏱ { $times }
stats-note-ranked = 名次：按时的比例越高越靠前。
stats-note = ⏱ 半数接单 / 处理用时
stats-note-small = （少）：计入的不足 { $count } 件，不排名。
stats-line = { $icon } <b>{ $number }</b> { $category } · { $what }
stats-line-not-yet = 还没有
stats-line-reopened = 退回 { $count } 次
stats-open-figure = { $figure }：{ $count }
figure-number = 全部上报
figure-accepted-late = 接单超时
figure-accepted = 接单用时
figure-resolved-late = 处理超时
figure-resolved = 处理用时
figure-reopened = 退回重办
figure-rated = 评分
stats-file = 📄 <b>评估</b>
stats-file-cut = 明细只列最新的上报；<code>warmgrid export evaluation</code> 可以导出全部。
chart-title-grid = 按网格评估
chart-title-community = 按社区评估
chart-title-officer = 按网格员评估
chart-title-category = 按类别评估
chart-accepted = 按时接单
chart-resolved = 按时处理
chart-count = { $count } 件
chart-small = 斜线：计入的不足 { $count } 件，不排名。
chart-more = 还有 { $count } 个，见 Excel。
sheet-grid = 网格
sheet-community = 社区
sheet-officer = 网格员
sheet-category = 类别
sheet-reports = 上报明细
column-rank = 排名
column-name = 名称
column-number = 上报数
column-accept-due = 应接单
column-accept-kept = 其中按时
column-accept-share = 按时接单
column-accept-p50 = 接单用时，半数（分钟）
column-accept-p90 = 接单用时，九成（分钟）
column-resolve-due = 应处理
column-resolve-kept = 其中按时
column-resolve-share = 按时处理
column-resolve-p50 = 处理用时，半数（小时）
column-resolve-p90 = 处理用时，九成（小时）
column-reopened = 退回重办
column-rating = 评分
column-ratings = 评分人数
column-report = 编号
column-filed = 上报时间
column-category = 类别
column-status = 状态
column-community = 社区
column-grid = 网格
column-officer = 网格员
column-counts-for = 计入
column-accept-minutes = 接单用时（分钟）
column-resolve-hours = 处理用时（小时）
error-no-post = 还没有指定您负责哪个社区或乡镇，请联系管理员。
error-cannot-make = 现在做不出来，请一分钟后再试。
export-done = { $file }：{ $count } 件上报
export-cannot-write = 写不了 { $file }：{ $problem }
system-says = { $why ->
    [ENOENT] 没有这个文件或文件夹
    [EACCES] 没有权限
    [EPERM] 没有权限
    [EISDIR] 这是一个文件夹
    [ENOTDIR] 路径中有一段不是文件夹
    [ENOSPC] 磁盘满了
    [EROFS] 磁盘是只读的
   *[other] { $problem }
}
export-not-xlsx = 文件应以 .xlsx 结尾
export-backwards = --from 不能晚于 --to

## 简报

digest-title = ☀️ <b>早上好。</b>您今天的任务：
digest-title-late = 🗂 <b>您今天的任务：</b>
digest-counts = 待办：<b>{ $open }</b> · 今天到期：<b>{ $today }</b> · 已超时：<b>{ $overdue }</b>
digest-nothing = ☀️ 您现在没有待办任务。平时有任务才会发来简报。
digest-week-title = 📊 <b>上周情况</b>
digest-week-before = 再前一周：按时接单 { $accepted }，按时处理 { $resolved }
digest-week-open = 现在待办：<b>{ $open }</b>，已超时：<b>{ $overdue }</b>
digests-title = 🗞 <b>自动发来的简报</b>
digests-day = 每天早上 8:00，有待办任务时：待办、今天到期、已超时。没有时，只在周一说一声。<b>{ $on ->
    [true] 已开启
   *[false] 已关闭
}</b>
digests-week = 每周一 8:00：您负责的社区上周情况如何。<b>{ $on ->
    [true] 已开启
   *[false] 已关闭
}</b>
button-digests = 🗞 简报
button-day-off = 关闭每日简报
button-day-on = 开启每日简报
button-week-off = 关闭每周简报
button-week-on = 开启每周简报
button-cases = 🗂 我的任务
button-stats = 📊 评估
toast-digest-on = 会按时发来。
toast-digest-off = 以后不再发来。
event-reopened = 未处理好，退回重办

## 处理凭证

key-here = 📍 我在这里
key-no-place = 不发位置
apart-metres = { $count } 米
apart-kilometres = { $count } 公里
proof-place = 📷 照片收到。请再点下面的“📍 我在这里”（{ $number }）。
proof-photo = 📍 位置收到。请再发一张<b>处理后的照片</b>（{ $number }）。
proof-words = ✏️ 您写的会一起给上报人看：
button-drop-words = 不带这段话
proof-why-far = 📍 您离上报地点 <b>{ $far }</b>（{ $number }），是什么原因？点一个，或直接打字；也可以到现场再发一次位置。
proof-why-no-place = 为什么不发位置（{ $number }）？点一个，或直接打字；也可以现在发位置。
proof-over = 这一步已经过去了。请在卡片上重新点“处理好了”。
menu-back = 菜单在下面。
why-proof-elsewhere = 离开后才发的
why-proof-place = 上报的位置不准
why-proof-gps = 这里没有信号
proof-by-picture = 📍 位置取自照片，距现场 { $far }。
proof-near = 📍 距现场 { $far }
proof-far = 📍 距现场 { $far }：{ $why }
proof-looks-same = ⚠️ 处理后的照片和处理前的相同
proof-without-place = 📍 没有位置：{ $why }
also-ask = 您在同一地点还有任务，也处理好了吗？{ $number } 的照片和位置一并作数。
also-done = ✅ 一并处理好：{ $numbers }
also-other = { $icon } { $number } 是另一类：{ $category }
button-also = { $number }（{ $far }）
button-also-all = { $count } 件都好了
toast-also = 记下了
line-affected = 👥 { $count } 人受影响
error-has-another = 现在由{ holder }处理。
error-fixed-by-another = { holder }已经处理好了。
error-already-fixed = 您已经报过“处理好了”。
error-too-far = 您不在上报地点，请说明原因。
error-no-proof = 还需要一张处理后的照片。
error-same-as-before = 这是处理前的照片。请发一张现在的。
error-picture-too-old = 这张照片是接单前拍的，不能作为处理后的照片。请发一张现在的。
error-proof-too-old = 那次处理过去太久了，不能一并作数。请单独点“处理好了”。

## 评判

button-fixed = 👍 解决了
button-not-fixed = 👎 没解决
button-back-to-work = ↩️ 退回重办
button-again = 🔁 又坏了
button-again-too = 🙋 我这里也是
verdict-ask = 👇 真的解决了吗？您不回复，{ $by } 自动结案。
verdict-fixed = 👍 您说：解决了。
verdict-rate = 处理得怎么样？愿意的话点几颗星：
verdict-stars = 您给了 { $stars } 颗星（满分 5 颗），再点可以改。
verdict-back-to-work = ↩️ 没有解决，已退回重新处理，处理好了马上告诉您。
verdict-again = 🔁 又坏了，见 { $number }
verdict-objected = 谢谢您，已经记下（{ $number }）。
ask-why-not-fixed = <b>{ $number }</b> 哪里没解决？点一个，或打字，或发一张照片。
why-not-fixed-still = 还是老样子
why-not-fixed-partly = 只处理了一部分
why-not-fixed-place = 地方不对
why-not-fixed-worse = 更严重了
why-not-fixed-shown = 见照片
toast-fixed = 谢谢您
toast-rated = 谢谢您的评价
toast-not-fixed = 已转达，谢谢您
toast-again = 已上报，编号 { $number }
toast-again-too = 已加入 { $number }，有进展马上告诉您
toast-decided = 已决定，大家会收到通知
told-was-resolved = 网格员曾报告 <b>{ $number }</b> 已处理好。
told-not-fixed = 👎 <b>{ $number }</b> 没有解决，又回到您手上。请在 { $by }前处理好。
line-not-fixed = 👎 { $why }
told-verdict-resolved = 👍 <b>{ $number }</b> 有人确认解决了。
told-verdict-closed = 👍 <b>{ $number }</b> 已确认解决，结案了。辛苦了。
told-verdict-review = 👎 <b>{ $number }</b> 又有人说没解决，由负责人决定。
told-verdict-others = 👎 <b>{ $number }</b> 没有解决，已转给别人。
told-objected = 👎 <b>{ $number }</b> 有人反映还没解决，已退回重办，处理好了马上告诉您。
told-objected-review = 👎 <b>{ $number }</b> 又有人反映没解决，由负责人决定，有结果马上告诉您。
told-decided-fixed = ⚖️ <b>{ $number }</b> 经核实已经解决，结案了。
told-decided-back = ⚖️ <b>{ $number }</b> 经核实没有解决，已退回重办，处理好了马上告诉您。
told-decided-by-others-fixed = ⚖️ <b>{ $number }</b> 已由他人裁定：已经解决。
told-decided-by-others-back = ⚖️ <b>{ $number }</b> 已由他人裁定：没有解决，退回重办。
told-decided-by-others-false = ⚖️ <b>{ $number }</b> 已由他人裁定：情况不实。
told-decided-by-others-true = ⚖️ <b>{ $number }</b> 已由他人裁定：情况属实，继续办理。
case-decide = ⚖️ 又有人说没解决，请您决定：解决了吗？
my-cases-line-review = ⚖️ { $icon } <b>{ $number }</b> { $category } · { $by } 前请决定
line-follows = 🔁 { $count ->
    [1] 又坏了，上次是 { $numbers }
   *[other] 又坏了，之前 { $count } 次：{ $numbers }
}
event-judged = 确认解决
event-reopened-why = 没解决（{ $why }），退回重办
event-reopened-decided = 经核实没解决，退回重办
event-reviewed = 没解决（{ $why }），由负责人决定
event-decided = 经核实已解决，结案
event-again = 又坏了，见 { $number }
error-already-judged = 您已经说过了，谢谢您。
error-newer-fix = { $number } 有新的处理结果，请用下面新卡片上的按钮。
error-back-at-work = { $number } 正在重新处理，处理好了再请您看。
error-verdict-over = { $number } 已经结案。如果又坏了，请点“又坏了”。
error-disputed = { $number } 已交给负责人决定，有结果马上告诉您。
error-too-late-for-again = 那是 { $days } 天以前的事了。请重新上报：一张照片、一个位置。

## 积分

told-points-earned = 🌟 <b>+{ $points }</b> 积分
told-points-none = 🌟 这次没有积分。
told-points-taken = ↩️ <b>−{ $points }</b> 积分：{ $number } 经核实不属实。
told-points-lapse = ⏳ 从 { $day } 起，您有 { $points } 分将过期，请在此前使用。
told-ledger-wrong = 🚨 <b>积分账目不符</b>：共 { $count } 处。
ledger-whom-person = 个人 { $number }
ledger-whom-shop = 商家 { $code } { $name }
ledger-whom-common = 县里的公共账户
ledger-whom-more = { $who }等
ledger-wrong-record = · 已记的账被改动或缺失，{ $count } 处：{ $who }
ledger-wrong-balance = · 现有积分与收支不符，{ $count } 处：{ $who }
ledger-wrong-books = · 商家收款记录与账户不一致，{ $count } 处：{ $who }
ledger-wrong-code = · 兑换码与为它预留的积分对不上，{ $count } 处：{ $who }
ledger-wrong-do = 请不要手工改账。请运维人员先备份数据库，再运行 <code>warmgrid points audit</code> 查看是哪里；之后怎么办，见 docs/operations.zh.md。
points-part = { $what }：+{ $points }
points-reason-report = { $number } 已处理好
points-reason-follower = 您关注的 { $number } 已处理好
points-reason-answer = 回答了 { $number } 网格员的提问
points-reason-activity = 参加活动：{ $words }
points-reason-credit = 奖励：{ $words }
points-reason-taken_back = { $number } 不属实
points-reason-hold = 付给 { $words }
points-aside = 预留给 { $words }
points-reason-release = 未收，退回来了：{ $words }
points-reason-undo = 商家退回：{ $words }
points-reason-lapse = 满 24 个月过期
points-title = 🌟 <b>我的积分</b>
points-held = 🛍 预留给商家：{ $points } 分
points-lapse = ⏳ { $day } 起过期：{ $points } 分
points-lapse-title = ⏳ <b>何时过期</b>
points-lapse-none = 没有要过期的积分。
points-line = { $when } · <b>{ $amount }</b> · { $what }
points-line-paid = （其中 { $points } 分补上所欠）
points-none = 还没有积分。上报隐患，处理好后就有积分。
points-how =
    🌟 <b>怎么得积分</b>

    📷 您的上报处理好了：{ $report } 分，紧急的 { $urgent_report } 分
    🤝 您关注的处理好了：{ $follower } 分，限前 { $followers } 人
    💬 回答了网格员的提问，并处理好了：{ $answer } 分
    🧹 参加活动：每小时 { $activity_hour } 分
    🏠 打卡后告诉我们那里的情况对不对：{ $confirm_place } 分

    每天最多 { $person_day } 分。同一位置（{ $place_metres } 米内）{ $place_days } 天最多 { $place } 分。
    撤回的、不受理的、自己重复上报的没有积分；不属实的要收回。
    积分 24 个月内可用，先得的先用。
points-number = 🔢 您的个人编号：<b>{ $number }</b>，需要手工发放积分时告诉管理员。
points-audit-progress = 正在核对账目
points-audit-right = 积分账目相符：{ $accounts } 个账户，{ $transfers } 笔转账，{ $entries } 条分录。已核对：{ $store }
points-audit-empty = 积分账目里还没有任何记录。已核对：{ $store }
points-audit-wrong = 积分账目有 { $count } 处不符（{ $accounts } 个账户，{ $transfers } 笔转账，{ $entries } 条分录）。已核对：{ $store }
points-fault-sum = { $where }：分录合计为 { $found }，应为零。
points-fault-empty = { $where }：没有分录。
points-fault-gap = { $where }：此处应为第 { $expected } 条，有分录缺失或移位。
points-fault-hash = { $where }：这条分录或其转账已被改动。
points-fault-running = { $where }：此条之后余额为 { $found }，按前一条应为 { $expected }。
points-fault-balance = { $where }：账户余额为 { $found }，分录合计为 { $expected }。
points-fault-account = { $where }：有 { $found } 条分录，但账户不存在。
points-fault-unreadable = 有一处读不出来，后面的没有再查：{ $found }
points-fault-length = { $where }：账户记有 { $found } 条分录，实有 { $expected } 条。
points-fault-last = { $where }：最后一条分录与账户所记的不同。
points-fault-below_zero = { $where }：{ $found }，小于零。
points-fault-identity = { $where }：账户记为 { $found }，按账户标识应为 { $expected }。
points-fault-lot_amount = { $where }：这批记为 { $found }，其转账实入 { $expected }。
points-fault-lot_end = { $where }：这批记为 { $found } 过期，满 24 个月应为 { $expected }。
points-fault-lot_left = { $where }：这批剩余 { $found }，减去用掉的应为 { $expected }。
points-fault-lot_uses = { $where }：这笔从各批取了 { $found }，从账户取了 { $expected }。
points-fault-lots = { $where }：各批剩余 { $found }，账户有 { $expected }。
points-fault-holds = { $where }：预留合计 { $found }，账户有 { $expected }。
points-fault-shop = { $where }：商家账户有 { $found }，收取减去已结算应为 { $expected }。
points-fault-month = { $where }：结算时为 { $found }，当月收取合计为 { $expected }。
points-fault-paid = { $where }：结算单记为 { $found }，结算转账为 { $expected }。
points-fault-rate = { $where }：每分按 { $found } 分钱结算，收取时为 { $expected }。
points-fault-pieces = { $where }：预留了 { $found } 份，正在出示的兑换码为 { $expected } 份。
points-fault-loose = { $where }：预留的 { $found } 分没有对应的兑换码。
points-fault-state = { $where }：兑换码{ $found ->
        [open] 正在出示
        [taken] 已收取
        [undone] 已退回
        [cancelled] 已取消
        [expired] 已过期
       *[other] 状态“{ $found }”不存在
    }，但为它预留的积分{ $expected ->
        [held] 仍在预留
        [captured] 已归商家
        [released] 已放回
        [undone] 已由商家退回
        [missing] 不存在
       *[other] 状态“{ $expected }”不存在
    }。
points-fault-amount = { $where }：兑换码为 { $found } 分，预留了 { $expected } 分。
points-fault-whose = { $where }：兑换码属于 { $found }，预留的积分属于 { $expected }。
button-my-points = 🌟 我的积分
button-all-lapses = ⏳ 全部过期时间
button-how-to-earn = 怎么得积分
points-limit-day = 今天的积分已到上限：{ $most } 分。
points-limit-place = 这个位置的上报近来积分已多，暂时不再加分。
points-limit-own = 与您在附近上报的 { $number } 是同一件，不重复加分。
points-paid = 其中 { $points } 分用于补上所欠。
points-balance = 现有 <b>{ $points }</b> 分。
points-owed = 还欠 { $points } 分，以后的积分先用来补上。
error-not-enough = 您有 { $balance } 分，需要 { $needed } 分。
error-hold-ended = 这笔积分已不在预留中：已被收取、已退回，或已过时。

## 一起处理

command-tasks = 协助任务
command-emergency = 应急：一键呼叫各队伍
button-bring-in = 👥 叫人协助
button-task-decline = ❌ 来不了
button-task-done = ☑️ 完成了
button-task-drop = ↩️ 取消协助
button-task-done-now = 完成，不用说明
button-bring-in-more = ➕ 更多
bring-in-grid = 🧩 { $at } · { $code } { $name }（{ $community }）
bring-in-whom = 👥 <b>{ $number }</b> 请谁来协助？点一下就通知对方；点 ❌ 可以取消。
ask-why-drop-task = 为什么不用 { $name } 协助了？
why-drop-task-not-needed = 不需要了
why-drop-task-no-answer = 一直没人接
why-drop-task-others-do-it = 换别人做
why-drop-task-by-mistake = 点错了
ask-why-decline-task = { $name } 为什么来不了？牵头的网格员会看到。
why-decline-task-busy = 正忙别的
why-decline-task-far = 太远了
why-decline-task-not-ours = 不归我们管
why-decline-task-other = 其他原因
prompt-task-done = ✏️ <b>{ $number }</b> 做了什么？打字发来；不用说明就点下面。
prompt-task-words-only = ✏️ <b>{ $number }</b> 这里只能转文字。做了什么？打字发来，或点下面；要上报新情况，先点“取消”。
task-title = 🤝 <b>{ $number } 请您协助</b>
task-title-urgent = 🚨 <b>{ $number } 紧急，请您协助</b>
task-for = 👥 { $name }
task-lead = 👤 牵头：{ $name }
task-offered = ⏳ 等您接手
task-yours = 🛠 您已接手，做完请点“完成了”
task-taken = 🛠 { $name } 已接手
task-accepted = 🛠 已接手
task-done = ✅ 已完成
task-declined = ❌ 已回复来不了
task-dropped = ↩️ 不用协助了
task-line-offered = ⏳ { $name }：等待接手
task-line-accepted = 🛠 { $name }：{ $who } 在处理
task-line-done = ✅ { $name }：已完成
task-line-declined = ❌ { $name }：来不了（{ $why }）
case-emergency = 🚨 <b>应急进行中</b>
my-tasks-title = 🤝 <b>协助任务</b>
my-tasks-none = 🤝 现在没有协助任务。有人请您协助会马上推给您。
my-tasks-line-offered = ⏳ <b>{ $number }</b> { $name } · 等待接手
my-tasks-line-accepted = 🛠 <b>{ $number }</b> { $name } · 您在处理
told-task-accepted = 🛠 <b>{ $number }</b> { $name }：{ $who } 已接手。
told-task-declined = ❌ <b>{ $number }</b> { $name } 来不了：{ $why }。可以再叫别人。
told-task-done = ✅ <b>{ $number }</b> { $name } 那部分完成了。
told-task-silent-offered = 🔕 <b>{ $number }</b> { $name } 一直没人接手。请打电话联系，或取消后改叫别人。
told-task-silent-accepted = 🔕 <b>{ $number }</b> { $who }（{ $name }）已联系不上。请打电话联系，或取消后改叫别人。
told-tasks-all-done = 协助的都完成了，您可以点“处理好了”。
told-task-off = ↩️ <b>{ $number }</b> 不用 { $name } 协助了，谢谢。
told-task-off-why = ↩️ <b>{ $number }</b> 不用 { $name } 协助了（{ $why }），谢谢。
toast-task-given = 已通知对方
toast-task-accepted = 已接手
toast-task-declined = 已告诉牵头人
toast-task-done = 已完成，谢谢
toast-task-dropped = 已取消
task-done-said = ✅ 记下了，已告诉牵头的网格员（<b>{ $number }</b>）。谢谢。
event-task_given = 请了其他队伍协助
event-task_accepted = 协助的队伍已接手
event-task_done = 协助的队伍已完成
error-tasks-open = 还有人没做完：{ $names }。等他们完成，或者在“叫人协助”里取消，再点“处理好了”。
error-task-over = 这件协助任务已经结束。
error-already-asked = 已经请过了，正等对方回复。
error-nobody-to-ask = { $names } 现在没有人能收到，请打电话联系。
error-no-such-place = 没有“{ $name }”这个乡镇或社区，请核对名称。
error-no-such-team = 没有队伍“{ $code }”，请核对编号。

## 应急

button-emergency = 🚨 应急呼叫
button-emergency-begin = 🚨 马上呼叫
button-emergency-phones = ☎️ 全部电话
button-emergency-end = ⏹ 结束应急
button-emergency-end-yes = ⏹ 确定结束
button-emergency-record = 📄 处置记录
button-set-out = 🛵 出发了
button-arrived = 📍 到了
button-cannot-come = ❌ 来不了
emergency-which = 🚨 哪一件要应急？点编号，下一步再确认。
emergency-which-none = 🚨 您手上没有可以转为应急的上报。可以发“/emergency 编号”；有生命危险请先拨 <b>119 / 110 / 120</b>。
emergency-choice = <b>{ $number }</b> { $kind }
emergency-confirm = 🚨 <b>{ $number }</b> 转为应急？会同时呼叫：
emergency-confirm-nobody = 🚨 <b>{ $number }</b> 转为应急？
emergency-would-call = 🚒 { $name }（{ $count } 人）
emergency-would-nobody = ☎️ <b>队伍里还没有人能收到消息。</b>会马上告诉值班台和管理员，队伍请打电话通知。危险时先拨打火警 <b>119</b>、公安 <b>110</b>、急救 <b>120</b>。
emergency-would-phone = ☎️ 收不到消息，要打电话：{ $teams }
emergency-title = 🚨 <b>应急 { $number }</b>
emergency-begun = 👤 { $name } { $when } 发起
emergency-summary = ✅ 到场 { $arrived } · 🛵 在路上 { $coming } · ⏳ 未回应 { $silent }
emergency-called = 📲 已呼叫 { $called } 人{ $phone ->
        [0] { "" }
       *[other] { " " }· ☎️ 要打电话 { $phone } 人
    }
emergency-nobody = ☎️ <b>队伍里还没有人能收到消息，请直接打电话。</b>危险时拨打火警 <b>119</b>、公安 <b>110</b>、急救 <b>120</b>。
emergency-phones = ☎️ <b>{ $number }</b>：需要打电话的人，负责人在前
emergency-team = <b>{ $name }</b>
call-called = ⏳ { $name } { $when } 已呼叫
call-silent = 🔴 { $name } 没有回应，已响 { $count } 次
call-on_way = 🛵 { $name } { $when } 出发
call-arrived = ✅ { $name } { $when } 到场
call-declined = ❌ { $name } { $when } 来不了
call-unreachable = ☎️ { $name } { $phone }
call-deputy = { $name }（替 { $lead }）
emergency-ended = ⏹ <b>应急结束</b>：{ $name } { $when }
emergency-ended-with = ⏹ <b>应急结束</b>：{ $when } 随上报一起结束
emergency-goes-on = ⏹ <b>并入 { $number }</b>：{ $when } 起在那里继续
emergency-confirm-end = ⏹ <b>{ $number }</b> 的应急结束了吗？会告诉所有人，并生成处置记录。
told-emergency-over = ⏹ <b>{ $number }</b> 应急结束，辛苦了，谢谢。
told-emergency-record = 📄 <b>{ $number }</b> 应急处置记录，可直接存档。
emergency-record-file = 应急处置记录-{ $number }
toast-emergency-begun = 已呼叫 { $called } 人。{ $phone ->
        [0] { "" }
       *[other] 另有 { $phone } 人要打电话，见卡片。
    }
toast-set-out = 路上注意安全
toast-arrived = 已记下到场时间
toast-cannot-come = 记下了，会找别人
toast-emergency-ended = 应急已结束
toast-record-sent = 处置记录马上发来
event-emergency_begun = 已启动应急，正在呼叫各队伍
event-emergency_ended = 应急结束
error-emergency-goes-on = 这件已经在应急处置中。
error-emergency-over = 这次应急已经结束。

## 应急处置记录（一页 PDF）

record-title = 应急处置记录
record-fact-number = 编号、类别
record-fact-grid = 网格
record-fact-place = 位置
record-fact-words = 上报情况
record-fact-begun = 启动
record-fact-ended = 结束
record-fact-lead = 牵头网格员
record-ended-with = 随上报结束
record-lasted = 历时 { $minutes } 分钟
record-goes-on = 仍在处置
record-calls = 人员到位情况
record-column-team = 队伍
record-column-name = 姓名
record-column-phone = 电话
record-column-called = 呼叫
record-column-pushes = 次数
record-column-answered = 答复
record-column-arrived = 到场
record-column-state = 结果
record-state-called = 未回应
record-state-on_way = 已出发
record-state-arrived = 已到场
record-state-declined = 不能来
record-state-unreachable = 须打电话
record-story = 经过
record-note-emergency_begun = { $who } 启动应急
record-note-emergency_on_way = { $who } 出发
record-note-emergency_arrived = { $who } 到场
record-note-emergency_declined = { $who } 不能来
record-note-emergency_ended = { $who } 结束应急
record-note-called = 呼叫：{ $people }
record-note-silent = 没有回应，再次呼叫：{ $people }
record-between = 、
record-after = ；
record-more = ……另有 { $count } 条未列出，系统中可查。
record-deputies = * 副手：负责人没有回应或不能来时呼叫。
record-made = 由 Warmgrid 于 { $when } 生成；时间均为当地时间。
record-signed = 记录人：______________　负责人：______________　日期：______________

## 队伍

role-member = 队伍成员
rank-lead = 负责人
rank-deputy = 副手
invite-town = 哪个乡镇的负责人？
invite-no-town = 还没有网格。请先用 warmgrid import grids 导入。
invite-community = <b>{ $town }</b>：全镇，还是哪个社区？
button-whole-town = 🏛 全镇
invite-team = 哪支队伍？
invite-no-team = 还没有队伍。请先用 warmgrid import teams 导入。
invite-team-rank = 负责人，还是副手？负责人没有回应时会呼叫副手。
joined-member = 🎉 { $name }，欢迎加入。有人请您的队伍协助，或有应急时，会马上通知您。
joined-lands = 🏘 您负责：{ $lands }
joined-team = 🚒 您的队伍：{ $team }
help-member =
    <b>队伍成员</b>
    请您协助时点“接单”，做完点“完成了”。“/tasks”看手上的任务。
    应急响铃时，点“出发了”，到现场点“到了”，大家都能看到。
help-emergency =
    <b>应急</b>
    点上报卡片上的“应急呼叫”（或发“/emergency 编号”），一键呼叫各队伍，谁出发、谁到场都在一张卡片上；结束后自动生成处置记录。
import-row-unknown-place = 没有“{ $place }”这个乡镇或社区
import-row-unknown-town = 没有“{ $town }”这个乡镇
import-row-team-differs = 队伍 { $code } 的“{ $column }”与{ $where }不一样
import-row-member-twice = 队伍 { $code } 的电话 { $phone } 在{ $where }已经有了
import-remark-leads-kept = 文件里没有、原样保留的负责人（{ $count } 人）：{ $names }
import-remark-teams-kept = 文件里没有、原样保留的队伍（{ $count } 支）：{ $names }
import-remark-no-lead = 没有负责人的队伍（{ $count } 支）：{ $names }

## 不实上报、暂停上报、审计记录

prompt-false = ✏️ <b>{ $number }</b> 哪里不属实？请用一条消息写清楚。上报人会看到，也可以申诉。
false-done = <b>{ $number }</b> 已标为不属实。上报人会看到原因，可以申诉，由负责人裁定。
why-in-words = { $why }：{ $words }
may-object = 说得不对？<b>{ $by }</b> 前可以申诉，由社区负责人裁定。
button-dispute = ✋ 不对，我要申诉
prompt-dispute = ✏️ <b>{ $number }</b> 实际是什么情况？请用一条消息写清楚。可以先发照片，也可以随文字一起发。
prompt-dispute-words = 📷 收到照片。请再写一下实际情况（<b>{ $number }</b>）。
prompt-dispute-photo-only = ✏️ <b>{ $number }</b> 的申诉请写文字，或直接发照片：这里用不了文件、视频和语音。
dispute-done = ⚖️ <b>{ $number }</b> 的申诉已交给负责人，有结果马上告诉您。
case-dispute-later = ⚖️ 处理后被认为不属实：
case-dispute-officer = ⚖️ { $name }认为不属实：
case-dispute-reporter = 上报人申诉：
case-dispute-decide = ⏳ 请在 <b>{ $by }</b> 前裁定。
button-is-true = ✅ 属实，继续办
button-not-true = 🚫 情况不属实
button-is-false = 🚫 不属实
toast-is-true = 已继续处理，并告诉上报人
toast-is-false = 维持不受理，已告诉上报人
told-upheld = ⚖️ <b>{ $number }</b> 已复核：维持原来的结论，不属实。
told-cleared = ⚖️ <b>{ $number }</b> 申诉成立：继续处理，不算不实上报。
told-cleared-fixed = ⚖️ <b>{ $number }</b> 申诉成立：情况属实，维持已处理。
told-cleared-others-fixed = ⚖️ <b>{ $number }</b> 已复核：情况属实，维持已处理。
told-cleared-others = ⚖️ <b>{ $number }</b> 已复核：情况属实，继续处理。
told-disputed = ⚖️ <b>{ $number }</b> 上报人提出申诉，由负责人裁定，有结果马上告诉您。
event-disputed = ⚖️ 上报人申诉
event-upheld = ⚖️ 复核：不属实
event-cleared = ⚖️ 复核：情况属实
suspended-title = ⏸ <b>{ $until } 前，您的上报暂不受理。</b>
suspended-why = 原因：{ $reports } 经核实不属实。
suspended-danger = 🚨 真有危险，请马上拨打 <b>119 / 110 / 120</b>。
suspended-desk = ☎️ 觉得弄错了？请打县值班台 <b>{ $phone }</b>，报上面任意一个编号。
suspended-kept = 📥 您发的内容保留 12 小时；值班台恢复您的上报后会自动提交。
suspended-still = 正在处理的上报不受影响：可以照常查看、回答提问、评价处理结果。
told-lifted = ▶️ 您可以继续上报了：发一张照片和位置就行。
told-suspension-over = ▶️ 暂停时间到了，您又可以上报了：发一张照片和位置就行。
told-lifted-kept = 📥 刚才发的内容会自动往下走。
lift-title = ⏸ <b>暂停上报的人</b>，按相关上报列出：
lift-line = { $reports } · 到 { $until }
lift-none = 现在没有人被暂停上报。
button-lift = ▶️ 恢复 { $number }
toast-lifted = 已恢复，并告诉上报人
error-suspended = 您的上报暂不受理，这件没有提交。真有危险，请马上拨打 119、110、120；觉得弄错了，请打县值班台 { $phone }。
error-found-true = 负责人已裁定属实，不能再标为不属实；可以选别的原因。
error-too-late-to-dispute = 不能申诉了：已过期限，或已有结论。
error-already-decided = 这件事已经定了。
command-audit = 审计记录：谁做了什么决定
command-lift = 恢复某人的上报
audit-title = 📒 <b>审计记录</b>，新的在前
audit-none = 还没有审计记录。
audit-line = { $when } <b>{ $who }</b>：{ $what }
audit-house = 系统
audit-person = 人员 { $id }
deed-marked_false = 标为不属实
deed-disputed = 申诉
deed-upheld = 裁定不属实
deed-cleared = 裁定属实
deed-undisputed = 无人申诉，认定不属实
deed-suspended = 暂停上报
deed-lifted = 恢复上报
deed-suspension_over = 暂停期满
deed-merged = 合并上报
deed-role_granted = 授予角色
deed-post_given = 任命负责人
deed-post_taken = 免去负责人
deed-invite_made = 生成邀请
deed-invite_used = 使用邀请
deed-officers_imported = 导入网格员
deed-teams_imported = 导入队伍
deed-grid_removed = 删除网格
sheet-audit = 审计记录
column-when = 时间
column-who = 谁
column-deed = 做了什么
column-about = 关于谁
column-facts = 详情
export-audit-done = { $file }：{ $count } 条。

## 用新图替换

import-remark-grids-removed = 文件里没有、已删除的网格（{ $count } 个）：{ $names }
import-remark-reports-moved = 已转走的未结上报（{ $count } 件）：{ $names }
import-remark-without-grid = 现在没有网格的网格员（{ $count } 位）：{ $names }
import-bad-move = { $given }：应写成 旧编码=新编码
import-move-alone = --move 要和 --replace 一起用
error-import-grids-in-use = 没有导入：文件里没有的网格还有未结的上报：{ $grids }。请先办结，或用 --move 旧编码=新编码 指定转到哪里。
error-import-bad-move = 没有导入：--move { $old }={ $new } 不成立。{ $old } 必须是这次要删除的网格，{ $new } 必须是导入后存在的网格。

## 派单送达情况

button-ledger = 👁 通知了谁
button-ledger-again = 🔄 再看一次
ledger-title = 👁 <b>{ $number }</b> 通知了谁
ledger-nobody = 没有可以通知的人。
ledger-level = { $level }：
ledger-line = · <b>{ $name }</b>：{ $what }
ledger-delivered = { $at } 送达
ledger-rang = 提醒 { $count } 次
ledger-opened = { $at } 打开
ledger-unopened = 未打开
ledger-answered = { $at } 答复
ledger-passed-on = { $at } 转出
ledger-waits = 还没送达
ledger-lost = 联系不上
ledger-in-list = { $at } 在清单中通知
ledger-needless = 已无需通知

## 同一处隐患

near-ask = 🤔 这里已经有人报过，还没处理完。是<b>同一件</b>吗？
near-ask-own = 🤔 您在这里已经报过一件。是<b>同一件</b>吗？
near-line = { $icon } <b>{ $number }</b> { $category } · 相距 { $metres } 米 · { $when }
draft-fix = 🔧 您在这里有任务 { $numbers }。这是<b>处理结果</b>，还是<b>另报一件</b>？
button-fix-of = 处理 { $number }
proof-kept = 📌 <b>{ $number }</b> 还不能办结：{ $names } 还没完成。照片和位置已留好，等他们完成后点“处理好了”就行。
proof-or-kept = 📌 { $when } 的照片和位置还留着。
button-use-kept = 用留好的
draft-danger = 🚨 有人有危险，先拨打火警 <b>119</b>、公安 <b>110</b>、急救 <b>120</b>。
draft-joins-by-itself = 不选的话，{ $at } 自动加到 { $number }。
near-by-itself = 不选的话，{ $at } 自动上报。
button-same = 就是 { $number }
button-another-one = 🆕 另一件
button-unfollow = 🔕 不再关注
button-merge-yes = 🔗 确定合并
button-merge = 🔗 合并…
button-more = ⋯ 更多
button-open = 看 { $number }
receipt-follows = 🤝 <b>已加入 { $number }</b>，有进展马上告诉您。
receipt-maybe-same = 🤔 附近有 { $number }。同一件的话，点一下就合到一起。
receipt-left = <b>{ $number }</b> 的进展不再告诉您；其他人的照常处理。
my-cases-affected = {" "}· 👥 { $count } 人
my-reports-followed = {" "}· 🤝 关注
case-same-picture = 🖼 照片与 <b>{ $number }</b> 相同
goes-on = 🔗 <b>{ $number }</b> 已并入 <b>{ $into }</b>，继续处理。
merge-other-kinds = 其他类别：
merge-choose = 🔗 <b>{ $number }</b> 和哪一件是同一件？点编号，下一步再确认。
merge-confirm =
    🔗 { $icon } { $number } { $category } → { $into_icon } { $into } { $into_category }，相距 { $far }
    { $number } 将并入 { $into } 继续处理，合并后不能撤销。确定合并吗？
merge-other-kind = 两件不是同一类。
merge-none = 🔗 <b>{ $number }</b> 周围 200 米内没有别的未办结上报。
told-added-by-another = 👥 <b>{ $number }</b> 另一位受影响的人补充了这些
told-words-by-another = 👥 <b>{ $number }</b> 另一位受影响的人补充：
event-followed = 又有一人反映
event-unfollowed = 有一人不再关注
event-handed_on = 最先上报的人不再需要，其他人的继续处理
event-merged = 并入 { $number }
event-took_in = { $number } 并入本件
event-fix_looks_same = 处理后的照片和处理前的相同
event-same_picture = 有照片与 { $number } 相同
toast-followed = 有进展马上告诉您
toast-unfollowed = 已不再关注
toast-merged = 已合并
toast-handed-on = 您已退出；其他人的照常处理
note-same-ended = 那一件刚刚结束了，您的内容没有加过去。
error-goes-on = { $number } 已并入 { $into }。
error-same-report = { $number } 不能并入它自己。
error-follows-already = 您已经在 { $number } 里了。
error-not-following = 您已经不再关注 { $number }。

# 命令行

setting-is = { $name } 现在是 { $value }：{ $expected }
setting-wrong = { $name } 不对：{ $expected }
setting-misspelt = 文件 .env 里的 { $given } 不是设置项。是不是想写 { $meant }？
setting-misspelt-outside = 环境变量 { $given } 不是设置项，不起作用。是不是想写 { $meant }？
setting-file-unreadable = 文件 .env 读不了：应为 UTF-8 文本（{ $problem }）
setting-token-missing = 没有填 BOT_TOKEN：请填 BotFather 给这个机器人的 token
setting-token-refused = Telegram 不认 BOT_TOKEN：请填 BotFather 给的 token
setting-no-store = DATABASE_URL 指向 { $path }：那里没有数据库，也没有新建
setting-store-not-writable = DATABASE_URL 指向 { $path }：应为可写的文件，所在文件夹也要可写（{ $problem }）
setting-media-not-writable = MEDIA_DIR 现在是 { $path }：应为可写的文件夹，或者能在那里新建文件夹（{ $problem }）
setting-listen-taken = WEBHOOK_LISTEN 现在是 { $place }：应为没有被占用的 host:port（{ $problem }）
setting-webhook-refused = WEBHOOK_URL 现在是 { $url }，Telegram 不接受：{ $problem }
setting-nobody-answers-posters = TELEGRAM_API_URL 现在是 { $url }，那里没有回应：海报要用到机器人的名字，请用 --bot 名字 直接告诉，或者在能连上 Telegram 时再试
setting-nobody-answers = TELEGRAM_API_URL 现在是 { $url }，那里没有回应：生成链接要用到机器人的名字，请在能连上 Telegram 时再试
setting-expected-zone = 应为时区名称，例如 Asia/Shanghai
setting-expected-database = 应为 sqlite+aiosqlite:///path/to/file.db 或 postgresql+asyncpg://user@host/name
setting-expected-timeout = 应为秒数，写在 timeout= 后面，例如 timeout=15
setting-expected-http = 应为以 http:// 或 https:// 开头的网址
setting-expected-webhook = 应为 https:// 网址，端口 443、80、88 或 8443，Telegram 只往这些端口发送
setting-expected-token = 应为 BotFather 给的 token，例如 123456:ABC-DEF
setting-expected-listen = 应为 host:port，例如 0.0.0.0:8080
setting-expected-secret = 最多 256 个字符，只能用 A-Z、a-z、0-9、_ 和 -
setting-expected-hours = 应为按先后写的上班时间，例如 8:30-12:00,14:00-18:00
setting-expected-numbers = 应为 Telegram 编号，用英文逗号隔开，例如 12345,67890
setting-expected-language = 应为 zh 或 en
setting-expected-metres = 应为 0 到 200 米，0 表示从不询问
setting-expected-hours-back = 应为 1 到 720 小时
setting-expected-log-level = 应为 DEBUG、INFO、WARNING 或 ERROR
run-is-running = Warmgrid 已在运行，按 Ctrl-C 结束。
run-no-store = 数据库用不了：{ $problem }
invite-needs-grid = 邀请网格员要说明网格：请加上 --grid 编号
invite-needs-team = 邀请队员要说明队伍：请加上 --team 编号
invite-needs-shop = 邀请商家要说明店铺：请加上 --shop 编号
invite-needs-place = 邀请驿站管理员要说明哪里：请加上 --place 编号
invite-needs-town = 邀请负责人要说明乡镇：请加上 --town 名称；只负责一个社区，再加 --community 名称
replay-either = 给编号或者 --all，二选一
replay-nothing = 没有放在一边的消息。
replay-no-such = 放在一边的消息里没有 { $code }。
replay-done = { $code } 已处理。
replay-failed = { $code } 又失败了：{ $problem }
replay-hint = 重试一条：warmgrid replay 编号。全部重试：warmgrid replay --all
demo-loading = 正在载入示例县…
demo-address = Warmgrid 演示页面：
demo-end-it = 按 Ctrl-C 结束，下次启动会接着这次继续。
demo-has-ended = 演示已结束。
demo-no-folder = 无法新建 { $folder }：请在可以写文件的地方启动演示
demo-port-taken = 端口 { $port } 已被占用：用 --port 0 可任选一个空闲端口

## 商家

role-merchant = 商家
joined-merchant = 🎉 { $name }，欢迎加入积分商家。
joined-shop = 🏪 您的店：{ $shop }
first-merchant = 👉 居民付积分时，用手机相机扫他的二维码，或把 6 位数字发到这里，再点“✅ 收下”。“🏪 我的店”里能看到收了什么。
key-shops = 🛍 商家
key-my-shop = 🏪 我的店
command-shops = 积分商家
command-shop = 我的店
button-where-to-spend = 🛍 去哪儿花
button-shops = 🛍 商家
button-own-shop = 🏪 我的店
button-near = 📍 离我近的
button-shop-kinds = 🔎 分类
button-open-now = 营业中
button-meals = 🍚 有骑手餐
shops-title = 🛍 <b>积分商家</b>
shops-count = { $kind }：{ $count } 家
shops-open = 营业中
shops-open-first = 营业中的在前
shops-near = 由近到远
shops-none = 没有这样的商家。换个分类看看。
shops-kind = 🔎 您在找哪类商家？
shops-where = 📍 您在哪里？点下面的“{ $name }”，或发任意一个位置。
shops-meals = 🍚 { $mealtime }：{ $from }–{ $until }
shop-kind-any = 全部
shop-kind-food = 小吃餐饮
shop-kind-bakery = 糕点面包
shop-kind-drinks = 茶饮
shop-kind-grocery = 超市便利
shop-kind-fruit = 水果
shop-kind-pharmacy = 药店
shop-kind-repair = 维修
shop-kind-service = 理发洗衣
shop-kind-hardware = 五金
shop-line-open = 营业中
shop-line-shut = 休息
shop-line-closed = 休息，{ $at } 开门
shop-line-meals = 🍚 余 { $left } 份
shop-line-meals-next = 🍚 { $at } 开餐
shop-address = 📌 { $address }
shop-far = 📏 距您 { $far }
shop-open = 🟢 营业中 · { $hours }
shop-shut = ⚪️ 现在休息 · { $hours }
shop-closed = ⚪️ 现在休息，{ $at } 开门 · { $hours }
shop-closed-pay = ⚠️ 现在是休息时间：店里有人收再付。商家没收，积分自己回来。
shop-phone = 📞 { $phone }
shop-meals = 🍚 骑手餐（{ $meal }）：付现金 { $yuan } 元
shop-meals-left = ，今天余 { $left } 份
shop-meals-next = ，下一餐 { $at } 开餐
shop-meals-riders = ，限登记的骑手（在“⚙️ 设置”里登记）
shop-item = 🎁 { $name }：{ $points } 分
shop-item-left = ，余 { $left } 件
shop-item-limit = ，每人限 { $most } 件
shop-balance = 🌟 您有 { $points } 分。付哪一样？
shop-amount = 在{ $shop }付多少分？请发一个整数，您有 { $points } 分，一次最多 { $most } 分。
button-points = { $points } 分
button-other-amount = 其他数额
button-meal = 🍚 骑手餐 { $yuan } 元
mealtime-lunch = 骑手午餐
mealtime-dinner = 骑手晚餐

help-shops =
    <b>怎么花积分</b>
    在“🛍 商家”里选一家，点要付的分数，把出现的二维码或 6 位数字给商家看，{ $code } 分钟内有效。商家没收，积分自己回来。
help-merchant =
    <b>商家</b>
    用手机相机扫顾客的二维码，或把 6 位数字发到这里，点“✅ 收下”。收错了，{ $undo } 分钟内点“↩️ 退回”。
    “🏪 我的店”里看最近收的、改营业时间和商品、邀请店员；每月的账单也会发到这里。

## 收银台

code-title = 🏪 <b>{ $shop }</b>
code-digits = 兑换码：<b>{ $code }</b>
code-until = ⏱ { $until } 前有效
code-over-taken = ✅ 商家已收下。
code-over-expired = ⌛️ 过时了，没有扣任何积分。
code-over-cancelled = ✖️ 已取消，没有扣任何积分。
code-over-undone = ↩️ 商家已退回。
code-over-removed = ✖️ 这家店不再收积分，没有扣任何积分。
button-cancel-code = ✖️ 不付了
button-shop-again = 🔁 再来一次
what-points = <b>{ $points } 分</b>
what-item = 🎁 { $name }：<b>{ $points } 分</b>
what-meal = 🍚 { $mealtime }（{ $meal }）：现金 <b>{ $yuan } 元</b>
what-meal-shop = 🍚 { $mealtime }：现金 <b>{ $yuan } 元</b>（原价 { $whole } 元，县里补贴 { $subsidy } 元，本店优惠 { $discount } 元）
what-amount = 积分
spent-title = ✅ <b>{ $shop }</b>已收下
receipt-when = { $when } · 第 { $number } 号
bought-taken = ✅ { $when } 由{ $who }收下 · 第 { $number } 号
bought-undone = ↩️ { $when } 由{ $who }退回
bought-by-owner = 店主
bought-by-staff = 店员
took-title = ✅ <b>已收下</b> · { $shop } · 顾客 { $who }
took-balance = 本店未结算积分：{ $points } 分
took-undo = 收错了？{ $until } 前可以退回。
button-take = ✅ 收下
button-undo = ↩️ 退回
button-keep-taken = 不退
ask-undo = ↩️ 这一笔退回给 <b>{ $who }</b> 吗？
button-undo-number = ↩️ 第 { $number } 号
take-title = 💳 { $shop } · 顾客 { $who }
undone-title = ↩️ <b>{ $shop }</b>已退回给您
cash-back = 💵 { $yuan } 元现金由商家当面退给您。
cash-back-shop = 💵 请把 { $yuan } 元现金当面退给顾客。
undone-shop = ↩️ <b>已退回</b> · { $shop } · 顾客 { $who }
loose-shown = 👉 这些数字由店里的人来输，或者扫您的二维码；您出示给他看就行。
loose-state = 🏪 { $shop } · { $what } · { $code } · { $until } 前有效
loose-code = 🔢 只有 6 位数字，像是付积分的兑换码：那是店里的人来输的。要上报隐患，请写几个字，或发照片、位置。
loose-digit = 👆 要打开列表里的一项，请点列表下面的数字。要上报隐患，请写几个字，或发照片、位置。
code-wrong = 没有查到兑换码 <b>{ $code }</b>。请和顾客核对数字，还可以试 { $left } 次。
code-wrong-pause = 输错太多次，{ $minutes } 分钟内（{ $until } 前）不能再输。用手机相机扫顾客的二维码不受影响。
told-codes-guessed = ⚠️ { $name } 在店里连续输错了 { $wrong } 次兑换码，已请他等 { $minutes } 分钟。不是手误的话，请问问他。
told-shop-removed = 🏪 { $shop }已不在积分商家名单里。还没收下的兑换码已作废，没有扣顾客的积分；已收的照常结算。
told-shop-removed-last = 您在这里没有别的店了，菜单里的“🏪 我的店”收起来了。这家店回到名单，您的权限也一起回来。
told-shop-back = 🏪 { $shop }又可以收积分了。
told-shop-back-first = “🏪 我的店”也回来了。
toast-code-comes = 兑换码来了
toast-code-above = 您的兑换码还在上面：{ $code }
toast-code-cancelled = 不付了，积分没有动
toast-taken = 收下了
toast-undone = 退回了
toast-changed = 改好了

## 我的店

own-shops = 🏪 哪一家？
own-no-shop = 您名下没有店。请店主在“🏪 我的店”里给您发一个邀请链接。
own-meals = 🍚 骑手餐：今天余 { $left } 份，共 { $meals } 份
own-item-stock = ，库存 { $stock } 件{ $held ->
    [0] { "" }
   *[other] （其中 { $held } 件有人正在付）
}
own-how = 💡 收积分：用手机相机扫顾客的二维码，或把 6 位数字发到这里。
button-lately = 🧾 最近收的
button-shop-code = 🔳 本店二维码
button-staff = 👥 店员
button-month-sheet = 📊 本月账单
button-shop-field-h = 🕒 改营业时间
button-shop-field-p = 📞 改电话
button-shop-field-a = 📝 改介绍
button-shop-field-i = ➕ 加商品
button-shop-field-c = 改价
button-shop-field-s = 改库存
button-shop-field-l = 改限购
button-remove-item = 🗑 不再提供
ask-shop-field-h = 🕒 { $shop }几点到几点营业？例如 7:00-21:00，早上 8 点到晚上 9 点，或周一至周五 6:30-13:30，17-21，周末休息。
ask-shop-field-p = 📞 { $shop }的电话是多少？
ask-shop-field-a = 📝 { $shop }卖什么？写一两句。
ask-shop-field-i = ➕ 商品叫什么，多少分？例如：奶茶 30。{ $shop }可以随时再改。
ask-shop-field-c = 现在多少分？请发一个整数。（{ $shop }）
ask-shop-field-s = 现在有几件？请发一个整数；发 - 表示不限。（{ $shop }）
ask-shop-field-l = 每人最多几件？请发一个整数；发 - 表示不限。（{ $shop }）
lately-title = 🧾 <b>最近收的</b>
lately-none = 还没有收过。
lately-undone = （已退回）
staff-title = 👥 <b>店里的人</b>
staff-owner = { $name }（店主）
staff-clerk = { $name }
button-invite-clerk = ➕ 邀请店员
button-invite-owner = ➕ 邀请店主
invite-shop = ➕ 哪家店的店主？请发商家编号，例如 M-001。
invite-shop-owner = ➕ 邀请一位<b>店主</b>：{ $shop }
invite-shop-clerk = ➕ 邀请一位<b>店员</b>：{ $shop }
shop-code = 🔳 { $shop }：把这张图摆在柜台上，顾客扫一扫就能付。{ $link }

## 结算

settled =
    📊 <b>{ $shop }</b> · { $month }
    积分：{ $points } 分 × { $rate } 元 = { $value } 元
    骑手餐：{ $meals } 份，补贴 { $subsidy } 元
    退回：{ $undone } 笔
    应付 <b>{ $yuan } 元</b>
settled-so-far = 这个月还没有结束，数字还会变。
settled-all = 📊 { $month } 已结算：{ $count } 家商家，应付共 <b>{ $yuan } 元</b>。
sheet-settlement = 结算
sheet-redemptions = 明细
column-shop-code = 商家编号
column-shop = 商家
column-month = 月份
column-points = 积分
column-rate = 每分（元）
column-points-yuan = 积分金额（元）
column-meals = 骑手餐
column-subsidy = 补贴（元）
column-pays = 应付（元）
column-undone = 退回笔数
column-receipt = 收据号
column-what = 项目
column-cash = 现金（元）
column-state = 状态
line-taken = 已收
line-undone = 已退回
line-correction = 更正以前的月份
settle-done = { $month }：{ $count } 家商家，应付共 { $yuan } 元。已写入 { $file }

## 商家：办不了的时候

error-shop-gone = 这家店不再收积分。“🛍 商家”里有其他的店。
error-shop-unknown = 没有这家店。收积分的店都在“🛍 商家”里。
error-not-staff = 这个码只对店里的人有用。付积分的话，请把码给商家看。
error-other-shop = 这个码是付给另一家店的，您的店收不了。
error-not-owner = 只有店主能改。请店主来改，或请他邀请您当店主。
error-last-owner = 店里总要有一位店主。请先邀请另一位。
error-own-code = 这是您自己的码：请让店里的其他人来收。
error-code-unknown = 没有这个码。请顾客再出示一次。
error-code-taken = 这个码已经收过了，不会再扣第二次。
error-code-undone = 这一笔已经退回给顾客。
error-code-expired = 这个码过时了，没有扣积分。请顾客再来一次。
error-code-cancelled = 这个码已取消，没有扣积分。请顾客再来一次。
error-codes-paused = 输错太多次，还要等 { $minutes } 分钟才能再输，对的也不行。用手机相机扫顾客的二维码不受影响。
error-too-late-to-undo = 收下超过 { $minutes } 分钟，不能退回了。
error-bad-amount = 请用数字发一个大于 0 的整数，例如 20。
error-too-much = 一次最多付 { $most } 分。
error-bad-number = 请用数字发一个 { $least } 到 { $most } 的整数。
error-bad-hours = 看不懂这个时间：{ $text }。可以这样写：7:00-21:00；早上8点到晚上9点；周一至周五 8:30-18:00，周末休息；24小时。
error-hours-one-time = { $text } 只是一个时刻。请写从几点到几点，比如：8:00-24:00；整天都开就写：24小时。
error-hours-festival = 这个时间里有每年日子不同的一天：{ $text }。请写日期，比如：8:00-20:00，2027年2月5日至2月11日休息；或者写整个假期：春节休息。
error-hours-too-long = 时间写得太细，记不下。请少分几段，例如：周一至周五 8:30-18:00，周末休息。
error-bad-item = 请写商品名和分数，例如：奶茶 30。
error-stock-held = 有 { $held } 件正有人在付，库存不能比这少。过几分钟再改。
error-too-many-items = 一家店最多 { $most } 种商品。请先去掉一种。
error-no-such-item = 这家店不再提供这件商品。
error-sold-out = 这件商品没有了，或正有人在付最后一件。
error-limit-reached = 这件商品每人限 { $most } 件，您已经有了。
error-not-a-rider = 骑手餐给登记过的骑手：请在“⚙️ 设置”里选骑手和平台。
error-not-mealtime = 现在不是用餐时间。下一餐：{ $first }–{ $last }。
error-meal-had = 这一餐您已经用过了，一餐一份。
error-no-meals-left = 这家店今天的骑手餐没有了。“🍚 有骑手餐”里看看别家。
error-bad-month = 请把月份写成 2026-11 这样。
error-month-not-over = { $month } 还会变：月份结束 { $minutes } 分钟之后才能结算。
error-no-such-shop = 没有编号为“{ $code }”的商家。
import-row-shop-differs = 商家 { $code } 的“{ $column }”与{ $where }不一样
import-row-item-twice = 商家 { $code } 的商品 { $item } 在{ $where }已经有了
import-row-too-many-items = 商家 { $code } 的商品太多：一家店最多 { $most } 种
import-row-stock-held = 商品 { $item } 的库存 { $stock } 少于正有人在付的 { $held } 件
import-row-bad-price = 价格 { $value } 不是大于 0 的整数
import-row-bad-hours = 看不懂营业时间“{ $value }”。可以这样写：7:00-21:00；周一至周五 8:30-18:00，周末休息；24小时
import-remark-shops-kept = 文件里没有、原样保留的商家（{ $count } 家）：{ $names }
import-remark-shops-removed = 文件里没有、已去掉的商家（{ $count } 家）：{ $names }
deed-shops_imported = 导入商家
deed-shop_removed = 去掉商家
deed-shop_changed = 改了商家资料
deed-staff_removed = 去掉店员
deed-codes_guessed = 多次输错兑换码
deed-month_settled = 月度结算

## 活动

command-activity = 集体活动记积分
prompt-activity = 🧹 大家一起做了什么、几个小时？例如：扫雪 2
prompt-activity-hours = 🧹 <b>{ $name }</b>：几个小时？
activity-title = 🧹 <b>{ $name }</b>：{ $hours } 小时，每人 { $points } 分
activity-link = 请把链接转给参加的人，{ $until } 前有效，每人打开一次：
    { $url }
activity-code = 🧹 <b>{ $name }</b>：参加的人用手机相机扫一扫就登记，{ $until } 前有效。
activity-people = 👥 已登记 { $count } 人
activity-over = 🔒 链接已关闭。
activity-share = { $name }：打开领取积分
activity-attended = 🧹 <b>{ $name }</b>：已登记，感谢您的参与。
button-share = 📤 转发
button-activity-code = 🔳 扫码登记
button-activity-people = 👥 多少人了
button-activity-end = 🔒 关闭链接
error-link-unknown = 这个链接无效，请再要一次。
error-activity-over = “{ $name }”的链接已关闭，请联系组织者。
error-activity-own = 这是您自己组织的活动，链接是给参加的人用的。
error-already-attended = 您已登记过“{ $name }”。
error-hours-unclear = 请填整小时数，1 到 { $most }。

## 手工发放积分

command-credit = 手工发放积分
prompt-credit = 🎁 发给谁、多少分、为什么？请写在一条消息里：上报编号（发给上报人）或个人编号、分数、原因。
    例如：D-000123 50 给大家送热水
    个人编号在本人的“{ button-how-to-earn }”里。
credit-title = 🎁 <b>{ $points } 分</b> → { $to }
credit-title-by = 🎁 { $name }发放 <b>{ $points } 分</b> → { $to }
credit-second = 这么多积分需要另一位管理员确认。
credit-waiting = ⏳ 等待另一位管理员确认，{ $by } 前有效。
credit-given = ✅ 已发放。
credit-confirmed = ✅ { $name }已确认，已发放。
credit-refused = 🚫 { $name }未同意。
credit-expired = ⌛ 没有人及时确认。
told-credit-asked = 🎁 { $name }想给 { $to } 发放 <b>{ $points } 分</b>，需要两位管理员：
told-credit-given = ✅ { $decider }已确认您给 { $to } 的 { $points } 分，已发放。
told-credit-refused = 🚫 { $decider }未同意您给 { $to } 的 { $points } 分，没有发放。
told-credit-expired = ⌛ 您给 { $to } 的 { $points } 分一天内没有人确认，没有发放。
button-credit-give = 🎁 发放 { $points } 分
button-credit-confirm = ✅ 确认
button-credit-refuse = 🚫 不同意
error-credit-unclear = 没看懂。请写编号、分数（1 到 { $most }）和原因，例如：D-000123 50 给大家送热水
error-no-such-person = 没有 { $code } 这个编号。
error-credit-own = 不能给自己发积分。
error-nobody-to-confirm = 一天内超过 { $most } 分需要另一位管理员确认，目前没有。
error-credit-over = 这件事已经处理过了。
deed-activity_begun = 发起活动链接
deed-credited = 手工发放积分
deed-credit_asked = 申请手工发放积分
deed-credit_refused = 未同意手工发放积分
deed-credit_expired = 手工发放积分未获确认

## 榜单

button-board = 🏆 积分榜
board-title = 🏆 <b>{ $community }</b> { $year } 年 { $month } 月上报积分榜
board-line = { $place }. { $name }：{ $points } 分
board-line-mine = <b>{ $place }. { $name }：{ $points } 分</b>
board-gap = …
board-nobody = 还没有人上榜。
board-in = 您在榜上的名字是 <b>{ $name }</b>。
board-out = 您没有参加积分榜。想参加就起个昵称，别人只看得到昵称。
button-board-join = 我要参加
button-board-rename = 换个昵称
button-board-leave = 退出榜单
button-board-older = ◀ 上个月
button-board-newer = 下个月 ▶
prompt-board-name = ✏️ 起个昵称，最多 16 个字，不必是真名。
error-no-reports = 积分榜按您上报过的社区来排，您还没有上报过。
error-name-taken = 榜上已有“{ $name }”，请换一个。
