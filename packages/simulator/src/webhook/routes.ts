import { type ApiAnswer, oapi } from '../http/answers.ts'
import { isJson, parseJson, withoutNulls } from '../http/json.ts'
import type { Route } from '../http/route.ts'
import type { World } from '../world/world.ts'
import { parseWebhookBody } from './body.ts'
import type { WebhookRate } from './rate.ts'
import type { Session, Sessions } from './sessions.ts'

/** Bytes of a whole body. */
const LARGEST_BODY = 20_000

export interface WebhookDeps {
  readonly world: World
  readonly sessions: Sessions
  readonly webhookRate: WebhookRate
}

/** `POST /robot/sendBySession`: what a bot answers within the chat it was spoken to in. No token is asked for. */
export function webhookRoutes({ world, sessions, webhookRate }: WebhookDeps): Route[] {
  return [
    {
      method: 'POST',
      path: '/robot/sendBySession',
      auth: 'none',
      style: 'oapi',
      handle({ headers, bytes, text, query }) {
        if (!isJson(headers)) return oapi(43004, '无效的HTTP HEADER Content-Type')
        if (bytes.length > LARGEST_BODY) return oapi(460101, `message is longer than ${LARGEST_BODY} bytes`)
        const json = parseJson(text)
        if (json === undefined) return oapi(40035, '不合法的参数: the body is not JSON')
        const session = sessions.find(query.get('session') ?? '')
        if (!session) return oapi(300001, 'session 不存在')
        const body = parseWebhookBody(withoutNulls(json))
        if (body.kind === 'unsupported') return oapi(400105, '不支持的消息类型')
        if (body.kind === 'wrong') return oapi(40035, `不合法的参数: ${body.problem}`)
        const refusal = refuse(world, webhookRate, session)
        if (refusal) return refusal
        if (body.kind === 'shown') {
          const { app, conversation } = session
          const from = { kind: 'bot', id: app.robotCode, nick: app.name } as const
          const { content } = body
          world.post({ conversationId: conversation.conversationId, from, content, via: 'webhook', body: json })
        }
        return oapi(0, 'ok')
      },
    },
  ]
}

/** What keeps the bot out of the chat by now, or makes it wait. */
function refuse(world: World, rate: WebhookRate, { app, conversation }: Session): ApiAnswer | undefined {
  const { conversationId } = conversation
  const now = world.conversations.get(conversationId)
  if (now?.disbanded) return oapi(400013, '群已被解散')
  if (!now?.robotCodes.includes(app.robotCode)) return oapi(400106, '机器人不存在')
  const errcode = rate.refuse(conversationId, app.robotCode)
  if (errcode === undefined) return undefined
  return oapi(errcode, errcode === 130101 ? 'send too fast, exceed 20 times per minute' : '发送速度太快而限流')
}
