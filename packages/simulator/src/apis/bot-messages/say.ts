import type { Clock } from '../../clock/clock.ts'
import type { Pushed, Pushes } from '../../gateway/pushes.ts'
import type { AckResult } from '../../gateway/types.ts'
import type { Switches } from '../../options/switches.ts'
import type { App, Conversation, Message, Person } from '../../world/types.ts'
import type { World } from '../../world/world.ts'
import type { AwayPrompts } from '../away/prompts.ts'
import type { Files } from '../files/store.ts'
import type { Sessions } from '../webhook/sessions.ts'
import { canMention, toWireContent, type WireContent } from './content.ts'
import { DELEGATE_TOPIC, quotaFrame, ROBOT_TOPIC, type RobotMessage, robotMessage } from './message.ts'
import { quote } from './quote.ts'
import type { Speech } from './speech.ts'

export interface SayDeps {
  readonly world: World
  readonly pushes: Pushes
  readonly sessions: Sessions
  readonly files: Files
  readonly switches: Switches
  readonly clock: Clock
  readonly away: AwayPrompts
  readonly url: () => string
}

export interface SayResult {
  readonly message: Message
  /** The payload that is pushed to the bot; a field that is undefined is not on the wire. */
  readonly payload: RobotMessage
  /** Nothing was delivered when the bot is not told: in a group without an @. */
  readonly pushed: Pushed
}

/** A message with its sender, its conversation and the app it is meant for. */
export interface SayInput {
  readonly person: Person
  readonly conversation: Conversation
  readonly app: App
  readonly speech: Speech
}

/** Lets a person speak: it appears in the chat, and goes out as a push when it is meant for the bot. */
export async function say(deps: SayDeps, input: SayInput): Promise<SayResult> {
  const { world } = deps
  const { person, conversation, app, speech } = input
  const inGroup = conversation.type === 'group'
  const mentions = canMention(speech.content)
  if (inGroup && speech.atBot && !mentions) {
    throw new Error(`In a group nobody can @ a bot with a message of type ${speech.content.msgtype}`)
  }
  const isTold = !inGroup || (speech.atBot ?? mentions)
  const names = inGroup ? mentioned(input, isTold) : []
  const author = { robotCode: app.robotCode, names, client: clientOf(speech) }
  const wire = toWireContent(deps, speech.content, author)
  const payload = makePayload(deps, input, wire)
  const message = world.post({
    id: payload.msgId,
    at: payload.createAt,
    conversationId: conversation.conversationId,
    from: { kind: 'user', id: person.userId, nick: person.nick },
    content: wire.shown,
    via: 'user',
    ...(speech.quoting && { quoting: speech.quoting.id }),
    ...(inGroup && { mentions: wire.front }),
    ...(!isTold && { untold: true }),
    body: payload,
  })
  if (!isTold) return { message, payload, pushed: untold() }
  const topic = speech.onBehalfOf ? DELEGATE_TOPIC : ROBOT_TOPIC
  const pushed = await pushMessage(deps, app, topic, payload)
  const { delivered, ack } = pushed.delivery
  // What a fault has lost was on its way to somebody.
  if (!delivered) void ack.then(({ status }) => status === 'undelivered' && deps.away.show(app, conversation))
  return { message, payload, pushed }
}

/** Pushes a message to the bot, by the rules for messages. */
export function pushMessage(
  { pushes, switches }: Pick<SayDeps, 'pushes' | 'switches'>,
  app: App,
  topic: string,
  payload: Readonly<Record<string, unknown>>,
): Promise<Pushed> {
  return pushes.push(
    app,
    { type: 'CALLBACK', topic, data: payload },
    {
      redeliver: () => switches.robotRedelivery,
      overQuota: () => quotaFrame(payload, switches.quotaFields),
    },
  )
}

function makePayload(deps: SayDeps, input: SayInput, wire: WireContent): RobotMessage {
  const { person, conversation, app, speech } = input
  const { world, sessions, clock, switches } = deps
  const session = sessions.open(conversation, app)
  const { people } = world
  const { quoting, onBehalfOf } = speech
  const payload = robotMessage({
    person,
    conversation,
    app,
    corpId: world.corpId,
    wire,
    quote: quoting && quote({ message: quoting, switches, app, people }),
    at: othersIn(input).map(nick => world.person(nick)),
    outsider: speech.outsider ?? false,
    client: clientOf(speech),
    switches,
    now: clock.now(),
    webhook: { url: `${deps.url()}/robot/sendBySession?session=${session.id}`, expiresAt: session.expiresAt },
  })
  const hosting = onBehalfOf && {
    hostingContext: { userId: onBehalfOf.userId, nick: onBehalfOf.nick },
    conversationMsgContext: [{ readStatus: '1', senderUserId: person.userId, sendTime: clock.now() }],
  }
  return { ...payload, ...hosting, ...speech.fields }
}

/** Names that were picked: the bot's, and those of others. */
function mentioned(input: SayInput, isTold: boolean): readonly string[] {
  return [...(isTold ? [input.app.name] : []), ...othersIn(input)]
}

function othersIn({ app, speech: { content, at = [] } }: SayInput): readonly string[] {
  const parts = content.msgtype === 'richText' && 'parts' in content ? content.parts : []
  const named = parts.flatMap(part => ('at' in part ? [part.at.nick] : []))
  return [...new Set([...at.map(({ nick }) => nick), ...named])].filter(nick => nick !== app.name)
}

function clientOf({ client = 'Mac' }: Speech): string {
  return client
}

function untold(): Pushed {
  const ack = Promise.resolve<AckResult>({ status: 'undelivered' })
  return { delivery: { messageId: '', delivered: false, connectionId: undefined, ack }, deliveries: [] }
}
