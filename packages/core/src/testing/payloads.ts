import { plainText, richTextOf, typed } from './mentions.ts'
import type { Call } from './press.ts'
import type { TestSwitches } from './switches.ts'

/** Person in a test. */
export interface Person {
  /** Display name. */
  readonly nick: string
  /** userId: `user-` and the name. */
  readonly userId: string
}

export interface Place {
  readonly conversationId: string
  /** Name of the group; missing for a private chat. */
  readonly group?: string | undefined
}

/** Options of `say` and `send`. */
export interface SayOptions {
  /**
   * People to mention in a group, besides the bot (`Bot`). Names that the text has as `@name` are mentions there:
   * `say('@Bot ask @Bob', { at: [bob] })`; others are put before the text.
   */
  readonly at?: readonly Person[]
  /** Client of the sender: `Mac` (default), `Win`, `iOS`, … With `HarmonyOS` each text is sent as rich text. */
  readonly client?: string
  /** True for a person outside the organisation, who has neither senderStaffId nor senderCorpId. Default false. */
  readonly outsider?: boolean
}

const ROBOT = 'test-robot'
const BOT_ID = '$:LWCP_v1:$bot'
const BOT = 'Bot'
const CORP = 'ding-test'
const WEBHOOK = 'https://oapi.dingtalk.com/robot/sendBySession?session=test'
/** A session webhook is valid for 90 minutes. */
const WEBHOOK_LIFETIME = 5_400_000

export interface Scene {
  readonly person: Person
  readonly place: Place
  readonly switches: TestSwitches
}

/** Body of a text message, without the picked names (captured; see the simulator). */
export function spoken({ place, switches }: Scene, text: string, { at = [], client }: SayOptions): object {
  const names = place.group === undefined ? [] : [BOT, ...at.map(({ nick }) => nick)]
  const { runs } = typed(text, names)
  return client === 'HarmonyOS'
    ? { msgtype: 'richText', content: { richText: richTextOf(runs, switches) } }
    : { msgtype: 'text', text: { content: plainText(runs, switches) } }
}

/** Robot message with the fields of captured ones (receive-message; DingTalk-Real-AI's connector). */
export function messagePayload(scene: Scene, id: string, content: object, options: SayOptions = {}): object {
  const { person, place, switches } = scene
  const { at = [], client = 'Mac' } = options
  const common = {
    senderPlatform: client,
    conversationId: place.conversationId,
    chatbotCorpId: CORP,
    chatbotUserId: BOT_ID,
    openThreadId: place.conversationId,
    msgId: `msg${id}==`,
    senderNick: person.nick,
    isAdmin: false,
    ...staffOf(scene, options),
    sessionWebhookExpiredTime: Date.now() + WEBHOOK_LIFETIME,
    createAt: Date.now(),
    conversationType: place.group === undefined ? '1' : '2',
    senderId: dingtalkIdOf(person),
    sessionWebhook: `${WEBHOOK}${place.conversationId}`,
    robotCode: ROBOT,
    ...(switches.unionIds && { senderUnionId: unionIdOf(person) }),
  }
  if (place.group === undefined) return { ...common, ...content }
  const others = at.map(other => {
    const unionId = switches.unionIds && { unionId: unionIdOf(other) }
    return { ...unionId, dingtalkId: dingtalkIdOf(other), staffId: other.userId }
  })
  const inGroup = {
    conversationTitle: place.group,
    isInAtList: true,
    atUsers: [...others, { dingtalkId: BOT_ID }],
  }
  return { ...common, ...inGroup, ...content }
}

function staffOf({ person, switches }: Scene, { outsider = false }: SayOptions): object {
  if (!outsider) return { senderStaffId: person.userId, senderCorpId: CORP }
  return switches.outsiderStaffId === 'empty' ? { senderStaffId: '' } : {}
}

const dingtalkIdOf = ({ userId }: Person): string => `$:LWCP_v1:$${userId}`
export const unionIdOf = ({ userId }: Person): string => `union-${userId}`

/** Clicked card, and its type of user ids: 1 userId, 2 unionId. */
export interface Clicked {
  readonly outTrackId: string
  readonly userIdType: 1 | 2
}

/** Click on a card, or a form, with the fields of captured ones (agentscope#2285; event-callback-card). */
export function clickPayload({ person, place, switches }: Scene, clicked: Clicked, call: Call): object {
  const content = JSON.stringify({ cardPrivateData: call })
  const { outTrackId, userIdType } = clicked
  const userId = userIdType === 2 ? unionIdOf(person) : person.userId
  const space = { spaceType: switches.spaceType, spaceId: spaceIdOf(userId, place, switches) }
  if (switches.clickShape === 'valueOnly') return { outTrackId, userId, ...space, value: content }
  const documented = { type: 'actionCallback', outTrackId, corpId: CORP, userId, content }
  if (switches.clickShape === 'minimal') return documented
  return { ...documented, userIdType, ...space, extension: '{}', value: content }
}

function spaceIdOf(userId: string, { group, conversationId }: Place, switches: TestSwitches): string {
  const isUser = group === undefined && switches.privateSpaceId === 'userId'
  const id = isUser ? userId : conversationId
  return switches.spaceIdForm === 'prefixed' ? `dtv1.card//im.${id}` : id
}
