import * as v from 'valibot'
import { ok } from '../../http/answers.ts'
import { jsonRoute, required } from '../../http/json-route.ts'
import type { Route } from '../../http/route.ts'
import { parseJson } from '../../utils/json.ts'
import { INVALID, type RobotDeps, robotCodeSchema, SEND_SCOPE, wrongRobot } from '../robot/deps.ts'
import type { AwayPrompts } from './prompts.ts'

export interface AwayDeps extends Pick<RobotDeps, 'world'> {
  readonly away: AwayPrompts
}

/** Sets the card that people see while the bot is offline. An internal path, which the official Python client calls. */
export function awayRoute({ world, away }: AwayDeps): Route {
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
    handle({ robotCode, cardData }, app) {
      const wrong = wrongRobot(world, app, robotCode)
      if (wrong) return wrong
      away.set(robotCode, parseJson(cardData) ?? cardData)
      return ok({ success: true })
    },
  })
}
