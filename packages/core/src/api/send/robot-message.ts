import { DingTalkError } from '@dingware/transport'
import { fileTypeOf } from '../media/file-name.ts'
import { isMentioning, type Mentions } from './mention.ts'
import type { ActionCardOutgoing, FeedCardOutgoing, FileOutgoing, Outgoing } from './outgoing.ts'

/** Message in the form of the robot APIs: a template key and its parameters (robot-message-type). */
export interface RobotMessage {
  readonly msgKey: string
  readonly msgParam: Readonly<Record<string, string>>
  /** Parts of the message that these APIs cannot show. */
  readonly lost?: string | undefined
}

/** @throws DingTalkError (`ERR_BUTTON_COUNT`) for an action card that these APIs cannot send. */
export function robotMessageOf(message: Outgoing): RobotMessage {
  switch (message.msgtype) {
    case 'text':
      return { msgKey: 'sampleText', msgParam: { content: message.text }, lost: lostMentions(message) }
    case 'markdown': {
      const { title, text } = message
      return { msgKey: 'sampleMarkdown', msgParam: { title, text }, lost: lostMentions(message) }
    }
    case 'link': {
      const { title, text, messageUrl, picUrl } = message
      if (picUrl) return { msgKey: 'sampleLink', msgParam: { title, text, messageUrl, picUrl } }
      // A link of these APIs needs a picture; without one markdown serves as well.
      return { msgKey: 'sampleMarkdown', msgParam: { title, text: `${linkTo(title, messageUrl)}\n\n${text}` } }
    }
    case 'actionCard':
      return actionCardOf(message)
    case 'feedCard':
      return feedOf(message)
    case 'image':
      return { msgKey: 'sampleImageMsg', msgParam: { photoURL: message.photoURL } }
    case 'file':
      return fileOf(message)
    case 'audio':
      return { msgKey: 'sampleAudio', msgParam: { mediaId: message.mediaId, duration: wholeOf(message.duration) } }
    case 'video': {
      const { videoMediaId, picMediaId, duration, width, height } = message
      const size = { ...(width ? { width: wholeOf(width) } : {}), ...(height ? { height: wholeOf(height) } : {}) }
      return {
        msgKey: 'sampleVideo',
        msgParam: { videoMediaId, picMediaId, videoType: 'mp4', duration: wholeOf(duration), ...size },
      }
    }
  }
}

function lostMentions(mentions: Mentions): string | undefined {
  return isMentioning(mentions) ? 'mentions: the robot APIs have none' : undefined
}

/** Up to five buttons below each other, or two side by side; each number of buttons has a key of its own. */
function actionCardOf({ title, text, buttons, horizontal }: ActionCardOutgoing): RobotMessage {
  const [first, second] = buttons
  if (!first || buttons.length > 5) {
    const problem = `An action card has ${buttons.length} buttons, but the robot APIs show one to five. Put the others into the text as links.`
    throw new DingTalkError(problem, { code: 'ERR_BUTTON_COUNT' })
  }
  if (!second)
    return { msgKey: 'sampleActionCard', msgParam: { title, text, singleTitle: first.title, singleURL: first.url } }
  if (horizontal && buttons.length === 2) {
    const params = {
      buttonTitle1: first.title,
      buttonUrl1: first.url,
      buttonTitle2: second.title,
      buttonUrl2: second.url,
    }
    return { msgKey: 'sampleActionCard6', msgParam: { title, text, ...params } }
  }
  const params = buttons.flatMap((button, index) => [
    [`actionTitle${index + 1}`, button.title],
    [`actionURL${index + 1}`, button.url],
  ])
  return { msgKey: `sampleActionCard${buttons.length}`, msgParam: { title, text, ...Object.fromEntries(params) } }
}

/** These APIs have no feed card: its links become a list. */
function feedOf({ links }: FeedCardOutgoing): RobotMessage {
  const text = links.map(({ title, messageUrl }) => `- ${linkTo(title, messageUrl)}`).join('\n')
  const lost = 'pictures of a feed card: the robot APIs have none, so its links are sent as a list'
  return { msgKey: 'sampleMarkdown', msgParam: { title: links[0]?.title ?? '', text }, lost }
}

function fileOf({ mediaId, fileName, fileType }: FileOutgoing): RobotMessage {
  // Untyped callers pass null, or the extension with its dot.
  const given = fileType?.trim().replace(/^\.+/, '').toLowerCase()
  return { msgKey: 'sampleFile', msgParam: { mediaId, fileName, fileType: given || fileTypeOf(fileName) } }
}

/** The platform takes whole numbers, and shows nothing if the duration is 0. */
function wholeOf(duration: number): string {
  return String(Math.max(1, Math.round(duration)))
}

function linkTo(title: string, url: string): string {
  return `[${title.replace(/[[\]]/g, '\\$&')}](${url})`
}
