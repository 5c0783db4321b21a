import * as v from 'valibot'
import { fail, ok } from '../../http/answers.ts'
import { ids, jsonRoute, required, text } from '../../http/json-route.ts'
import type { Route } from '../../http/route.ts'
import type { App, Content, Conversation } from '../../world/types.ts'
import { INVALID, placeOf, type RobotDeps, robotCodeSchema, SEND_SCOPE, wrongRobot } from './deps.ts'
import { parseMsg } from './msg-key.ts'

const MOST_USERS = 20

const message = { robotCode: robotCodeSchema, msgKey: text, msgParam: text }

/** The three send APIs: to people, into a group, into the chat of two people. */
export function sendRoutes(deps: RobotDeps): Route[] {
  return [batchSend(deps), groupSend(deps), privateChatSend(deps)]
}

function batchSend(deps: RobotDeps): Route {
  return jsonRoute({
    method: 'POST',
    path: '/v1.0/robot/oToMessages/batchSend',
    scope: SEND_SCOPE,
    schema: v.looseObject({
      ...message,
      userIds: ids('invalidParameter.userIds.empty', MOST_USERS, 'invalidParameter.userIds.overMax'),
    }),
    invalid: INVALID,
    handle(body, app) {
      const { robotCode, userIds, msgKey, msgParam } = body
      const wrong = wrongRobot(deps.world, app, robotCode)
      if (wrong) return wrong
      const content = parseMsg(msgKey, msgParam)
      if ('refusal' in content) return content.refusal
      const reach = sortOut(deps, userIds)
      // Only some unknown ids stand in the list instead.
      if (reach.invalid.length === userIds.length) return fail(400, 'staffId.notExisted', 'staffId.notExisted')
      const key = deps.sent.newKey()
      const messages = reach.people.map(person =>
        post(deps, app, deps.world.privateChat(person, app), { content, key, body }),
      )
      deps.sent.keep({ key, kind: 'oto', robotCode, conversationId: undefined, messages })
      return ok({
        processQueryKey: key,
        invalidStaffIdList: reach.invalid,
        filteredStaffIdList: [],
        flowControlledStaffIdList: reach.controlled,
      })
    },
  })
}

/** A 200 with somebody in one of the two lists is a failure for them. */
function sortOut({ world, flowControl }: RobotDeps, userIds: readonly string[]) {
  const invalid = userIds.filter(id => !world.people.has(id))
  const known = userIds.flatMap(id => world.people.get(id) ?? [])
  const controlled = known.filter(person =>
    flowControl.take(({ user }) => user === undefined || user.nick === person.nick),
  )
  return {
    invalid,
    controlled: controlled.map(({ userId }) => userId),
    people: known.filter(person => !controlled.includes(person)),
  }
}

function groupSend(deps: RobotDeps): Route {
  return jsonRoute({
    method: 'POST',
    path: '/v1.0/robot/groupMessages/send',
    scope: SEND_SCOPE,
    schema: v.looseObject({ ...message, openConversationId: required('miss.openConversationId') }),
    invalid: INVALID,
    handle: (body, app) => sendTo(deps, app, body, 'group'),
  })
}

function privateChatSend(deps: RobotDeps): Route {
  return jsonRoute({
    method: 'POST',
    path: '/v1.0/robot/privateChatMessages/send',
    scope: SEND_SCOPE,
    schema: v.looseObject({
      ...message,
      openConversationId: required('miss.openConversationId'),
      coolAppCode: required('miss.param.coolAppCode'),
    }),
    invalid: INVALID,
    handle: (body, app) => sendTo(deps, app, body, 'private'),
  })
}

interface PlaceMessage {
  readonly robotCode: string
  readonly openConversationId: string
  readonly msgKey: string
  readonly msgParam: string
}

function sendTo(deps: RobotDeps, app: App, body: PlaceMessage, kind: 'group' | 'private') {
  const { robotCode, openConversationId, msgKey, msgParam } = body
  const wrong = wrongRobot(deps.world, app, robotCode)
  if (wrong) return wrong
  const place = placeOf(deps.world, robotCode, openConversationId, kind)
  if ('refusal' in place) return place.refusal
  const content = parseMsg(msgKey, msgParam)
  if ('refusal' in content) return content.refusal
  const key = deps.sent.newKey()
  const message = post(deps, app, place, { content, key, body })
  deps.sent.keep({ key, kind, robotCode, conversationId: openConversationId, messages: [message] })
  return ok({ processQueryKey: key })
}

interface Post {
  readonly content: Content
  readonly key: string
  readonly body: object
}

function post({ world }: RobotDeps, app: App, { conversationId }: Conversation, { content, key, body }: Post) {
  const from = { kind: 'bot', id: app.robotCode, nick: app.name } as const
  return world.post({ conversationId, from, content, via: 'api', processQueryKey: key, body })
}
