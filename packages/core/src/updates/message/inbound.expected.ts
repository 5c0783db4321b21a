import type { FilterQuery } from '../../context/filter/filter.ts'

/** The meaning of a line of evidence to a handler. Written by hand from what the line shows, never from what the code gives. */
export interface Meaning {
  readonly query: FilterQuery
  /** The title of the group; without one it is a private chat. */
  readonly group?: string
  /** Default `ctx.text` without any marks. */
  readonly markdown?: string
  readonly text: string
  /** The userId of the sender, `null` when there is none. Default that of the template. */
  readonly from?: string | null
  /** People mentioned besides the bot. */
  readonly mentions?: readonly object[]
  /** The first characters of the codes. */
  readonly images?: readonly string[]
  readonly files?: readonly { readonly kind: string; readonly code?: string; readonly fileName?: string }[]
  readonly quoted?: {
    readonly msgtype: string
    readonly text?: string
    readonly isReadable?: boolean
    readonly senderNick?: string
    readonly images?: readonly string[]
  }
}

const LAB = '研发群'
const WANG = {
  dingtalkId: '$:LWCP_v1:$HYwKC7jQ2s0jJUpifkvM+f65',
  staffId: '442101490408000278',
  unionId: 'GVSH5UKvtqB7RC5WmKhiEiE',
}

const privateText = (text: string): Meaning => ({ query: 'chatbot:text', text })
const groupText = (text: string): Meaning => ({ query: 'chatbot:text', group: LAB, text })
const quoting = (text: string, quoted: NonNullable<Meaning['quoted']>): Meaning => ({ ...groupText(text), quoted })

const TREE = '一只木质调色板，literal'
const TREE_URL = 'https://example.com/a_(b)?x=a_b+c&y=2#part_2'

