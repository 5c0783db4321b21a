import { type Api, type ApiCall, type Logger, memoryStore, type Store } from '@dingware/core'
import { storeOf } from '@dingware/core/plugin'
import type * as v from 'valibot'
import type { CallApi } from '../deliver/deliver.ts'
import { sayTo } from '../deliver/message.ts'
import { type Breaker, createBreaker } from './breaker.ts'
import { createDeadline } from './deadline.ts'
import { endCard } from './end-card.ts'
import { createEntries, type Entries } from './entries.ts'
import { createLeases, type Leases } from './leases.ts'
import { DEFAULT_END_TIMEOUT } from './limits.ts'
import type { CardsOptions } from './options.ts'
import type { CardRecord } from './record.ts'
import { type CardStats, counterOf, createStats, type StatsKeeper } from './stats.ts'
import { createSweeper } from './sweeper.ts'
import { createWarnings, type Warnings } from './warnings.ts'

/** All that the cards of a bot share. */
export interface Engine extends Warnings, Entries {
  readonly options: CardsOptions
  readonly log: Logger
  /** `api.call`, counted. */
  readonly call: CallApi
  readonly count: StatsKeeper['count']
  readonly stats: () => CardStats
  readonly breaker: Breaker
  readonly leases: Leases
  /** Milliseconds that one call may take. */
  readonly timeout: number
  /** Aborts when the bot stops: nothing waits for the sake of looks any more. */
  readonly stopping: () => AbortSignal
  /** Aborts when the time that a bot has for stopping is over: cards that have not ended by then are left open. */
  readonly outOfTime: () => AbortSignal
  /** AI cards that are open, to be ended when the bot stops. */
  readonly open: Set<Endable>
  readonly start: () => void
  /** Ends the cards that are open. @param signal gives up what has not got through by then. */
  readonly stop: (signal: AbortSignal) => Promise<void>
}

export interface Endable {
  /** Ends the card because the bot stops. Never rejects. */
  readonly stop: () => Promise<unknown>
}

const BREAKER = 300_000
const LEASE = 30_000
const TIMEOUT = 10_000

export interface EngineParts {
  readonly api: Api
  readonly log: Logger
  readonly options?: CardsOptions
  readonly store?: Store | undefined
}

export function createEngine({ api, log, options = {}, store = memoryStore() }: EngineParts): Engine {
  const { breaker = BREAKER, lease = LEASE, timeout = TIMEOUT } = options
  const { count, stats } = createStats()
  const leases = createLeases({ store, log, duration: lease, endTimeout: DEFAULT_END_TIMEOUT })
  const open = new Set<Endable>()
  let stopping = new AbortController()
  let outOfTime = new AbortController()
  const call = countedCall(api, count)

  const endAbandoned = async (record: CardRecord, ends: AbortSignal): Promise<boolean> => {
    log.info('A card that was left open is ended.', { outTrackId: record.outTrackId })
    using deadline = createDeadline(DEFAULT_END_TIMEOUT, ends)
    const say = sayTo(call, record)
    // What it is to show by now may never have been shown, and its variable was right as far as anybody knows.
    const deps = { call, log, timeout, signal: deadline.signal, isRefused: false, wasShown: true, say }
    const { how, review } = await endCard(record, deps)
    return how !== 'open' || review !== undefined
  }
  const sweeper = createSweeper(lease, log, ends => leases.sweep(record => endAbandoned(record, ends), ends))

  return {
    options,
    log,
    call,
    count,
    stats: () => stats(open.size),
    breaker: createBreaker(breaker),
    leases,
    timeout,
    stopping: () => stopping.signal,
    outOfTime: () => outOfTime.signal,
    ...createEntries(storeOf(api) ?? store, options.actionTtl),
    ...createWarnings(log),
    open,
    start() {
      if (stopping.signal.aborted) stopping = new AbortController()
      if (outOfTime.signal.aborted) outOfTime = new AbortController()
      sweeper.start()
    },
    async stop(signal) {
      stopping.abort(new Error('the bot stops'))
      const onAbort = (): void => outOfTime.abort(signal.reason)
      signal.addEventListener('abort', onAbort, { once: true })
      if (signal.aborted) onAbort()
      await Promise.all([sweeper.stop(), ...[...open].map(card => card.stop())])
      signal.removeEventListener('abort', onAbort)
      leases.close()
    },
  }
}

function countedCall(api: Api, count: StatsKeeper['count']): CallApi {
  function call<S extends v.GenericSchema>(request: ApiCall, schema: S): Promise<v.InferOutput<S>>
  function call(request: ApiCall): Promise<unknown>
  function call<S extends v.GenericSchema>(request: ApiCall, schema?: S): Promise<unknown> {
    if (request.path.startsWith('/v1.0/card/')) count(counterOf(request))
    return schema ? api.call(request, schema) : api.call(request)
  }
  return call
}
