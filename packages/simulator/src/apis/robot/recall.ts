import * as v from 'valibot'
import { ok } from '../../http/answers.ts'
import { ids, jsonRoute, required, text } from '../../http/json-route.ts'
import type { Route } from '../../http/route.ts'
import type { Sent } from '../../world/sent.ts'
import type { App } from '../../world/types.ts'
import { INVALID, type RobotDeps, robotCodeSchema, SEND_SCOPE, wrongRobot } from './deps.ts'

const MOST_KEYS = 20
/** Milliseconds; later nothing can be recalled. */
const RECALL_LIFE = 86_400_000

const body = {
  robotCode: robotCodeSchema,
  processQueryKeys: ids('miss.param.processQueryKeys', MOST_KEYS, 'invalidParameter.processQueryKeys.overMax'),
}
const placed = { ...body, openConversationId: required('miss.openConversationId') }

/** The recall APIs. The first is spelled `oto`, unlike the API that sends; groups have an older one, which knows a `chatbotId`. */
export function recallRoutes(deps: RobotDeps): Route[] {
  const place = { method: 'POST', scope: SEND_SCOPE, invalid: INVALID } as const
  return [
    jsonRoute({
      ...place,
      path: '/v1.0/robot/otoMessages/batchRecall',
      schema: v.looseObject(body),
      handle: (request, app) => recall(deps, app, request, 'oto'),
    }),
    jsonRoute({
      ...place,
      path: '/v1.0/robot/groupMessages/recall',
      schema: v.looseObject(placed),
      handle: (request, app) => recall(deps, app, request, 'group'),
    }),
    jsonRoute({
      ...place,
      path: '/v1.0/robot/groupMessages/batchRecall',
      schema: v.pipe(
        v.looseObject({ ...placed, robotCode: text, chatbotId: robotCodeSchema }),
        v.transform(({ chatbotId: robotCode, ...request }) => ({ ...request, robotCode })),
      ),
      // unproven: that a chatbotId is the robotCode, as the one of robots that an app has.
      handle: (request, app) => recall(deps, app, request, 'group'),
    }),
    jsonRoute({
      ...place,
      path: '/v1.0/robot/privateChatMessages/batchRecall',
      schema: v.looseObject(placed),
      handle: (request, app) => recall(deps, app, request, 'private'),
    }),
  ]
}

interface Request {
  readonly robotCode: string
  readonly processQueryKeys: readonly string[]
  readonly openConversationId?: string
}

function recall(deps: RobotDeps, app: App, request: Request, kind: Sent['kind']) {
  const wrong = wrongRobot(deps.world, app, request.robotCode)
  if (wrong) return wrong
  const successResult: string[] = []
  const failedResult: Record<string, string> = {}
  for (const key of request.processQueryKeys) {
    const sent = deps.sent.find(key)
    const problem = problemOf(deps, request, sent, kind)
    if (problem !== undefined || !sent) {
      failedResult[key] = problem ?? 'invalid.processQueryKey'
      continue
    }
    deps.sent.recall(sent)
    successResult.push(key)
  }
  return ok({ successResult, failedResult })
}

function problemOf(deps: RobotDeps, request: Request, sent: Sent | undefined, kind: Sent['kind']): string | undefined {
  const { robotCode, openConversationId } = request
  const isHere = sent?.kind === kind && sent.robotCode === robotCode && sent.conversationId === openConversationId
  if (!sent || !isHere) return 'invalid.processQueryKey'
  return sent.at + RECALL_LIFE <= deps.clock.now() ? 'robot.processQueryKey.expired' : undefined
}
