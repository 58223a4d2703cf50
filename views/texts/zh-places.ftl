# 暖新驿站等服务点

role-keeper = 驿站管理员
joined-keeper = 🎉 { $name }，谢谢您照看这里。
first-keeper = 👉 点“🏡 我的驿站”：开着、关了、满了，或者什么坏了，两下就能改。
privacy-short-keeper = 🔒 我们保存您的 Telegram 编号、昵称，以及您照看哪里。您说的情况，骑手只看到“管理员”和时间，看不到您的名字；您也看不到谁来过。
error-place-gone = 这个地方已经不在了，请看附近别的地方。
error-not-keeper = 这里不是您照看的地方。
