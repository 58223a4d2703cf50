# 暖新驿站等服务点

role-keeper = 驿站管理员
joined-keeper = 🎉 { $name }，谢谢您照看这里。
first-keeper = 👉 点“🏡 我的驿站”：开着、关了、满了，或者什么坏了，两下就能改。
error-place-gone = 这个地方已经不在了，请看附近别的地方。
error-not-keeper = 这里不是您照看的地方。
