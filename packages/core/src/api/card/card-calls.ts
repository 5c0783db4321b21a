import { parseUpdateBody, withCurrent } from '../../updates/callback/card-answer.ts'
import type { CardMemory } from '../../updates/callback/card-memory.ts'
import { isEmpty, paramsOf } from '../../updates/callback/card-variables.ts'
import type { KnownCard } from '../../updates/callback/known-card.ts'
import { isRecord } from '../../updates/lenient/lenient.ts'
import type { ApiMiddleware } from '../api-call.ts'
import { createTurns } from './turns.ts'
import { INSTANCES, isUpdateCall } from './update-call.ts'

const CREATIONS: readonly string[] = [INSTANCES, `${INSTANCES}/createAndDeliver`]
/** The variable of the public templates that says how far an AI card is. */
const STATUS = 'flowStatus'
const UNION_ID = 2

/** The id that the platform gave a card: it was seen to differ from the one sent (soimy/openclaw-channel-dingtalk, live). */
function namedIn(answer: unknown): string | undefined {
  const { result } = isRecord(answer) ? answer : {}
  const named = isRecord(result) ? result.outTrackId : result
  return typeof named === 'string' && named !== '' ? named : undefined
}

export interface CardCallsOptions {
  readonly memory: CardMemory
  /** Resolves when no click on a card waits for its answer. */
  readonly answered: (outTrackId: string, signal?: AbortSignal) => Promise<void>
}

/**
 * What all calls that make or change a card have in common, whoever makes them; right before the network, and anew for
 * each try. All variables are text. An update carries the status that the card has by then and the kind of ids that it was
 * sent with, and comes when no click on the card waits for its answer. Updates of one card go one after the other: one that
 * repeats an old status must not overtake what sets a new one.
 */
export function createCardCalls({ memory, answered }: CardCallsOptions): ApiMiddleware {
  const turns = createTurns()

  /** Keeps what later updates will have to repeat. */
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
    const isUpdate = isUpdateCall(call)
    if (!isUpdate && !(call.method === 'POST' && CREATIONS.includes(call.path))) return next()
    const body = parseUpdateBody(call.body)
    if (!body) return next()
    const { outTrackId } = body
    if (!isUpdate) {
      await learn(outTrackId, body)
      const answer = await next({ ...call, body })
      const named = namedIn(answer)
      // Later calls go by that id.
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
