import type { Texts } from './en.ts'

export const zh: Texts = {
  simulator: '模拟器',
  switchLanguage: 'Switch to English',

  connecting: '正在连接…',
  simulatorGone: '模拟器已断开，正在重试',
  noBot: '尚无机器人连接',
  botConnected: connections => (connections === 1 ? '机器人已连接' : `机器人已连接（${connections} 条连接）`),
  howToConnect: '现在发消息还没有人回复。用下面四个环境变量启动你的机器人，它就会连过来：',
  copy: '复制',
  copied: '已复制',

  conversations: '会话',
  privateChats: '单聊',
  groups: '群聊',
  noConversations: '还没有会话',
  noMessages: '还没有消息',
  unread: count => `${count} 条未读`,
  cardPreview: '[卡片]',
  picturePreview: '[图片]',
  filePreview: '[文件]',
  voicePreview: '[语音]',
  videoPreview: '[视频]',
  linkPreview: '[链接]',

  close: '关闭',
  recalled: '机器人撤回了一条消息',
}
