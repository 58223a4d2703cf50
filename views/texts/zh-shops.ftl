# 商家：在聊天里的改动、名单、收银

import-remark-chat-kept = 商家在聊天里改过、原样保留的（{ $count } 家；要按文件改请加 --over-chat）：{ $names }
import-remark-chat-replaced = 商家在聊天里改过、现已按文件改的，已告诉店主（{ $count } 家）：{ $names }
told-shop-overwritten = 🏪 县里的新商家名单改掉了{ $shop }在这里改过的内容：{ $what }。如果不对，请在“🏪 我的店”里再改回来，并告诉县里。
shop-column-name_zh = 中文店名
shop-column-name_en = 英文店名
shop-column-category = 店铺类别
shop-column-address = 地址
shop-column-latitude = 地图位置
shop-column-longitude = 地图位置
shop-column-hours = 营业时间
shop-column-phone = 电话
shop-column-about_zh = 店铺介绍
shop-column-about_en = 店铺介绍
shop-column-meals = 每天骑手餐份数
shop-column-meal_zh = 骑手餐内容
shop-column-meal_en = 骑手餐内容
shop-column-rate = 每分价格
shop-column-removed = 店铺恢复收积分

error-price-changed = 价格变了：现在是 { $points } 分。已为您更新店铺卡片。
error-too-dear = 一件最多 { $most } 分，和一次付款的上限一样。请发小一点的数字。
error-nothing-yet = { $month } 不能结算：这里的积分从 { $first } 才开始有。请看看月份对不对。
settle-long-over = { $month } 早已结束，结算后不能再改。确定要结算吗？
code-six-digits = 🔢 取码是 6 位数字，请再看一遍。要上报隐患，请写几个字，或发照片、位置。
error-shop-closed = 这家店现在没开门，{ $at } 开门后才有餐。点“🍚 有骑手餐”看别家。
points-reason-gift = 县里送的积分
told-codes-guessed-admin = ⚠️ { $name } 连续输错了 { $wrong } 次取码，已请他等 { $minutes } 分钟。他在商家 { $shops }，没有别的店主可以告诉。不是手误的话，请问问他。
ask-remove-item = 🗑 不再提供<b>{ $item }</b>吗？已经出示的取码仍有效。以后用同样的名字再加，库存和限购照旧。
button-remove-item-now = 🗑 是的，不提供了
ask-remove-staff = ✖ <b>{ $name }</b>不在这里干了，不能再收积分，是吗？
button-remove-staff-now = ✖ 是的，请他离开
