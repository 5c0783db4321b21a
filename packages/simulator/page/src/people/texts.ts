import { defineTexts } from '../i18n/texts.ts'

export const peopleTexts = defineTexts({
  en: {
    newUser: 'New user',
    newGroup: 'New group',
    nick: 'Name',
    groupTitle: 'Name of the group',
    members: 'Members',
    addTo: (title: string) => `Add members to ${title}`,
    create: 'Create',
    add: 'Add',
    cancel: 'Cancel',
    everybodyIn: 'Everybody is in it already. Create a user first.',
    failed: (reason: string) => `That did not work: ${reason === '' ? 'the simulator does not answer' : reason}`,
  },
  zh: {
    newUser: '新建用户',
    newGroup: '新建群聊',
    nick: '名字',
    groupTitle: '群名称',
    members: '成员',
    addTo: title => `添加成员到 ${title}`,
    create: '创建',
    add: '添加',
    cancel: '取消',
    everybodyIn: '所有人都已在群里，先新建一个用户吧。',
    failed: reason => `操作失败：${reason === '' ? '模拟器没有响应' : reason}`,
  },
})