export const MEANINGS: Readonly<Record<string, Meaning>> = {
  'A1 video': { query: 'chatbot:video', text: '', files: [{ kind: 'video', code: 'fvC3b4W6' }] },
  'A1 file': {
    query: 'chatbot:file',
    text: '',
    files: [{ kind: 'file', code: 'zyk3Le5W', fileName: '钉钉.docx' }],
  },
  'A1 richText': { query: 'chatbot:richText', text: '这是一段文字', images: ['nzwG3wyr'] },
  'A2 robot-message-type': groupText('你好'),
  'A6 quota, other names': { query: 'chatbot:quota', text: '' },
  // Nobody has a userId while the app is unpublished.
  'A3 HTTP sample: string content at top level': { ...groupText('你好'), from: null },
  'A4 DM text': privateText('hello'),
  'A4 picture': { query: 'chatbot:picture', text: '', images: ['9aut14dN'] },
  'A4 video': { query: 'chatbot:video', text: '', files: [{ kind: 'video', code: 'Kx5mhcXW' }] },
  'A4 audio without duration': {
    query: 'chatbot:audio',
    text: '你好',
    files: [{ kind: 'audio', code: '1twamP9W' }],
  },
  'A4 file': { query: 'chatbot:file', text: '', files: [{ kind: 'file', code: '6Z1rup1Z', fileName: '手册.pdf' }] },
  'A7 delegate': { query: 'delegate', text: '在吗' },
  'B1 two mentions, plain text': { ...groupText('给 发个消息“你好”'), mentions: [WANG] },
  'B2 the same, formatted: richText': {
    query: 'chatbot:richText',
    group: LAB,
    text: '给@王五发个消息“你12好”',
    mentions: [WANG],
  },
  'B3 "@bot /server" from a Mac': groupText('/server'),
  'B3 "@bot /server" from HarmonyOS': { query: 'chatbot:richText', group: LAB, text: '/server' },
  'B4 mention of a member at the end': {
    ...groupText('偷鱼'),
    mentions: [{ dingtalkId: '$:LWCP_v1:$Pz4iYJB/hNzocAaxq0+n0+A3' }],
  },
  'B5 literally typed @': groupText('提醒 @all 和 a@b.cn'),
  'B6 custom bot, HTTP, scene group': { ...groupText('哈哈哈'), from: null, mentions: [WANG] },
  'B9 group from Windows': groupText('你好'),
  'B11 DM text': privateText('hello'),
  'B11 DM file': {
    query: 'chatbot:file',
    text: '',
    files: [{ kind: 'file', code: 'AB/SVbMH', fileName: '一种测试方法及装置' }],
  },
  'B12 DM picture 2023': { query: 'chatbot:picture', text: '', images: ['Q0rQaltp'] },
  'B13 DM audio': {
    query: 'chatbot:audio',
    text: '今天天气怎么样？',
    files: [{ kind: 'audio', code: 'Ll5svns8' }],
  },
  'B19 quoted own card': quoting('重新学习一下', { msgtype: 'interactiveCard' }),
  'B20 merged forward to a DM': {
    query: 'chatbot:chatRecord',
    text: '张三: 1\n张三: 2',
    markdown: '张三: 1  \n张三: 2',
  },
  'B20 merged forward, empty record': {
    query: 'chatbot:chatRecord',
    text: '晴:你好\n雨:对',
    markdown: '晴:你好  \n雨:对',
  },
  'B21 record of mixed items': {
    query: 'chatbot:chatRecord',
    text: '[picture]\n[unknownMsgType]\n[unknownMsgType]\n[合并的聊天记录]\n[unknownMsgType]',
    markdown:
      '\\[picture\\]  \n\\[unknownMsgType\\]  \n\\[unknownMsgType\\]  \n\\[合并的聊天记录\\]  \n\\[unknownMsgType\\]',
    images: ['cETC1NBf'],
  },
  'B22 card of another bot, live': { query: 'chatbot:interactiveCard', group: LAB, text: '请从 1 数到 10' },
  'B23 quoted card of a bot, sanitized live': quoting('这是什么', {
    msgtype: 'interactiveCard',
    text: `${TREE} ${TREE_URL} after\n第二段`,
    images: ['kmqEZFHS'],
  }),
  'B25 ciphertext, enterprise encryption': quoting('总结', { msgtype: 'text', isReadable: false }),
  'B25 quoted text is ciphertext': quoting('解释一下', { msgtype: 'text', isReadable: false }),
  'B26 quoted text in content.content': quoting('还对吗', { msgtype: 'text', text: '下午三点开会' }),
  'B26 quoted text in content.text': quoting('还对吗', {
    msgtype: 'text',
    text: '下午三点开会',
    senderNick: '王五',
  }),
  'B26 quoted markdown': quoting('还对吗', { msgtype: 'markdown', text: '## 周报\n- a' }),
  'B18 quoted chatRecord': quoting('重新学习一下', {
    msgtype: 'chatRecord',
    text: '李四:[消息]\n王五:[分享]\n王五:[图片]\n王五:这个就是',
  }),
  'C1 richText with glued mention': { query: 'chatbot:richText', group: LAB, text: '/clear' },
  'C2 mention before a picture': {
    query: 'chatbot:richText',
    group: LAB,
    text: '看图',
    images: ['RWSri9Kt'],
  },
  'C3 quoted nodes with text as an object': quoting('重新学习一下', { msgtype: 'richText', text: '一二三四' }),
  'C4 quoted card with cardContent as an object': quoting('重新学习一下', { msgtype: 'interactiveCard', text: '正文' }),
  'C5 quoted forward that calls itself text': quoting('重新学习一下', { msgtype: 'chatRecord', text: '李四: 你好' }),
  'C7 node with text and downloadCode': {
    query: 'chatbot:richText',
    text: 'Second line这个文件',
    images: ['4E1xtsVp'],
    files: [{ kind: 'file', code: '/RZwYMFf', fileName: 'a.pdf' }],
  },
  'C8 old rich text': { query: 'chatbot:richText', text: '旧', images: ['8WBdjk/C'] },
  'C9 old audio': { query: 'chatbot:audio', text: '你好', files: [{ kind: 'audio', code: '6xqUav90' }] },
  'C12 legacy quoteMessage': quoting('是这个', { msgtype: 'text', text: '旧引用', senderNick: '王五' }),
  'C13 document card': {
    query: 'chatbot:interactiveCard',
    text: '需求文档\nhttps://alidocs.dingtalk.com/i/nodes/abc',
    markdown: '需求文档  \n[https://alidocs.dingtalk.com/i/nodes/abc](https://alidocs.dingtalk.com/i/nodes/abc)',
  },
}
