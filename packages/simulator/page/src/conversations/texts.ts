import { defineTexts } from '../i18n/texts.ts'

export const conversationTexts = defineTexts({
  en: {
    search: 'Search conversations',
    noneFound: 'Nothing found',
    newUser: 'New user',
    newGroup: 'New group',
  },
  zh: { search: '搜索会话', noneFound: '没有找到', newUser: '新建用户', newGroup: '新建群聊' },
})
