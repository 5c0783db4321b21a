import type { Clock } from '../clock/clock.ts'
import { type ApiAnswer, oapi } from '../http/answers.ts'
import { isJson, parseJson, withoutNulls } from '../http/json.ts'
import type { ApiRequest, Route } from '../http/route.ts'
import { parseWebhookBody } from '../webhook/body.ts'
import type { WebhookRate } from '../webhook/rate.ts'
import type { World } from '../world/world.ts'
import { problemOf } from './security.ts'
import type { CustomRobots } from './store.ts'

export interface CustomRobotDeps {
  readonly world: World
  readonly clock: Clock
  readonly customRobots: CustomRobots
  readonly webhookRate: WebhookRate
}

/** `/robot/send?access_token=`: what custom robots say. Its refusals as live probes of 2026-09 show them. */
export function customRobotRoutes(deps: CustomRobotDeps): Route[] {
  const place = { path: '/robot/send', auth: 'none', style: 'oapi' } as const
  return [
    { ...place, method: 'POST', handle: (request: ApiRequest) => send(deps, request) },
    { ...place, method: 'GET', handle: () => oapi(43002, '需要POST请求') },
  ]
}

function send({ world, clock, customRobots, webhookRate }: CustomRobotDeps, request: ApiRequest): ApiAnswer {
  const { query, headers, text } = request
  const token = query.get('access_token')
  if (!token) return oapi(40035, '缺少参数 access_token')
  const robot = customRobots.find(token)
  if (!robot) return oapi(300005, 'token is not exist')
  if (!isJson(headers)) return oapi(43004, '无效的HTTP HEADER Content-Type')
  const json = withoutNulls(parseJson(text))
  if (json === undefined) return oapi(40035, '不合法的参数: the body is not JSON')
  const body = parseWebhookBody(json)
  if (body.kind === 'unsupported') return oapi(400105, '不支持的消息类型')
  if (body.kind === 'wrong') return oapi(40035, `不合法的参数: ${body.problem}`)
  const problem = problemOf(robot, { query, text: wordsIn(json), now: clock.now() })
  if (problem !== undefined) return oapi(310000, problem)
  const { id, name, conversationId } = robot
  if (world.conversations.get(conversationId)?.disbanded) return oapi(400013, '群已被解散')
  const errcode = webhookRate.refuse(conversationId, id)
  if (errcode !== undefined) return oapi(errcode, 'send too fast, exceed 20 times per minute')
  if (body.kind === 'shown') {
    const from = { kind: 'bot', id, nick: name } as const
    world.post({ conversationId, from, content: body.content, via: 'webhook', body: json })
  }
  return oapi(0, 'ok')
}

/** Whatever stands in a message may hold a keyword. */
function wordsIn(value: unknown): string {
  if (typeof value === 'string') return value
  return typeof value === 'object' && value !== null ? Object.values(value).map(wordsIn).join('\n') : ''
}
