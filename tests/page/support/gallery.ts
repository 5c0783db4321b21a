import { FORM_TEMPLATE_ID, type Simulator } from '@dingware/simulator'
import { type Caller, TEMPLATES } from './platform.ts'
import { png } from './png.ts'

const blue = [60, 130, 235] as const
const green = [40, 160, 110] as const

/** One of everything in the chat of `小钉`: what people send, and what bots answer. */
export async function showMessages(sim: Simulator, api: Caller): Promise<void> {
  const ding = sim.user('小钉')
  const mediaId = await api.upload('chart.png', png(320, 180, blue))
  const asked = await ding.say('上线进度怎么样？资料在 https://example.com/plan')
  const answer = await api.send('小钉', 'sampleMarkdown', {
    title: '进度',
    text: `#### 上线进度\n\n- 接口 **完成**\n- 页面 *进行中*\n\n> 预计周五\n\n![chart](${mediaId}) ![外部](https://img.example.com/a.png)`,
  })
  await react(api, sim, asked.message.id, asked.message.conversationId)
  await ding.send({ msgtype: 'picture', file: { name: 'photo.png', bytes: png(240, 150, green) } })
  await ding.send({
    msgtype: 'richText',
    parts: [{ text: '看这张图' }, { picture: { name: 'a.png', bytes: png(200, 90, blue) } }],
  })
  await ding.send({ msgtype: 'audio', recognition: '帮我订明天下午三点的会议室', duration: 4_200, file: { bytes: '' } })
  await ding.send({ msgtype: 'file', file: { name: '第三季度预算.xlsx', bytes: 'x'.repeat(48_000) } })
  const first = sim.messages.find(({ processQueryKey }) => processQueryKey === answer)
  if (first) await ding.quote(first).say('周五几点？')
  await api.send('小钉', 'sampleText', { content: '下午五点前。[OK]' })
  await api.send('小钉', 'sampleLink', {
    title: '发布说明',
    text: '这一版的全部改动',
    picUrl: mediaId,
    messageUrl: 'https://example.com/notes',
  })
  await api.send('小钉', 'sampleActionCard2', {
    title: '要现在发布吗？',
    text: '### 要现在发布吗？\n\n发布后 **不能** 撤回。',
    actionTitle1: '发布',
    actionURL1: 'https://example.com/go',
    actionTitle2: '再等等',
    actionURL2: 'https://example.com/wait',
  })
  const links = ['本周要闻', '新人指南'].map(title => ({ title, messageURL: 'https://example.com', picURL: mediaId }))
  await api.webhook('小钉', { msgtype: 'feedCard', feedCard: { links } })
  await ding.send({
    msgtype: 'chatRecord',
    title: '值班群的聊天记录',
    records: [
      { from: '小李', content: '接口又超时了' },
      { from: '小王', msgType: 'picture', downloadCode: 'x' },
    ],
  })
  await ding.send({ msgtype: 'interactiveCard', url: 'https://alidocs.example/i/nodes/1' })
  await api.oldCard('小钉', oldCard(mediaId))
  await api.send('小钉', 'sampleFile', { mediaId, fileName: '会议纪要.pdf', fileType: 'pdf' })
}

/** Of each of its parts one. */
function oldCard(mediaId: string): object {
  const button = (text: string, more: object) => ({ type: 'button', label: { type: 'text', text }, ...more })
  const open = button('打开', { actionType: 'openLink', url: { all: 'https://example.com/todo' }, status: 'primary' })
  return {
    header: { title: { type: 'text', text: '今日待办' }, logo: mediaId },
    contents: [
      { type: 'markdown', text: '**12** 条待办，其中 *3* 条今天到期' },
      { type: 'divider' },
      { type: 'section', fields: { list: [{ type: 'text', text: '审批：张三的报销' }] }, extra: open },
      { type: 'text', text: '以上由机器人整理' },
      { type: 'imageList', images: [mediaId, mediaId] },
      { type: 'action', actions: [open, button('忽略', { actionType: 'request' })] },
      { type: 'chart', data: [1, 2] },
    ],
  }
}

async function react(api: Caller, sim: Simulator, openMsgId: string, openConversationId: string): Promise<void> {
  const words = '🤔思考中'
  await api.call('POST', '/v1.0/robot/emotion/reply', {
    robotCode: sim.clientId,
    openMsgId,
    openConversationId,
    emotionType: 2,
    emotionName: words,
    textEmotion: { emotionId: '2659900', emotionName: words, text: words, backgroundId: 'im_bg_1' },
  })
}

