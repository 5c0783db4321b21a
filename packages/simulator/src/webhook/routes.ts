import { oapi } from '../http/answers.ts'
import { isJson, parseJson } from '../http/json.ts'
import type { Route } from '../http/route.ts'
import type { World } from '../world/world.ts'
import { parseWebhookBody } from './body.ts'
import type { Sessions } from './sessions.ts'

/** Bytes of a whole body. */
const LARGEST_BODY = 20_000

export interface WebhookDeps {
  readonly world: World
  readonly sessions: Sessions
}

/** `POST /robot/sendBySession`: what a bot answers within the chat it was spoken to in. No token is asked for. */
export function webhookRoutes({ world, sessions }: WebhookDeps): Route[] {
  return [
    {
      method: 'POST',
      path: '/robot/sendBySession',
      auth: 'none',
      handle({ headers, bytes, text, query }) {
        if (!isJson(headers)) return oapi(43004, '无效的HTTP HEADER Content-Type')
        if (bytes.length > LARGEST_BODY) return oapi(460101, `message is longer than ${LARGEST_BODY} bytes`)
        const json = parseJson(text)
        if (json === undefined) return oapi(40035, '不合法的参数: the body is not JSON')
        const session = sessions.find(query.get('session') ?? '')
        if (!session) return oapi(300001, 'session 不存在')
        const body = parseWebhookBody(json)
        if (body.kind === 'unsupported') return oapi(400105, '不支持的消息类型')
        if (body.kind === 'wrong') return oapi(40035, `不合法的参数: ${body.problem}`)
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
