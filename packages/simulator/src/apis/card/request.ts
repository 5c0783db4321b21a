import * as v from 'valibot'
import { type ApiAnswer, fail, missing } from '../../http/answers.ts'
import { invalidBody } from '../../http/json-route.ts'
import { parseJson, withoutNulls } from '../../utils/json.ts'
import { checkDelivery, type DeliverModels, modelsIn, type SpaceModel } from './models.ts'
import { parseOpenSpaceId, type SpaceAddress } from './spaces.ts'
import type { PrivateVariables, Variables } from './types.ts'

const id = v.optional(v.string(), '')
// Every value is a text, numbers and objects too (three bots in public code).
const value = v.string('MissingStringValue')
const data = v.looseObject({ cardParamMap: v.optional(v.record(v.string(), value), {}) })
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
  openDynamicDataConfig: v.optional(v.unknown()),
  cardUpdateOptions: v.optional(
    v.looseObject({
      updateCardDataByKey: v.optional(v.boolean(), false),
      updatePrivateDataByKey: v.optional(v.boolean(), false),
    }),
  ),
  imGroupOpenSpaceModel: spaceModel,
  imRobotOpenSpaceModel: spaceModel,
  imSingleOpenSpaceModel: spaceModel,
  topOpenSpaceModel: v.optional(v.looseObject({ spaceType: v.optional(v.string()) })),
  imGroupOpenDeliverModel: v.optional(
    v.looseObject({ robotCode: id, atUserIds, recipients: v.optional(v.array(v.string())) }),
  ),
  imRobotOpenDeliverModel: v.optional(v.looseObject({ spaceType: v.optional(v.string()), robotCode: id })),
  imSingleOpenDeliverModel: v.optional(v.looseObject({ atUserIds })),
  topOpenDeliverModel: v.optional(v.looseObject({ expiredTimeMillis: v.optional(v.number()) })),
})

/** The body of a card API, as far as its shape goes. */
export interface CardBody {
  readonly outTrackId: string
  readonly templateId: string
  readonly callbackType: 'STREAM' | 'HTTP' | undefined
  readonly userIdType: 1 | 2
  /** Undefined when `cardData` is missing. */
  readonly variables: Variables | undefined
  readonly privateVariables: PrivateVariables
  readonly byKey: boolean
  readonly privateByKey: boolean
  readonly dynamicData: unknown
  readonly openSpaceId: string
  readonly spaceModels: readonly SpaceModel[]
  readonly deliverModels: DeliverModels
  /** The whole body as it came. */
  readonly json: unknown
}

export type Refused = { readonly refusal: ApiAnswer }

/** Reads the body, or says no in the platform's words. */
export function parseCardBody(text: string): CardBody | Refused {
  const json = parseJson(text)
  if (json === undefined) return { refusal: missing('body') }
  const parsed = v.safeParse(schema, withoutNulls(json))
  if (!parsed.success) {
    return { refusal: invalidBody(parsed.issues[0], 'param.invalid') }
  }
  return fromBody(parsed.output, json)
}

function fromBody(body: v.InferOutput<typeof schema>, json: unknown): CardBody {
  const privateData = Object.entries(body.privateData).map(([user, { cardParamMap }]) => [user, cardParamMap] as const)
  const { imGroupOpenDeliverModel: group, imRobotOpenDeliverModel: robot, topOpenDeliverModel: top } = body
  return {
    outTrackId: body.outTrackId,
    templateId: body.cardTemplateId,
    callbackType: body.callbackType,
    userIdType: body.userIdType,
    variables: body.cardData?.cardParamMap,
    privateVariables: Object.fromEntries(privateData),
    byKey: body.cardUpdateOptions?.updateCardDataByKey ?? false,
    privateByKey: body.cardUpdateOptions?.updatePrivateDataByKey ?? false,
    dynamicData: body.openDynamicDataConfig,
    openSpaceId: body.openSpaceId,
    spaceModels: modelsIn(body),
    deliverModels: {
      group: group && { robotCode: group.robotCode, recipients: group.recipients },
      robot: robot && { robotCode: robot.robotCode, spaceType: robot.spaceType },
      single: body.imSingleOpenDeliverModel,
      top: top && { expiredTimeMillis: top.expiredTimeMillis },
    },
    json,
  }
}

/** The error in a request to create a card, before its delivery is looked at. */
export function checkCreation({ templateId, outTrackId }: CardBody): Refused | undefined {
  if (!templateId) return refuse('param.cardTemplateIdEmpty', 'cardTemplateId is empty')
  return outTrackId ? undefined : refuse('param.outTrackIdEmpty', 'outTrackId is empty')
}

/** The places a request delivers to. */
export function spacesOf(body: CardBody): readonly SpaceAddress[] | Refused {
  if (!body.openSpaceId) return refuse('param.openSpaceIdEmpty', 'openSpaceId is empty')
  const spaces = parseOpenSpaceId(body.openSpaceId)
  if (!spaces) return refuse('param.openSpaceIdInvalid', `openSpaceId is invalid: ${body.openSpaceId}`)
  for (const { spaceType } of spaces) {
    const problem = checkDelivery(spaceType, body.deliverModels)
    if (problem) return refuse(problem.code, problem.message)
  }
  return spaces
}

export function refuse(code: string, message: string): Refused {
  return { refusal: fail(400, code, message) }
}
