import * as v from 'valibot'
import { ok } from '../../http/answers.ts'
import { jsonRoute } from '../../http/json-route.ts'
import type { Route } from '../../http/route.ts'
import { INVALID, type RobotDeps, robotCodeSchema, SEND_SCOPE, wrongRobot } from '../robot/deps.ts'

const plugin = v.looseObject({
  name: v.string(),
  icon: v.optional(v.string()),
  pcUrl: v.optional(v.string()),
  mobileUrl: v.optional(v.string()),
})

/** The quick entrances below the input of a bot's chat. */
export function pluginRoutes({ world }: Pick<RobotDeps, 'world'>): Route[] {
  const entrances = new Map<string, readonly unknown[]>()
  const place = { method: 'POST', scope: SEND_SCOPE, invalid: INVALID } as const
  const robotOnly = v.looseObject({ robotCode: robotCodeSchema })
  return [
    jsonRoute({
      ...place,
      path: '/v1.0/robot/plugins/set',
      schema: v.looseObject({ robotCode: robotCodeSchema, pluginInfoList: v.array(plugin) }),
      handle({ robotCode, pluginInfoList }, app) {
        const wrong = wrongRobot(world, app, robotCode)
        if (wrong) return wrong
        entrances.set(robotCode, pluginInfoList)
        return ok({ result: true })
      },
    }),
    jsonRoute({
      ...place,
      path: '/v1.0/robot/plugins/query',
      schema: robotOnly,
      handle({ robotCode }, app) {
        return wrongRobot(world, app, robotCode) ?? ok({ pluginInfoList: entrances.get(robotCode) ?? [] })
      },
    }),
    jsonRoute({
      ...place,
      path: '/v1.0/robot/plugins/clear',
      schema: robotOnly,
      handle({ robotCode }, app) {
        const wrong = wrongRobot(world, app, robotCode)
        if (wrong) return wrong
        entrances.delete(robotCode)
        return ok({ result: true })
      },
    }),
  ]
}
