import { defineTexts } from '../i18n/texts.ts'

export const shortcutTexts = defineTexts({
  en: {
    shortcuts: 'Keyboard shortcuts',
    previous: 'Previous conversation',
    next: 'Next conversation',
    search: 'Search conversations',
    write: 'Write a message',
    messages: 'Go to the messages; arrows go through them',
    reply: 'Reply to the message that has the focus',
    mention: 'Mention somebody, in a group',
    workbench: 'Open or close the workbench',
    help: 'This list',
    escape: 'Give up a reply, close a dialog',
  },
  zh: {
    shortcuts: '键盘快捷键',
    previous: '上一个会话',
    next: '下一个会话',
    search: '搜索会话',
    write: '写消息',
    messages: '跳到消息，用方向键浏览',
    reply: '回复当前消息',
    mention: '在群里 @ 某人',
    workbench: '打开或收起工作台',
    help: '显示此列表',
    escape: '取消回复，关闭对话框',
  },
})