const options = (...pairs: readonly (readonly [value: string, text: string])[]) =>
  pairs.map(([value, text]) => ({ value, text }))

export const formFields = [
  { name: 'reason', label: '事由', type: 'TEXT', required: true, placeholder: '例如：探亲' },
  { name: 'days', label: '天数', type: 'NUMBER', required: true },
  {
    name: 'kind',
    label: '类型',
    type: 'SELECT',
    options: options(['annual', '年假'], ['sick', '病假']),
    required: true,
  },
  {
    name: 'notify',
    label: '通知',
    type: 'MULTI_SELECT',
    options: options(['boss', '主管'], ['hr', '人事'], ['team', '同组']),
  },
  { name: 'from', label: '开始日期', type: 'DATE' },
  { name: 'urgent', label: '加急', type: 'CHECKBOX' },
  { name: 'version', label: '', type: 'TEXT', hidden: true, defaultValue: 'v1' },
]

/** The variables of the public form. */
export function formVariables(more: Readonly<Record<string, string>> = {}): Record<string, string> {
  return {
    form: JSON.stringify({ fields: formFields }),
    question_id: 'question-1',
    question_title: '请假申请',
    question_desc: '',
    form_btn_text: '提交',
    card_status: 'pending',
    ...more,
  }
}

export const buttons = [
  { text: '有用', color: 'blue', id: 'useful', request: true },
  { text: '重写', color: 'gray', id: 'again', request: true },
  { text: '举报', color: 'red', id: 'report', request: true },
  { text: '通过', color: 'green', id: 'pass', request: true },
  { text: '文档', color: 'gray', url: 'https://example.com/docs' },
]

/** One of each card in the chat of `Alice`. */
export async function showCards(sim: Simulator, api: Caller): Promise<void> {
  const alice = { user: 'Alice' }
  const mediaId = await api.upload('slide.png', png(320, 200, green))
  await sim.user('Alice').say('show me the cards')
  await api.card(alice, TEMPLATES.markdown, {
    title: 'Build 412',
    markdown: 'All **green** <font colorTokenV2=common_green1_color>128 tests</font><br>[OK] in 42 s',
  })
  await api.card(alice, TEMPLATES.buttons, {
    title: 'Answer',
    markdown: 'The moon is **384,400 km** away.\n\n| body | distance |\n| --- | ---: |\n| Moon | 384,400 km |',
    tips: 'Was this useful?',
    sys_full_json_obj: JSON.stringify({ msgButtons: buttons }),
  })
  const stream = await api.card(alice, TEMPLATES.ai, { msgTitle: 'Assistant', flowStatus: '1' })
  await api.stream(
    stream,
    'msgContent',
    '## Plan\n\n1. Read the log\n2. Find the cause\n\n```ts\nconst cause = find(log)\n```\n\nThe cause is a',
  )
  await api.card(alice, TEMPLATES.ai, { msgTitle: 'Waiting', flowStatus: '1' })
  await api.card(alice, TEMPLATES.ai, {
    msgTitle: 'Went wrong',
    msgContent: 'The model does not answer.',
    flowStatus: '5',
  })
  const slides = ['Harbour', 'Hill', 'Old town'].map(title => ({ title, image: mediaId }))
  const order = ['msgTitle', 'staticMsgContent', 'msgSlider', 'msgButtons']
  await api.card(alice, TEMPLATES.ai, {
    msgTitle: 'Where to?',
    staticMsgContent: 'Choose a place for the outing.',
    sys_full_json_obj: JSON.stringify({
      order,
      msgSlider: slides,
      msgButtons: [{ text: 'Choose', color: 'blue', id: 'image_slider_select_button', request: true }],
      source: { text: 'Made by AI' },
    }),
  })
  await api.card(alice, TEMPLATES.approval, {
    title: '张三提交的财务报销',
    type: '差旅费',
    amount: '1000.0',
    reason: '出差费用',
    status: '待处理',
  })
  await api.card(alice, TEMPLATES.rpa, {
    goal: 'Open the report',
    processFlag: 'true',
    plan: JSON.stringify({
      plan: "(function(){dd.callPlugin({'pluginName':'report'});})()",
      pluginInstances: [{ id: 'AGI-EXTENSION-1', version: '1.0' }],
    }),
  })
  await api.card(alice, FORM_TEMPLATE_ID, formVariables())
  await api.card(
    alice,
    'my-own-template.schema',
    { title: 'Own template', count: '3', items: '[{"k":"v"}]' },
    { privateData: { [sim.user('Alice').userId]: { cardParamMap: { voted: 'yes' } } } },
  )
}
