import { type Api, type ApiCall, DingTalkError } from '@dingware/core'
import * as v from 'valibot'
import { bodiesOf, type NewCard } from './body.ts'

/** A place that a card was delivered to. */
export interface DeliveredTo {
  readonly spaceType: string
  readonly spaceId: string
  /** The handle to recall it by; empty on top of a chat. */
  readonly carrierId: string
}

/** A card that is there. */
export interface Delivered {
  /** By which the platform knows it: that of the answer, which was seen to differ from the one sent (soimy's plugin, live). */
  readonly outTrackId: string
  readonly places: readonly DeliveredTo[]
}

const text = v.fallback(v.string(), '')
const Results = v.fallback(
  v.array(
    v.object({
      spaceType: text,
      spaceId: text,
      carrierId: text,
      success: v.fallback(v.optional(v.union([v.boolean(), v.picklist(['true', 'false'])])), undefined),
      errorMsg: text,
    }),
  ),
  [],
)
const CreateAnswer = v.object({ result: text })
const BothAnswer = v.object({
  result: v.fallback(v.object({ outTrackId: text, deliverResults: Results }), { outTrackId: '', deliverResults: [] }),
})
const DeliverAnswer = v.object({ result: Results })

/** The platform has taken a card, and not brought it everywhere. */
export class NotDelivered extends DingTalkError {
  /** By which the platform knows the card, where some got it all the same. */
  readonly outTrackId: string | undefined

  constructor(message: string, outTrackId: string | undefined) {
    super(message, { code: 'ERR_CARD_NOT_DELIVERED' })
    this.outTrackId = outTrackId
  }
}

export type CallApi = Api['call']

export interface DeliverySettings {
  /** Whether a delivery whose answer was lost is repeated, at the risk that the card is shown twice. Default false. */
  readonly redeliver?: boolean
}

/**
 * Creates a card and delivers it: `createAndDeliver`, or two calls where the options want it so.
 *
 * @throws ApiError when the platform refuses; DingTalkError (`ERR_CARD_NOT_DELIVERED`) when it accepts and does not deliver.
 */
export async function createAndDeliver(
  call: CallApi,
  card: NewCard,
  more: Partial<ApiCall>,
  { redeliver = false }: DeliverySettings = {},
): Promise<Delivered> {
  const bodies = bodiesOf(card)
  const post = { ...more, method: 'POST', idempotent: true } as const
  if (card.options.separately) {
    const created = await createOnce(call, { ...post, path: '/v1.0/card/instances', body: bodies.create }, CreateAnswer)
    const outTrackId = created?.result || card.outTrackId
    const path = '/v1.0/card/instances/deliver'
    const body = { ...bodies.deliver, outTrackId }
    const { result } = await call({ ...post, idempotent: redeliver, path, body }, DeliverAnswer)
    return { outTrackId, places: checked(result, outTrackId) }
  }
  const path = '/v1.0/card/instances/createAndDeliver'
  const answer = await createOnce(call, { ...post, path, body: bodies.both }, BothAnswer)
  const outTrackId = answer?.result.outTrackId || card.outTrackId
  return { outTrackId, places: answer ? checked(answer.result.deliverResults, outTrackId) : [] }
}

/** @returns undefined when the card was there already: an earlier try was done, and only its answer was lost. */
async function createOnce<S extends v.GenericSchema>(
  call: CallApi,
  request: ApiCall,
  schema: S,
): Promise<v.InferOutput<S> | undefined> {
  try {
    return await call(request, schema)
  } catch (error) {
    // The id is a fresh one, so it was nobody else's.
    if (DingTalkError.isInstance(error) && error.code === 'param.cardAlreadyExist') return undefined
    throw error
  }
}

type DeliverResult = v.InferOutput<typeof Results>[number]

/** A result that does not say so has a handle where the card is there. */
function isDelivered({ success, carrierId, errorMsg }: DeliverResult): boolean {
  return success === undefined ? carrierId !== '' && errorMsg === '' : String(success) === 'true'
}

/** HTTP 200 does not mean delivered: each result says for itself. */
function checked(results: readonly DeliverResult[], outTrackId: string): DeliveredTo[] {
  const failed = results.filter(result => !isDelivered(result))
  if (failed.length === 0 && results.length > 0) {
    return results.map(({ spaceType, spaceId, carrierId }) => ({ spaceType, spaceId, carrierId }))
  }
  const why = failed.map(
    ({ spaceType, spaceId, errorMsg }) =>
      `${[spaceType, spaceId].filter(Boolean).join(' ') || 'space'}: ${errorMsg || 'no reason given'}`,
  )
  const done = results.length - failed.length
  const others = done > 0 ? ` It did reach ${done} of ${results.length}, as ${outTrackId}.` : ''
  throw new NotDelivered(
    `The card was created but not delivered (${why.join('; ') || 'no result'}).${others} Check that the robot is in the group, that the userId exists, and that \`extra\` names no other spaces and models of spaces than the card has.`,
    done > 0 ? outTrackId : undefined,
  )
}
