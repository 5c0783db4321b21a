/** The emoji of DingTalk that have a likeness in Unicode, by the name that stands for them in brackets. */
export const emoji: ReadonlyMap<string, string> = new Map(
  [
    '微笑 🙂 憨笑 😄 色 😍 发呆 😳 老板 😎 流泪 😭 害羞 😊 闭嘴 🤐 睡 😴 大哭 😭 尴尬 😅 发怒 😡 调皮 😜 大笑 😆 惊讶 😮 抓狂 😫',
    '吐 🤮 偷笑 🤭 愉快 ☺️ 白眼 🙄 傲慢 😏 困 😪 惊恐 😱 流汗 😓 加油 💪 疑问 🤔 嘘 🤫 晕 😵 衰 😣 再见 👋 鼓掌 👏 坏笑 😏 哈欠 🥱',
    '委屈 🥺 快哭了 😢 亲亲 😘 可怜 🥺 笑哭 😂 思考 🤔 奋斗 💪 炸弹 💣 刀 🔪 足球 ⚽ 啤酒 🍻 咖啡 ☕ 饭 🍚 玫瑰 🌹 凋谢 🥀 爱心 ❤️ 心碎 💔',
    '蛋糕 🎂 礼物 🎁 太阳 ☀️ 月亮 🌙 赞 👍 强 👍 弱 👎 握手 🤝 胜利 ✌️ 抱拳 🙏 OK 👌 送花花 💐 鞭炮 🧨 红包 🧧 灯笼 🏮 对勾 ✅ 错误 ❌ 火箭 🚀',
  ]
    .join(' ')
    .split(' ')
    .flatMap((word, index, all) => (index % 2 === 0 ? [[word, all[index + 1] ?? ''] as const] : [])),
)
