import {
  type Api,
  type ApiCall,
  type CardEntry,
  keepCardEntry,
  type Logger,
  memoryStore,
  readCardEntry,
  type Store,
  storeOf,
} from '@dingware/core'
import type * as v from 'valibot'
import type { CallApi } from '../deliver/deliver.ts'
import { sayTo } from '../deliver/message.ts'
import { type Breaker, createBreaker } from './breaker.ts'
import { createDeadline } from './deadline.ts'
import { endCard } from './end-card.ts'
import { createLeases, type Leases } from './leases.ts'
import { DEFAULT_END_TIMEOUT } from './limits.ts'
import type { CardsOptions } from './options.ts'
import type { CardRecord } from './record.ts'
import { type CardStats, counterOf, createStats, type StatsKeeper } from './stats.ts'
import { createSweeper } from './sweeper.ts'

/** What all cards of a bot share. */
export interface Engine {
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
  readonly hurry: () => AbortSignal
  /** Aborts when the bot has stopped, and its patience with cards is over. */
  readonly closing: () => AbortSignal
  /** Keeps what clicks on a card will need to know of it. */
  readonly keep: (outTrackId: string, entry: CardEntry, ttlMs?: number) => Promise<void>
  /** Says once that two buttons of a card say the same. */
  readonly warnOfTwins: (label: string) => void
  /** Says once that somebody without a userId gets text instead of cards. */
  readonly warnOfOutsider: () => void
  /** Keeps the same of a card under the id that the platform gave it. */
  readonly alias: (sentAs: string, outTrackId: string) => Promise<void>
  /** Says once that a template cannot show something that an AI card was given. */
  readonly warnOfTemplate: (templateId: string, what: 'buttons' | 'stopButton') => void
  /** What is kept of a card. */
  readonly entryOf: (outTrackId: string) => Promise<CardEntry | undefined>
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
const MISMATCH = {
  buttons:
    'shows no buttons in this state, so those of an AI card are not sent. Give them to the end of the card, or use a template that shows them (`buttonsIn`).',
  stopButton:
    'shows no button while the text comes, so the stop button of an AI card is not drawn. Use one that does: `cards({ templates: { ai: aiTemplate675cde2f } })`, or one of your own with `stopButton` or `buttonsIn`.',
} as const
/** How many labels, and how many templates, are warned of. */
const MAX_TWINS = 100

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
  const twins = new Set<string>()
  const mismatches = new Set<string>()
  let isOutsiderTold = false
  let hurry = new AbortController()
  let closing = new AbortController()
  const call = countedCall(api, count)
  // Where the bot looks when somebody clicks, whoever sent the card.
  const kept = storeOf(api) ?? store

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
    hurry: () => hurry.signal,
    closing: () => closing.signal,
    keep: (outTrackId, entry, ttlMs = options.actionTtl) => keepCardEntry(kept, outTrackId, entry, ttlMs),
    async alias(sentAs, outTrackId) {
      const entry = await readCardEntry(kept, sentAs)
      if (entry) await keepCardEntry(kept, outTrackId, { ...entry, sentAs }, entry.ttlMs)
    },
    warnOfTwins(label) {
      if (twins.has(label) || twins.size >= MAX_TWINS) return
      twins.add(label)
      log.warn(
        `Two buttons of one card say ${JSON.stringify(label)}. A click may tell no more than that, and then neither of them is run: give them different texts.`,
      )
    },
    warnOfOutsider() {
      if (isOutsiderTold) return
      isOutsiderTold = true
      log.warn(
        'Somebody who has no userId gets text instead of a card: people outside the organisation have none, and nobody has while the app is not published. Publish the app, or reply with text to such people.',
      )
    },
    warnOfTemplate(templateId, what) {
      const key = `${templateId} ${what}`
      if (mismatches.has(key) || mismatches.size >= MAX_TWINS) return
      mismatches.add(key)
      log.warn(`The template ${templateId} ${MISMATCH[what]}`)
    },
    entryOf: outTrackId => readCardEntry(kept, outTrackId),
    open,
    start() {
      if (hurry.signal.aborted) hurry = new AbortController()
      if (closing.signal.aborted) closing = new AbortController()
      sweeper.start()
    },
    async stop(signal) {
      hurry.abort(new Error('the bot stops'))
      const onAbort = (): void => closing.abort(signal.reason)
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
