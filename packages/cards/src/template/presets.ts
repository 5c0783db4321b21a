import type { AiTemplate } from './ai-settings.ts'
import { AI_ORDER } from './layout.ts'

/**
 * The default: the AI card of the official Python SDK (`AICardReplier`), which any app may use.
 *
 * @example
 * bot.use(cards({ templates: { ai: { ...aiTemplate382e4302, placeholder: '思考中…' } } }))
 *
 * It shows buttons only once it has finished, and has no stop button.
 */
export const aiTemplate382e4302: AiTemplate = {
  id: '382e4302-551d-4880-bf29-a30acfab2e71.schema',
  variables: {
    content: 'msgContent',
    staticContent: 'staticMsgContent',
    title: 'msgTitle',
    logo: 'logo',
    // The Python SDK takes tips here and sends none: the template has no variable for them.
    tips: false,
    status: 'flowStatus',
    layout: 'sys_full_json_obj',
    blocks: false,
    copy: false,
  },
  states: { processing: '1', inputting: '2', finished: '3', failed: '5' },
  fixed: {},
  createdWith: false,
  placeholder: '',
  opening: 'update',
  order: AI_ORDER,
  // Proven in state 3 alone (agentscope-ai/agentscope, live); state 1 hides all behind the loading view (murray17/rovai-ai).
  buttonsIn: ['finished'],
  stopButton: false,
  deliver: {},
}

/**
 * The AI card of the official connector and of the official CLI, seen at work in apps of many organisations, also where others
 * answer 500 (DingTalk-Real-AI/dingtalk-openclaw-connector, live).
 *
 * @example
 * bot.use(cards({ templates: { ai: aiTemplate02fcf2f4 } }))
 *
 * It has neither title nor logo, and is created and delivered by two calls.
 */
export const aiTemplate02fcf2f4: AiTemplate = {
  ...aiTemplate382e4302,
  id: '02fcf2f4-5e02-4a85-b672-46d1f715543e.schema',
  variables: { ...aiTemplate382e4302.variables, title: false, logo: false },
  fixed: { config: { autoLayout: true }, staticMsgContent: '' },
  createdWith: { config: { autoLayout: true } },
  order: ['msgContent'],
  deliver: { separately: true },
}

/**
 * An AI card with a stop button that shows while the text comes, of a well-known plugin (soimy/openclaw-channel-dingtalk,
 * live). It takes the finished text in blocks, stays blank without them, and knows two states. What `tips` says stands in its
 * line of status. It has neither a title nor buttons from data.
 *
 * @example
 * await ctx.aiCard({ template: aiTemplate675cde2f, stopButton: true }).stream(textStream)
 */
export const aiTemplate675cde2f: AiTemplate = {
  id: '675cde2f-f526-40cb-b828-f5b2b57b8b77.schema',
  variables: {
    content: 'content',
    staticContent: false,
    title: false,
    logo: false,
    tips: 'statusLine',
    status: 'flowStatus',
    layout: false,
    blocks: 'blockList',
    copy: 'copy_content',
  },
  // Created in the state in which its stop button shows.
  states: { processing: '2', inputting: '2', finished: '3', failed: '3' },
  fixed: { config: { autoLayout: true, enableForward: true }, quoteContent: '', statusLine: '' },
  createdWith: false,
  placeholder: '',
  // In groups it takes no variables before its stream was opened.
  opening: 'frame',
  order: [],
  buttonsIn: [],
  stopButton: {
    id: 'btn_stop',
    shown: { hasAction: 'true', stop_action: 'true' },
    hidden: { hasAction: 'false', stop_action: 'false' },
  },
  deliver: {},
}

/**
 * The AI card of the official examples (dingtalk-card-examples): text and nothing else, its state follows the stream. Its
 * authors allow it for tests alone.
 *
 * @example
 * await ctx.aiCard({ template: aiTemplate8aebdfb9 }).stream(textStream)
 */
export const aiTemplate8aebdfb9: AiTemplate = {
  ...aiTemplate382e4302,
  id: '8aebdfb9-28f4-4a98-98f5-396c3dde41a0.schema',
  variables: {
    content: 'content',
    staticContent: false,
    title: false,
    logo: false,
    tips: false,
    status: false,
    layout: false,
    blocks: false,
    copy: false,
  },
  opening: 'none',
  order: [],
  buttonsIn: [],
}
