import * as v from 'valibot'
import { type ApiAnswer, fail, ok, unproven } from '../../http/answers.ts'
import type { Route } from '../../http/route.ts'
import { parseJson, withoutNulls } from '../../utils/json.ts'
import { uuid } from '../../utils/random.ts'
import type { App, Conversation, Person } from '../../world/types.ts'
import type { CardDeps } from '../card/deps.ts'
import { createAndDeliver } from '../card/instances.ts'
import { parseCardBody } from '../card/request.ts'
import type { Session, Sessions } from '../webhook/sessions.ts'

const schema = v.looseObject({
  contentType: v.pipe(v.string(), v.nonEmpty()),
  // A text of JSON in the APIs of the same assistant.
  content: v.union([v.pipe(v.string(), v.transform(parseJson), v.looseObject({})), v.looseObject({})]),
})
const cardSchema = v.looseObject({
  templateId: v.string(),
  cardData: v.optional(v.record(v.string(), v.unknown()), {}),
})

export interface AgentDeps extends CardDeps {
  readonly sessions: Sessions
}

/**
 * `POST /agent/send?session=`: what an assistant answers by the `sessionWebhook` of a graph call. No token is asked for
 * (open.dingtalk.com: ai-assistant-message-sending-webhook-reply-message-mode; dingtalk-stream-sdk-python: graph.py).
 * unproven: every answer of it.
 */
export function agentRoute(deps: AgentDeps): Route {
  return {
    method: 'POST',
    path: '/agent/send',
    auth: 'none',
    handle({ query, text }) {
      const session = deps.sessions.find(query.get('session') ?? '')
      if (!session) return unproven(fail(400, 'invalid.session', 'the session is unknown or has expired'))
      const body = v.safeParse(schema, withoutNulls(parseJson(text)))
      if (!body.success) {
        return unproven(fail(400, 'invalid.param', 'contentType or content is missing, or not what it must be'))
      }
      const { contentType, content } = body.output
      return contentType === 'ai_card' ? showCard(deps, session, content) : show(deps, session, contentType, content)
    },
  }
}

/** A card with the person or the people in the chat, as if it had been created and delivered there. */
function showCard(deps: AgentDeps, { app, conversation }: Session, content: object): ApiAnswer {
  const card = v.safeParse(cardSchema, content)
  if (!card.success) return fail(400, 'invalid.param', 'content.templateId is missing')
  const { templateId, cardData } = card.output
  const values = Object.entries(cardData).map(([key, value]) => [key, textOf(value)])
  const request = {
    cardTemplateId: templateId,
    outTrackId: uuid(),
    callbackType: 'STREAM',
    cardData: { cardParamMap: Object.fromEntries(values) },
    ...delivery(conversation, app, deps.world.people),
  }
  const body = parseCardBody(JSON.stringify(request))
  const answer = 'refusal' in body ? body : createAndDeliver(deps, app, body)
  return 'refusal' in answer ? answer.refusal : ok({ success: true })
}

function delivery({ type, conversationId, memberIds }: Conversation, app: App, people: ReadonlyMap<string, Person>) {
  const [userId = ''] = memberIds
  if (type === 'group') {
    return {
      openSpaceId: `dtv1.card//IM_GROUP.${conversationId}`,
      imGroupOpenSpaceModel: { supportForward: true },
      imGroupOpenDeliverModel: { robotCode: app.robotCode },
    }
  }
  return memberIds.length > 1 || !people.has(userId)
    ? {
        openSpaceId: `dtv1.card//IM_SINGLE.${conversationId}`,
        imSingleOpenSpaceModel: {},
        imSingleOpenDeliverModel: {},
      }
    : {
        openSpaceId: `dtv1.card//IM_ROBOT.${userId}`,
        imRobotOpenSpaceModel: { supportForward: true },
        imRobotOpenDeliverModel: { spaceType: 'IM_ROBOT' },
      }
}

function show({ world }: AgentDeps, { app, conversation }: Session, msgtype: string, body: object): ApiAnswer {
  const from = { kind: 'bot', id: app.robotCode, nick: app.name } as const
  const content = { kind: 'other', msgtype, body } as const
  world.post({ conversationId: conversation.conversationId, from, content, via: 'webhook', body })
  return ok({ success: true })
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
}
