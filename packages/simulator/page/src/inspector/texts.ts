import type { EntryKind, EntryPart, EntryState } from '../../../src/workbench/inspector/protocol.ts'
import { defineTexts } from '../i18n/texts.ts'

export interface InspectorTexts {
  readonly search: string
  readonly scope: string
  readonly here: string
  readonly everything: string
  readonly filters: string
  readonly kinds: Readonly<Record<EntryKind, string>>
  /** The kind of one entry. */
  readonly kind: Readonly<Record<EntryKind, string>>
  readonly failed: string
  readonly late: string
  readonly exportSession: string
  readonly traffic: string
  readonly nothing: string
  readonly nothingFits: string
  readonly states: Readonly<Record<EntryState, string>>
  readonly down: string
  readonly up: string
  readonly later: string
  readonly timeout: string
  readonly closed: string
  readonly fault: (name: string) => string
  readonly connection: Readonly<Record<'opened' | 'closed' | 'draining' | 'silent', string>>
  readonly violation: string
  readonly milliseconds: (count: number) => string
  readonly details: string
  readonly close: string
  readonly parts: Readonly<Record<EntryPart['name'], string>>
  readonly copyJson: string
  readonly copyCurl: string
  readonly copied: string
  readonly pushAgain: string
  readonly pushedAgain: string
  readonly nobodyThere: string
  readonly gone: string
  readonly secretsHidden: string
  readonly meters: string
  readonly apiMonth: string
  readonly pushMonth: string
  readonly callsASecond: string
  readonly webhookAMinute: string
  readonly nothingInUse: string
  readonly refused: string
  readonly toNewest: string
}

export const inspectorTexts = defineTexts<InspectorTexts>({
  en: {
    search: 'Search everything on the wire',
    scope: 'Which traffic',
    here: 'This chat',
    everything: 'Everything',
    filters: 'Filters',
    kinds: { push: 'Pushes', ack: 'Acks', call: 'Calls', violation: 'Violations', system: 'System' },
    kind: { push: 'push', ack: 'ack', call: 'call', violation: 'wrong', system: 'system' },
    failed: 'Failed',
    late: 'Late',
    exportSession: 'Export as a test fixture',
    traffic: 'Traffic',
    nothing: 'Nothing has gone over the wire yet. Say something, and see it arrive at the bot.',
    nothingFits: 'Nothing here passes the filters.',
    states: { waiting: 'waiting for the ack', ok: 'ok', late: 'late', failed: 'failed' },
    down: 'to the bot',
    up: 'from the bot',
    later: 'asks to be told again',
    timeout: 'no ack in time',
    closed: 'the connection ended first',
    fault: name => `fault: ${name}`,
    connection: {
      opened: 'Bot connected',
      closed: 'Connection closed',
      draining: 'Connection told to go',
      silent: 'Connection gone silent',
    },
    violation: 'Against the protocol',
    milliseconds: count => `${count} ms`,
    details: 'Details',
    close: 'Close the details',
    parts: {
      headers: 'Headers',
      data: 'Data',
      query: 'Query',
      body: 'Request',
      answer: 'Answer',
      raw: 'As it came',
      reason: 'What is wrong',
    },
    copyJson: 'Copy as JSON',
    copyCurl: 'Copy as curl',
    copied: 'Copied',
    pushAgain: 'Push again',
    pushedAgain: 'Pushed again',
    nobodyThere: 'No bot is there to take it',
    gone: 'This entry is no longer kept',
    secretsHidden: 'Secrets are replaced by placeholders.',
    meters: 'Quotas',
    apiMonth: 'API calls this month',
    pushMonth: 'Pushes this month',
    callsASecond: 'Calls per second',
    webhookAMinute: 'Webhook, per minute',
    nothingInUse: 'idle',
    refused: 'refused',
    toNewest: 'Newest',
  },
  zh: {
    search: '搜索全部收发内容',
    scope: '范围',
    here: '当前会话',
    everything: '全部',
    filters: '筛选',
    kinds: { push: '推送', ack: '应答', call: '调用', violation: '违规', system: '系统' },
    kind: { push: '推送', ack: '应答', call: '调用', violation: '违规', system: '系统' },
    failed: '失败',
    late: '超时',
    exportSession: '导出为测试用例',
    traffic: '收发记录',
    nothing: '还没有任何收发。发条消息，看它如何到达机器人。',
    nothingFits: '没有符合筛选条件的记录。',
    states: { waiting: '等待应答', ok: '正常', late: '应答过晚', failed: '失败' },
    down: '发往机器人',
    up: '来自机器人',
    later: '要求稍后重推',
    timeout: '未在期限内应答',
    closed: '应答前连接已断开',
    fault: name => `故障：${name}`,
    connection: { opened: '机器人已连接', closed: '连接已关闭', draining: '已通知连接退出', silent: '连接已静默' },
    violation: '违反协议',
    milliseconds: count => `${count} 毫秒`,
    details: '详情',
    close: '关闭详情',
    parts: {
      headers: '头部',
      data: '数据',
      query: '查询参数',
      body: '请求',
      answer: '响应',
      raw: '原文',
      reason: '问题',
    },
    copyJson: '复制 JSON',
    copyCurl: '复制 curl',
    copied: '已复制',
    pushAgain: '重新推送',
    pushedAgain: '已重新推送',
    nobodyThere: '没有机器人接收',
    gone: '这条记录已被清理',
    secretsHidden: '密钥已替换为占位符。',
    meters: '配额',
    apiMonth: '本月 API 调用',
    pushMonth: '本月推送',
    callsASecond: '每秒调用',
    webhookAMinute: 'Webhook 每分钟',
    nothingInUse: '空闲',
    refused: '已拒绝',
    toNewest: '回到最新',
  },
})
