import type { SwitchValues } from '../../../src/fault-panel/protocol.ts'
import { defineTexts } from '../i18n/texts.ts'

const en = {
  unlimited: 'unlimited',
  wrongNumber: 'A whole number, or nothing for no limit',
  wrongDelays: 'Whole numbers of milliseconds, such as 1000, 60000',
  switchTitle: 'Behaviour',
  switchHint: 'How the platform behaves where what is known of it disagrees.',
  switches: {
    robotRedelivery: 'Messages come again after, ms',
    eventRedelivery: 'Events come again after, ms',
    webhookPerMinute: 'Webhook messages a minute',
    streamInterval: 'Between streaming calls, ms',
    streamContentLimit: 'Characters a streaming call',
    finishedCardIsFrozen: 'A finished card is frozen',
    watchUpdatesInCallback: 'Updates within a callback are violations',
    content: 'Content of messages',
    quoteText: 'Words of a quoted text',
    quoteShape: 'What is quoted along',
    quotedCard: 'A quoted card carries',
    quotedFile: 'A quoted file carries',
    quotaFields: 'Fields of the quota frame',
    downloadCodeLife: 'Life of a download code, ms',
    downloadUrlLife: 'Life of a download address, ms',
  } satisfies Record<keyof SwitchValues, string>,
}

export const behaviourTexts = defineTexts<typeof en>({
  en,
  zh: {
    unlimited: '不限',
    wrongNumber: '请填整数；留空表示不限',
    wrongDelays: '请填整数毫秒，例如 1000, 60000',
    switchTitle: '行为',
    switchHint: '平台资料互相矛盾之处，由这里决定。',
    switches: {
      robotRedelivery: '消息重推间隔（毫秒）',
      eventRedelivery: '事件重推间隔（毫秒）',
      webhookPerMinute: 'Webhook 每分钟条数',
      streamInterval: '流式更新最小间隔（毫秒）',
      streamContentLimit: '单次流式更新字数上限',
      finishedCardIsFrozen: '完成的卡片不再变化',
      watchUpdatesInCallback: '回调期间更新卡片视为违规',
      content: '消息 content 的形式',
      quoteText: '引用文本的字段',
      quoteShape: '引用携带的内容',
      quotedCard: '引用卡片携带的内容',
      quotedFile: '引用文件携带的内容',
      quotaFields: '超额帧的字段名',
      downloadCodeLife: '下载码有效期（毫秒）',
      downloadUrlLife: '下载地址有效期（毫秒）',
    },
  },
})
