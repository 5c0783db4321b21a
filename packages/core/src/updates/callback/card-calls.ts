import type { ApiMiddleware } from '../../api/api-call.ts'
import { isRecord } from '../lenient/lenient.ts'
import { parseUpdateBody, withCurrent } from './card-answer.ts'
import type { CardMemory } from './card-memory.ts'
import { isEmpty, paramsOf } from './card-variables.ts'
import type { KnownCard } from './known-card.ts'
import { createTurns } from './turns.ts'

const INSTANCES = '/v1.0/card/instances'
const CREATIONS: readonly string[] = [INSTANCES, `${INSTANCES}/createAndDeliver`]
/** Variable of the public templates that holds the state of an AI card. */
const STATUS = 'flowStatus'
const UNION_ID = 2

/**
 * Id that the platform gave to a card: it was seen to differ from the one sent (soimy/openclaw-channel-dingtalk, live).
 */
function namedIn(answer: unknown): string | undefined {
  const { result } = isRecord(answer) ? answer : {}
  const named = isRecord(result) ? result.outTrackId : result
  return typeof named === 'string' && named !== '' ? named : undefined
}

export interface CardCallsOptions {
  readonly memory: CardMemory
  /** Resolves when no click on the card waits for its answer. */
  readonly answered: (outTrackId: string, signal?: AbortSignal) => Promise<void>
}

/**
 * Outgoing step for all calls that create or change a card, right before the network, for each attempt. It turns
 * variables into strings; adds the card's present state and type of user ids to updates; delays an update until no
 * click on the card waits for its answer; and sends updates of one card one by one, so that one with an old state
 * cannot overtake one with a new state.
 */
export function createCardCalls({ memory, answered }: CardCallsOptions): ApiMiddleware {
  const turns = createTurns()

  /** Records the variables that later updates have to repeat. */
  const learn = async (outTrackId: string, body: object, known: KnownCard = {}): Promise<void> => {
    const { cardData, userIdType } = { cardData: undefined, userIdType: undefined, ...body }
    const names = [STATUS, ...Object.keys(known.current ?? {})]
    const told = Object.entries(paramsOf(cardData)).flatMap(([name, value]) =>
      names.includes(name) && typeof value === 'string' ? [[name, value] as const] : [],
    )
    const current = { ...known.current, ...Object.fromEntries(told) }
    const isNew = told.some(([name, value]) => known.current?.[name] !== value)
    const entry = {
      ...(isNew && { current }),
      ...(userIdType === UNION_ID && known.userIdType !== UNION_ID && { userIdType }),
    }
    if (!isEmpty(entry)) await memory.keep(outTrackId, entry)
  }

  return async (call, next) => {
    const isUpdate = call.method === 'PUT' && call.path === INSTANCES
    if (!isUpdate && !(call.method === 'POST' && CREATIONS.includes(call.path))) return next()
    const body = parseUpdateBody(call.body)
    if (!body) return next()
    const { outTrackId } = body
    if (!isUpdate) {
      await learn(outTrackId, body)
      const answer = await next({ ...call, body })
      const named = namedIn(answer)
      // Later calls use that id.
      if (named !== undefined && named !== outTrackId) await learn(named, body)
      return answer
    }
    using _turn = await turns.take(outTrackId, call.signal)
    await answered(outTrackId, call.signal)
    const known = await memory.read(outTrackId)
    const whole = { ...withCurrent(body, known?.current), userIdType: body.userIdType ?? known?.userIdType ?? 1 }
    await learn(outTrackId, whole, known)
    return await next({ ...call, body: whole })
  }
}
