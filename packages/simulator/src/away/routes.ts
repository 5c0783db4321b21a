import * as v from 'valibot'
import { ok } from '../http/answers.ts'
import { jsonRoute, required } from '../http/body.ts'
import type { Route } from '../http/route.ts'
import { INVALID, type RobotDeps, robotCodeSchema, SEND_SCOPE, wrongRobot } from '../robot/deps.ts'

/** What people read while the bot is offline. The path is an internal one, which the official Python client calls. */
export function awayRoute({ world }: Pick<RobotDeps, 'world'>): Route {
  return jsonRoute({
    method: 'POST',
    path: '/v1.0/innerApi/robot/stream/away/template/update',
    scope: SEND_SCOPE,
    schema: v.looseObject({
      robotCode: robotCodeSchema,
      cardTemplateId: v.literal('StandardCard'),
      cardData: required('miss.param.cardData'),
    }),
    invalid: INVALID,
    handle: ({ robotCode }, app) => wrongRobot(world, app, robotCode) ?? ok({ success: true }),
  })
}
