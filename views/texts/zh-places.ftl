# 暖新驿站等服务点

role-keeper = 驿站管理员
joined-keeper = 🎉 { $name }，谢谢您照看这里。
first-keeper = 👉 点“🏡 我的驿站”：开着、关了、满了，或者什么坏了，两下就能改。
error-place-gone = 这个地方已经不在了，请看附近别的地方。
error-place-hours = 看不懂这个时间：{ $text }。可以这样写：8:00-20:00；周一至周五 8:30-18:00，周末休息；24小时。
error-not-keeper = 这里不是您照看的地方。
