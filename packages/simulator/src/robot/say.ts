import type { Clock } from '../clock/clock.ts'
import type { Hub } from '../gateway/hub.ts'
import type { Delivery } from '../gateway/types.ts'
import type { Sessions } from '../webhook/sessions.ts'
import type { App, Conversation, Message, Person } from '../world/types.ts'
import type { World } from '../world/world.ts'
import { ROBOT_TOPIC, type RobotMessage, robotMessage } from './message.ts'

export interface SayDeps {
  readonly world: World
  readonly hub: Hub
  readonly sessions: Sessions
  readonly clock: Clock
  readonly url: () => string
}

export interface Utterance {
  readonly message: Message
  readonly payload: RobotMessage
  readonly delivery: Delivery
}

/** Lets a person speak to a bot: the words appear in the chat and go out as a push. */
export async function say(
  deps: SayDeps,
  speech: { person: Person; conversation: Conversation; app: App; text: string },
): Promise<Utterance> {
  const { world, hub, sessions, clock } = deps
  const { person, conversation, app, text } = speech
  const session = sessions.open(conversation, app)
  const webhook = { url: `${deps.url()}/robot/sendBySession?session=${session.id}`, expiresAt: session.expiresAt }
  const payload = robotMessage({ ...speech, corpId: world.corpId, now: clock.now(), webhook })
  const message = world.post({
    id: payload.msgId,
    conversationId: conversation.conversationId,
    from: { kind: 'user', id: person.userId, nick: person.nick },
    content: { kind: 'text', text },
    via: 'user',
    body: payload,
  })
  const delivery = await hub.push(app, { type: 'CALLBACK', topic: ROBOT_TOPIC, data: payload })
  return { message, payload, delivery }
}
