import type { SpaceType } from './types.ts'

export interface SpaceModel {
  readonly type: SpaceType
  readonly supportForward: boolean | undefined
}

/** The delivery models of a request, by kind of space; undefined where it has none. */
export interface DeliverModels {
  /** Empty texts where no robot is named. */
  readonly group: { readonly robotCode: string; readonly recipients: readonly string[] | undefined } | undefined
  readonly robot: { readonly robotCode: string; readonly spaceType: string | undefined } | undefined
  readonly single: object | undefined
  readonly top: { readonly expiredTimeMillis: number | undefined } | undefined
}

interface Models {
  readonly imGroupOpenSpaceModel?: { readonly supportForward?: boolean | undefined } | undefined
  readonly imRobotOpenSpaceModel?: { readonly supportForward?: boolean | undefined } | undefined
  readonly imSingleOpenSpaceModel?: object | undefined
  readonly topOpenSpaceModel?: object | undefined
}

export function modelsIn(body: Models): readonly SpaceModel[] {
  const { imGroupOpenSpaceModel: group, imRobotOpenSpaceModel: robot } = body
  const models: SpaceModel[] = []
  if (group) models.push({ type: 'IM_GROUP', supportForward: group.supportForward })
  if (robot) models.push({ type: 'IM_ROBOT', supportForward: robot.supportForward })
  if (body.imSingleOpenSpaceModel) models.push({ type: 'IM_SINGLE', supportForward: undefined })
  if (body.topOpenSpaceModel) models.push({ type: 'ONE_BOX', supportForward: undefined })
  return models
}

/** Kinds of spaces that the models are good for: in groups and in chats with a bot `supportForward` is required. */
export function goodModels(models: readonly SpaceModel[]): readonly SpaceType[] {
  const isGood = ({ type, supportForward }: SpaceModel) =>
    type === 'IM_SINGLE' || type === 'ONE_BOX' || supportForward !== undefined
  return models.filter(isGood).map(({ type }) => type)
}

interface Problem {
  readonly code: string
  readonly message: string
}

const names: Readonly<Record<SpaceType, string>> = {
  IM_GROUP: 'imGroup',
  IM_ROBOT: 'imRobot',
  IM_SINGLE: 'imSingle',
  ONE_BOX: 'top',
}

/** The error in the delivery model of a kind of space: captured, unlike the documented `param.openDeliverModel…`. */
export function checkDelivery(type: SpaceType, { group, robot, single, top }: DeliverModels): Problem | undefined {
  const model = { IM_GROUP: group, IM_ROBOT: robot, IM_SINGLE: single, ONE_BOX: top }[type]
  const name = `${names[type]}OpenDeliverModel`
  if (!model) return { code: 'param.spaceDeliverModelEmpty', message: `${name} is empty` }
  const error = (message: string) => ({ code: 'param.spaceDeliverModelError', message: `${name}.${message}` })
  if (type === 'IM_GROUP' && !group?.robotCode) return error('robotCode is empty')
  if (type === 'IM_ROBOT' && robot?.spaceType !== undefined && robot.spaceType !== 'IM_ROBOT') {
    return error('spaceType must be IM_ROBOT')
  }
  if (type === 'ONE_BOX' && top?.expiredTimeMillis === undefined) return error('expiredTimeMillis is empty')
  return undefined
}
