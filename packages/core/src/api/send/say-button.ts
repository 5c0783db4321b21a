import { requireText } from './text.ts'

/**
 * Button with which a person sends a text to the bot. Fits into cards of `@dingware/cards`, action cards and old
 * interactive cards.
 */
export interface SayButton {
  /** Label, for cards. */
  readonly text: string
  /** Label, for action cards and old interactive cards. */
  readonly title: string
  /** Address that makes the client send the text. */
  readonly url: string
}

/**
 * Creates a button with which a person sends a text to the bot: a click sends the text in their name, and the bot gets
 * it as an ordinary message. It needs neither a template nor a callback, so it works wherever a button or link with an
 * address does: action cards, cards, and links in markdown (`[label](url)`). In groups the client puts a mention of the
 * bot before the text.
 *
 * The address is a scheme of DingTalk (`dtmd://dingtalkclient/sendMessage`; hermes-agent#92254), with the text
 * percent-encoded.
 *
 * @throws TypeError if label or text are no strings; DingTalkError `ERR_EMPTY_MESSAGE` if one of them is blank.
 * @example
 * await ctx.reply({
 *   msgtype: 'actionCard',
 *   title: '请假',
 *   text: '张三请假 3 天',
 *   buttons: [sayButton('同意', '/approve 42'), sayButton('驳回', '/reject 42')],
 * })
 */
export function sayButton(label: string, text: string): SayButton {
  requireText('The button', 'its label', label)
  requireText('The button', 'what it says', text)
  return { text: label, title: label, url: `dtmd://dingtalkclient/sendMessage?content=${encoded(text)}` }
}

/**
 * Percent-encodes also brackets, stars and the like, which would end the link or be markup when the address is used in
 * markdown.
 */
function encoded(text: string): string {
  const wellFormed = Buffer.from(text).toString()
  return encodeURIComponent(wellFormed).replace(
    /[!'()*_~]/g,
    sign => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}
