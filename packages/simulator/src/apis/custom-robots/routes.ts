import type { Clock } from '../../clock/clock.ts'
import { type ApiAnswer, oapi } from '../../http/answers.ts'
import type { ApiRequest, Route } from '../../http/route.ts'
import type { Switches } from '../../options/switches.ts'
import { withoutNulls } from '../../utils/json.ts'
import type { World } from '../../world/world.ts'
import { groupGone, readJson, sent } from '../webhook/answers.ts'
import { parseWebhookBody } from '../webhook/body.ts'
import type { WebhookRate } from '../webhook/rate.ts'
import { problemOf } from './security.ts'
import type { CustomRobots } from './store.ts'

export interface CustomRobotDeps {
  readonly world: World
  readonly clock: Clock
  readonly customRobots: CustomRobots
  readonly webhookRate: WebhookRate
  readonly switches: Switches
}

/** `/robot/send?access_token=`: what custom robots say. Its refusals as live probes of 2026-09 show them. */
export function customRobotRoutes(deps: CustomRobotDeps): Route[] {
  const place = { path: '/robot/send', auth: 'none', style: 'oapi' } as const
  return [
    { ...place, method: 'POST', handle: (request: ApiRequest) => send(deps, request) },
    { ...place, method: 'GET', handle: () => oapi(43002, '需要POST请求') },
  ]
}

function send(deps: CustomRobotDeps, request: ApiRequest): ApiAnswer {
  const { world, clock, customRobots, webhookRate, switches } = deps
  const { query } = request
  const token = query.get('access_token')
  if (!token) return oapi(40035, '缺少参数 access_token')
  const robot = customRobots.find(token)
  if (!robot) return oapi(300005, 'token is not exist')
  const read = readJson(request)
  if (!('json' in read)) return read
  const body = parseWebhookBody(withoutNulls(read.json))
  if (body.kind === 'refused') return body.answer
  const problem = problemOf(robot, { query, text: wordsIn(read.json), now: clock.now() })
  if (problem !== undefined) return oapi(310000, problem)
  const { id, name, conversationId } = robot
  if (world.conversations.get(conversationId)?.disbanded) return groupGone
  const tooMany = webhookRate.refuse(conversationId, id)
  if (tooMany) return tooMany
  if (body.kind === 'shown') {
    const from = { kind: 'bot', id, nick: name } as const
    world.post({ conversationId, from, content: body.content, via: 'webhook', body: read.json })
  }
  return sent(switches)
}

/** Whatever stands in a message may hold a keyword. */
function wordsIn(value: unknown): string {
  if (typeof value === 'string') return value
  return typeof value === 'object' && value !== null ? Object.values(value).map(wordsIn).join('\n') : ''
}
