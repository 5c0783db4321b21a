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

const Results = v.array(
  v.object({
    spaceType: v.fallback(v.string(), ''),
    spaceId: v.fallback(v.string(), ''),
    carrierId: v.fallback(v.string(), ''),
    success: v.boolean(),
    errorMsg: v.fallback(v.string(), ''),
  }),
)
const BothAnswer = v.object({ result: v.object({ deliverResults: Results }) })
const DeliverAnswer = v.object({ result: Results })

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
): Promise<DeliveredTo[]> {
  const bodies = bodiesOf(card)
  const post = { ...more, method: 'POST', idempotent: true } as const
  if (card.options.separately) {
    await createOnce(call, { ...post, path: '/v1.0/card/instances', body: bodies.create })
    const path = '/v1.0/card/instances/deliver'
    const { result } = await call({ ...post, idempotent: redeliver, path, body: bodies.deliver }, DeliverAnswer)
    return checked(result)
  }
  const path = '/v1.0/card/instances/createAndDeliver'
  const answer = await createOnce(call, { ...post, path, body: bodies.both }, BothAnswer)
  return answer ? checked(answer.result.deliverResults) : []
}

/** @returns undefined when the card was there already: an earlier try was done, and only its answer was lost. */
async function createOnce<S extends v.GenericSchema>(
  call: CallApi,
  request: ApiCall,
  schema?: S,
): Promise<v.InferOutput<S> | undefined> {
  try {
    return schema ? await call(request, schema) : await call(request)
  } catch (error) {
    // The id is a fresh one, so it was nobody else's.
    if (DingTalkError.isInstance(error) && error.code === 'param.cardAlreadyExist') return undefined
    throw error
  }
}

/** HTTP 200 does not mean delivered. */
function checked(results: v.InferOutput<typeof Results>): DeliveredTo[] {
  const failed = results.filter(({ success }) => !success)
  if (failed.length === 0 && results.length > 0) {
    return results.map(({ spaceType, spaceId, carrierId }) => ({ spaceType, spaceId, carrierId }))
  }
  const why = failed
    .map(({ spaceType, errorMsg }) => `${spaceType || 'space'}: ${errorMsg || 'no reason given'}`)
    .join('; ')
  throw new DingTalkError(
    `The card was created but not delivered (${why || 'no result'}). Check that the robot is in the group and that the userId exists.`,
    { code: 'ERR_CARD_NOT_DELIVERED' },
  )
}
