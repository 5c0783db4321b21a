import * as v from 'valibot'
import { type ApiAnswer, fail } from '../http/answers.ts'
import { parseJson } from '../http/json.ts'
import { parseOpenSpaceId, type SpaceAddress } from './spaces.ts'

const id = v.optional(v.string(), '')
const paramMap = v.record(v.string(), v.string())
const data = v.looseObject({ cardParamMap: v.optional(paramMap, {}) })
const spaceModel = v.optional(v.looseObject({ supportForward: v.optional(v.boolean()) }))
const atUserIds = v.optional(v.record(v.string(), v.string()))

const schema = v.looseObject({
  cardTemplateId: id,
  outTrackId: id,
  openSpaceId: id,
  callbackType: v.optional(v.picklist(['STREAM', 'HTTP'])),
  userId: v.optional(v.string()),
  userIdType: v.optional(v.picklist([1, 2]), 1),
  cardData: v.optional(data),
  privateData: v.optional(v.record(v.string(), data), {}),
  imGroupOpenSpaceModel: spaceModel,
  imGroupOpenDeliverModel: v.optional(
    v.looseObject({ robotCode: id, atUserIds, recipients: v.optional(v.array(v.string())) }),
  ),
  imRobotOpenSpaceModel: spaceModel,
  imRobotOpenDeliverModel: v.optional(v.looseObject({ spaceType: v.optional(v.string()), robotCode: id })),
})

type Body = v.InferOutput<typeof schema>

/** A request to create and deliver, found good except for where it goes. */
export interface CardRequest {
  readonly outTrackId: string
  readonly templateId: string
  readonly callbackType: 'STREAM' | 'HTTP' | undefined
  readonly userIdType: 1 | 2
  readonly variables: Readonly<Record<string, string>>
  readonly privateVariables: Readonly<Record<string, Readonly<Record<string, string>>>>
  readonly spaces: readonly SpaceAddress[]
  /** Whom the deliver models name as sender; empty for the app that calls. */
  readonly groupRobotCode: string
  readonly privateRobotCode: string
  /** The whole body as it came. */
  readonly body: unknown
}

/** Reads the body of `createAndDeliver`, or says no in the platform's words. */
export function parseCardRequest(text: string): CardRequest | { readonly refusal: ApiAnswer } {
  const json = parseJson(text)
  if (json === undefined) return refuse('Missingbody', 'Body is mandatory for this action.')
  const parsed = v.safeParse(schema, json)
  if (!parsed.success) {
    const [issue] = parsed.issues
    return refuse('param.invalid', `${v.getDotPath(issue) ?? 'body'}: ${issue.message}`)
  }
  const body = parsed.output
  if (!body.cardTemplateId) return refuse('param.cardTemplateIdEmpty', 'cardTemplateId is empty')
  if (!body.outTrackId) return refuse('param.outTrackIdEmpty', 'outTrackId is empty')
  if (!body.openSpaceId) return refuse('param.openSpaceIdEmpty', 'openSpaceId is empty')
  const spaces = parseOpenSpaceId(body.openSpaceId)
  if (!spaces) return refuse('param.openSpaceIdInvalid', `openSpaceId is invalid: ${body.openSpaceId}`)
  if (!body.cardData) return refuse('param.cardPublicDataEmpty', 'cardData is empty')
  for (const { spaceType } of spaces) {
    const refusal =
      spaceType === 'IM_GROUP' ? checkGroup(body) : spaceType === 'IM_ROBOT' ? checkRobot(body) : undefined
    if (refusal) return refusal
  }
  return {
    outTrackId: body.outTrackId,
    templateId: body.cardTemplateId,
    callbackType: body.callbackType,
    userIdType: body.userIdType,
    variables: body.cardData.cardParamMap,
    privateVariables: Object.fromEntries(
      Object.entries(body.privateData).map(([userId, { cardParamMap }]) => [userId, cardParamMap]),
    ),
    spaces,
    groupRobotCode: body.imGroupOpenDeliverModel?.robotCode ?? '',
    privateRobotCode: body.imRobotOpenDeliverModel?.robotCode ?? '',
    body: json,
  }
}

function checkGroup(body: Body) {
  const model = body.imGroupOpenDeliverModel
  if (!model) return refuse('param.openDeliverModelEmpty', 'imGroupOpenDeliverModel is empty')
  if (!model.robotCode) return refuse('param.openDeliverModelError', 'imGroupOpenDeliverModel.robotCode is empty')
  return checkSpaceModel('imGroupOpenSpaceModel', body.imGroupOpenSpaceModel)
}

function checkRobot(body: Body) {
  const model = body.imRobotOpenDeliverModel
  if (!model) return refuse('param.openDeliverModelEmpty', 'imRobotOpenDeliverModel is empty')
  if (model.spaceType !== undefined && model.spaceType !== 'IM_ROBOT') {
    return refuse('param.openDeliverModelError', 'imRobotOpenDeliverModel.spaceType must be IM_ROBOT')
  }
  return checkSpaceModel('imRobotOpenSpaceModel', body.imRobotOpenSpaceModel)
}

/** `supportForward` is required in groups and in chats with a bot. */
function checkSpaceModel(name: string, model: Body['imGroupOpenSpaceModel']) {
  if (model?.supportForward !== undefined) return undefined
  return refuse('param.openSpaceModelInvalid', `${name}.supportForward is missing`)
}

function refuse(code: string, message: string): { readonly refusal: ApiAnswer } {
  return { refusal: fail(400, code, message) }
}
