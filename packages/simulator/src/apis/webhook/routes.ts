import { type ApiAnswer, oapi, unproven } from '../../http/answers.ts'
import type { ApiRequest, Route } from '../../http/route.ts'
import type { Switches } from '../../options/switches.ts'
import { withoutNulls } from '../../utils/json.ts'
import type { World } from '../../world/world.ts'
import type { Tokens } from '../oauth/tokens.ts'
import { groupGone, readJson, sent } from './answers.ts'
import { parseWebhookBody } from './body.ts'
import type { WebhookRate } from './rate.ts'
import type { Session, Sessions } from './sessions.ts'

export interface WebhookDeps {
  readonly world: World
  readonly sessions: Sessions
  readonly tokens: Tokens
  readonly webhookRate: WebhookRate
  readonly switches: Switches
}

/** `POST /robot/sendBySession`: what a bot answers within the chat it was spoken to in. No token is asked for. */
export function webhookRoutes(deps: WebhookDeps): Route[] {
  return [
    {
      method: 'POST',
      path: '/robot/sendBySession',
      auth: 'none',
      style: 'oapi',
      handle: request => answer(deps, request),
    },
  ]
}

function answer(deps: WebhookDeps, request: ApiRequest): ApiAnswer {
  const { world, sessions, switches } = deps
  const read = readJson(request)
  if (!('json' in read)) return read
  const session = sessions.find(request.query.get('session') ?? '')
  if (!session) return oapi(300001, 'session 不存在')
  const body = parseWebhookBody(withoutNulls(read.json))
  if (body.kind === 'refused') return body.answer
  const refusal = refuse(deps, request, session)
  if (refusal) return refusal
  if (body.kind === 'shown') {
    const { app, conversation } = session
    const from = { kind: 'bot', id: app.robotCode, nick: app.name } as const
    const { content } = body
    world.post({ conversationId: conversation.conversationId, from, content, via: 'webhook', body: read.json })
  }
  return sent(switches)
}

/** Refuses a bot that may not write into the chat any more, or has to wait. */
function refuse(
  { world, tokens, webhookRate }: WebhookDeps,
  { headers }: ApiRequest,
  { app, conversation }: Session,
): ApiAnswer | undefined {
  const { conversationId } = conversation
  const token = headers.get('x-acs-dingtalk-access-token')
  // Checked where it is sent, though none is needed (dingtalk-openclaw-connector#242, which does not show the code).
  if (token && tokens.owner(token) !== app) return unproven(oapi(400022, NOT_YOURS))
  const now = world.conversations.get(conversationId)
  if (now?.disbanded) return groupGone
  if (!now?.robotCodes.includes(app.robotCode)) return oapi(400106, '机器人不存在')
  return webhookRate.refuse(conversationId, app.robotCode)
}

const NOT_YOURS =
  '错误描述:机器人权限校验不通过;解决方案:请登陆开放平台后台，检查机器人是否归属于token对应的主应用名下;'
