import * as v from 'valibot'
import type { Clock } from '../../clock/clock.ts'
import type { Rules } from '../../faults/rules.ts'
import type { FlowControl } from '../../faults/types.ts'
import { type ApiAnswer, fail } from '../../http/answers.ts'
import { required } from '../../http/json-route.ts'
import type { SentStore } from '../../world/sent.ts'
import type { App, Conversation } from '../../world/types.ts'
import type { World } from '../../world/world.ts'

export interface RobotDeps {
  readonly world: World
  readonly clock: Clock
  readonly sent: SentStore
  /** Armed flow control of direct messages. */
  readonly flowControl: Rules<FlowControl>
}

/** The permission of every API that sends as a bot. */
export const SEND_SCOPE = 'qyapi_robot_sendmsg'
export const INVALID = 'invalidParameter.param.invalid'
export const robotCodeSchema: v.GenericSchema<string | undefined, string> = required('invalidParameter.robotCode.empty')

/** The no to a robotCode that is not the app's own; undefined when it is. */
export function wrongRobot(world: World, app: App, robotCode: string): ApiAnswer | undefined {
  if (robotCode === app.robotCode) return undefined
  const isKnown = [...world.apps.values()].some(it => it.robotCode === robotCode)
  return isKnown
    ? fail(400, 'invalidParameter.robotCode.auth', 'the robotCode belongs to another app')
    : fail(400, 'resource.not.found', 'robot 不存在')
}

/** A group or chat of two with the bot in it, or the platform's no. */
export function placeOf(
  world: World,
  robotCode: string,
  openConversationId: string,
  type: 'group' | 'private',
): Conversation | { readonly refusal: ApiAnswer } {
  const conversation = world.conversations.get(openConversationId)
  const isChat = type === 'group' || (conversation?.memberIds.length ?? 0) > 1
  if (conversation?.type !== type || !isChat) {
    return { refusal: fail(400, 'invalid.openConversationId', `openConversationId ${openConversationId} is unknown`) }
  }
  if (conversation.disbanded) return { refusal: fail(400, 'group.disbanded', '群已经被解散') }
  if (!conversation.robotCodes.includes(robotCode)) {
    return { refusal: fail(400, 'resource.not.found', 'robot 不存在') }
  }
  return conversation
}

/** The place and the handle that recall and read status of a group or a chat of two name. */
export const placeSchema: v.GenericSchema<
  unknown,
  { readonly openConversationId: string; readonly robotCode: string }
> = v.looseObject({ openConversationId: required('miss.openConversationId'), robotCode: robotCodeSchema })
