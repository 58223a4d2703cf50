// Every word of the page's own chrome, in both languages. What the bot says comes from the bot.

const CATALOGUE = {
  "app.title": { zh: "Warmgrid 本地沙盒", en: "Warmgrid sandbox" },
  "app.hint": { zh: "本机上的 Telegram：每一栏是一个人的手机。", en: "Telegram on your own machine: each column is one person's phone." },
  "app.language": { zh: "界面语言", en: "Language of this page" },
  "clock.county": { zh: "县里时间", en: "County time" },
  "clock.go": { zh: "快进 ", en: "Faster " },
  "clock.fast": { zh: "时间快进 ×60：一分钟变一秒", en: "Faster time ×60: a minute takes a second" },
  "tabs.label": { zh: "手机", en: "Phones" },
  "tabs.person": { zh: "{role} {name}", en: "{role} {name}" },
  "tabs.unread": { zh: "{role} {name}，{count} 条未读", en: "{role} {name}, {count} unread" },
  "app.more": { zh: "时间、语言、添加", en: "Time, language, add" },
  "offline": { zh: "连接已断开，正在重新连接…", en: "The server is gone. Reconnecting…" },
  "failed": { zh: "没有成功：{reason}", en: "That did not work: {reason}" },
  "failed.network": { zh: "服务器没有回应", en: "the server did not answer" },

  "person.add": { zh: "添加一个人", en: "Add a person" },
  "person.name": { zh: "名字", en: "Name" },
  "person.language": { zh: "此人的语言", en: "This person's language" },
  "person.menu": { zh: "{name} 的菜单", en: "{name}'s menu" },
  "person.block": { zh: "屏蔽机器人", en: "Block the bot" },
  "person.unblock": { zh: "取消屏蔽", en: "Unblock the bot" },
  "person.clear": { zh: "清空聊天记录", en: "Clear history" },
  "person.speaks.zh": { zh: "说中文", en: "speaks Chinese" },
  "person.speaks.en": { zh: "说英文", en: "speaks English" },

  "chat.phone": { zh: "{name} 的手机", en: "{name}'s phone" },
  "chat.messages": { zh: "与 {bot} 的聊天", en: "Chat with {bot}" },
  "chat.with": { zh: "与 {bot} 聊天", en: "chats with {bot}" },
  "chat.blocked": { zh: "已屏蔽机器人", en: "has blocked the bot" },
  "chat.empty": { zh: "还没有消息", en: "No messages here yet" },
  "chat.empty.hint": { zh: "点下面的“开始”，或发一张照片、一个位置。", en: "Press Start below, or send a photo or a place." },
  "chat.start": { zh: "开始", en: "Start" },
  "chat.down": { zh: "到最新消息", en: "Newest message" },
  "chat.today": { zh: "今天", en: "Today" },
  "chat.yesterday": { zh: "昨天", en: "Yesterday" },

  "action.typing": { zh: "正在输入…", en: "typing…" },
  "action.upload_photo": { zh: "正在发送照片…", en: "sending a photo…" },
  "action.upload_video": { zh: "正在发送视频…", en: "sending a video…" },
  "action.upload_voice": { zh: "正在发送语音…", en: "sending a voice message…" },
  "action.upload_document": { zh: "正在发送文件…", en: "sending a file…" },
  "action.find_location": { zh: "正在选择位置…", en: "picking a place…" },

  "message.edited": { zh: "已编辑", en: "edited" },
  "message.reply": { zh: "回复", en: "Reply" },
  "message.deleted": { zh: "消息已删除", en: "Deleted message" },
  "message.forwarded": { zh: "转发自 {name}", en: "Forwarded from {name}" },
  "message.pinned": { zh: "{name} 置顶了一条消息", en: "{name} pinned a message" },
  "message.unknown": { zh: "这里无法显示这种消息", en: "This kind of message cannot be shown here" },
  "message.spoiler": { zh: "点击显示隐藏的文字", en: "Show the hidden text" },
  "message.more": { zh: "展开引文", en: "Show the whole quote" },
  "message.photo": { zh: "照片", en: "Photo" },
  "message.photo.of": { zh: "打开第 {n} 张照片，共 {count} 张", en: "Open photo {n} of {count}" },
  "message.document": { zh: "文件", en: "File" },
  "message.download": { zh: "下载 {name}", en: "Download {name}" },
  "message.location": { zh: "位置", en: "Location" },
  "message.live": { zh: "实时位置", en: "Live location" },
  "message.live.until": { zh: "实时位置，至 {time}", en: "Live location until {time}" },
  "message.location.open": { zh: "打开地图", en: "Open the map" },
  "message.video": { zh: "视频", en: "Video" },
  "message.voice": { zh: "语音消息", en: "Voice message" },
  "message.play": { zh: "播放或暂停", en: "Play or pause" },
  "message.sticker": { zh: "贴纸", en: "Sticker" },
  "message.contact": { zh: "联系人", en: "Contact" },

  "write.placeholder": { zh: "输入消息", en: "Message" },
  "write.send": { zh: "发送", en: "Send" },
  "write.attach": { zh: "附件", en: "Attach" },
  "write.commands": { zh: "命令", en: "Commands" },
  "write.keyboard": { zh: "按钮", en: "Buttons" },
  "write.keyboard.show": { zh: "显示按钮", en: "Show the buttons" },
  "write.keyboard.hide": { zh: "收起按钮", en: "Hide the buttons" },
  "write.reply.cancel": { zh: "取消回复", en: "Cancel the reply" },
  "write.copied": { zh: "已复制", en: "Copied" },
  "write.drop": { zh: "松开即可发送图片", en: "Drop to send the picture" },

  "attach.photo": { zh: "照片或相册", en: "Photo or album" },
  "attach.sample": { zh: "示例图片", en: "Sample picture" },
  "attach.file": { zh: "作为文件", en: "As a file" },
  "attach.file.hint": { zh: "保留拍摄时间和位置", en: "keeps its time and place" },
  "attach.place": { zh: "位置", en: "Place" },
  "attach.voice": { zh: "语音", en: "Voice" },

  "picture.title": { zh: "发送图片", en: "Send pictures" },
  "picture.samples": { zh: "示例图片", en: "Sample pictures" },
  "picture.samples.hint": { zh: "选几张就是一个相册", en: "Tick several for an album" },
  "picture.caption": { zh: "说明文字（可不填）", en: "Caption (optional)" },
  "picture.as.photo": { zh: "压缩为照片", en: "As a photo" },
  "picture.as.file": { zh: "作为文件", en: "As a file" },
  "picture.as": { zh: "怎么发", en: "How to send" },
  "picture.is.file": { zh: "文件", en: "file" },
  "picture.send": { zh: "发送 {count} 个", en: "Send {count}" },
  "picture.none": { zh: "没有示例图片", en: "There are no samples" },

  "map.title": { zh: "选一个位置", en: "Pick a place" },
  "map.view": { zh: "位置", en: "Place" },
  "map.canvas": { zh: "网格地图。方向键移动，加减号缩放，回车在中心放下图钉。", en: "Map of the grids. Arrow keys move, plus and minus zoom, Enter drops the pin in the middle." },
  "map.search": { zh: "网格编号或名称", en: "Grid code or name" },
  "map.zoom.in": { zh: "放大", en: "Zoom in" },
  "map.zoom.out": { zh: "缩小", en: "Zoom out" },
  "map.whole": { zh: "整个县", en: "Whole county" },
  "map.town": { zh: "县城", en: "Town centre" },
  "map.outside": { zh: "县外一点", en: "Outside the county" },
  "map.zero": { zh: "0°, 0°", en: "0°, 0°" },
  "map.tap": { zh: "在地图上点一下，放下图钉", en: "Tap the map to drop the pin" },
  "map.is.outside": { zh: "不在县域内", en: "outside the county" },
  "map.send": { zh: "发送这个位置", en: "Send this place" },
  "map.send.live": { zh: "发送实时位置", en: "Send live place" },
  "map.move": { zh: "移到这里", en: "Move here" },
  "map.stop": { zh: "停止共享", en: "Stop sharing" },
  "map.nothing": { zh: "没有找到", en: "Nothing found" },
  "map.loading": { zh: "正在打开地图…", en: "Opening the map…" },

  "view.title": { zh: "查看照片", en: "Photo viewer" },
  "view.next": { zh: "下一张", en: "Next" },
  "view.previous": { zh: "上一张", en: "Previous" },
  "view.download": { zh: "下载", en: "Download" },

  "close": { zh: "关闭", en: "Close" },
  "cancel": { zh: "取消", en: "Cancel" },
  "ok": { zh: "好", en: "OK" },
  "add": { zh: "添加", en: "Add" },
};

const STORED = "sandbox.language";
let current = stored() ?? (navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en");

/** The page's language: "zh" or "en". */
export function language() {
  return current;
}

export function setLanguage(chosen) {
  current = chosen;
  try {
    localStorage.setItem(STORED, chosen);
  } catch {
    // A private window may refuse: the choice then lasts until the page is closed.
  }
}

/** Is there such a text? */
export function isKnown(key) {
  return key in CATALOGUE;
}

/** A text in the page's language: by its key in the catalogue, or given as {zh, en}, as params may be, too. */
export function t(text, params = {}) {
  const both = typeof text === "string" ? CATALOGUE[text] : text;
  if (!both) throw new Error(`no such text: ${text}`);
  return both[current].replace(/\{(\w+)\}/g, (_, name) => params?.[name]?.[current] ?? params?.[name] ?? "");
}

function stored() {
  try {
    const chosen = localStorage.getItem(STORED);
    return chosen === "zh" || chosen === "en" ? chosen : null;
  } catch {
    return null;
  }
}
