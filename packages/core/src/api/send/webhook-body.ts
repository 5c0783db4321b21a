import { mentionsFor, withMarkdownTokens, withTokens } from './mention.ts'
import type { ActionCardOutgoing, WebhookOutgoing } from './outgoing.ts'

/** Builds the body of a session webhook (robot-message-type). */
export function webhookBodyOf(message: WebhookOutgoing): object {
  switch (message.msgtype) {
    case 'text':
      return { msgtype: 'text', text: { content: withTokens(message.text, message) }, at: mentionsFor(message) }
    case 'markdown': {
      const text = withMarkdownTokens(message.text, message)
      return { msgtype: 'markdown', markdown: { title: message.title, text }, at: mentionsFor(message) }
    }
    case 'link': {
      const { msgtype, ...link } = message
      return { msgtype, link }
    }
    case 'actionCard':
      return { msgtype: 'actionCard', actionCard: actionCardOf(message) }
    case 'feedCard': {
      // These two are in capitals here, unlike in the link message.
      const links = message.links.map(({ title, messageUrl, picUrl }) => ({
        title,
        messageURL: messageUrl,
        picURL: picUrl,
      }))
      return { msgtype: 'feedCard', feedCard: { links } }
    }
  }
}

function actionCardOf({ title, text, buttons, horizontal }: ActionCardOutgoing): object {
  const [only, ...others] = buttons
  if (only && others.length === 0) return { title, text, singleTitle: only.title, singleURL: only.url }
  const btns = buttons.map(button => ({ title: button.title, actionURL: button.url }))
  return { title, text, btnOrientation: horizontal ? '1' : '0', btns }
}
