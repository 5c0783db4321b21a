import { requireText } from './text.ts'

/** A button by which a person says something; as a button of cards, and of action cards. */
export interface SayButton {
  /** What is on it, in cards. */
  readonly text: string
  /** The same, in action cards and old interactive cards. */
  readonly title: string
  readonly url: string
}

/**
 * A button that lets a person say something to the bot: a click sends the text in their name, and the bot gets it as a
 * message. No template and no callback are needed, so it works wherever buttons or links with an address do: action cards,
 * cards, and as a link in markdown (`[label](url)`). In groups the client puts the mention of the bot before it.
 *
 * The address is of DingTalk's own (`dtmd://dingtalkclient/sendMessage`; hermes-agent#92254), the text in it percent-encoded.
 *
 * @throws TypeError for what is no text; DingTalkError `ERR_EMPTY_MESSAGE` where there is nothing to see.
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

/** Brackets, stars and the like too, which would end the link or be markup where the address stands in markdown. */
function encoded(text: string): string {
  const wellFormed = Buffer.from(text).toString()
  return encodeURIComponent(wellFormed).replace(
    /[!'()*_~]/g,
    sign => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}
