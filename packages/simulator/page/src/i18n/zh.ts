import type { Texts } from './en.ts'

export const zh: Texts = {
  simulator: '模拟器',
  switchLanguage: 'Switch to English',

  connecting: '正在连接…',
  simulatorGone: '模拟器已断开，正在重试',
  noBot: '尚无机器人连接',
  botConnected: connections => (connections === 1 ? '机器人已连接' : `机器人已连接（${connections} 条连接）`),
  howToConnect: '现在发消息还没有人回复。用下面两个环境变量启动你的机器人，它就会连到这个模拟器：',
  copy: '复制',
  copied: '已复制',

  conversations: '会话',
  privateChats: '单聊',
  groups: '群聊',
  noConversations: '还没有会话',
  noMessages: '还没有消息',
  unread: count => `${count} 条未读`,
  cardPreview: '[卡片]',

  privateChatWith: bot => `与 ${bot} 的单聊`,
  groupOf: members => `${members} 人`,
  messagesIn: name => `消息：${name}`,
  saysNothing: '这里还没有消息，在下面说点什么吧。',
  toNewest: '回到最新',
  cardVariables: '变量',
  cardTemplate: '卡片模板',
  cardWriting: '机器人正在输入',
  cardFailed: '失败',
  image: '图片',

  writeTo: title => `发消息给 ${title}`,
  speakAs: '发言人',
  send: '发送',
  enterSends: 'Enter 发送，Shift + Enter 换行',
  notSent: reason => `未发送：${reason}`,
  unreachable: '模拟器没有响应',
}
