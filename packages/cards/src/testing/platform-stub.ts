import { type ApiCall, ApiError, type Logger, memoryStore, type Store } from '@dingware/core'
import { isRecord } from '@dingware/transport'
import { createAiCard, type Place } from '../ai-card/create-ai-card.ts'
import type { AiCard, AiCardOptions } from '../ai-card/options.ts'
import { createEngine, type Engine } from '../engine/engine.ts'
import type { CardsOptions } from '../engine/options.ts'
import { createApiStub } from './api-stub.ts'

/** What a call is for. */
export type CallKind = 'create' | 'deliver' | 'update' | 'frame' | 'end' | 'message'

export interface SeenCall {
  readonly kind: CallKind
  /** Milliseconds, by the clock of `performance`. */
  readonly at: number
  readonly body: Readonly<Record<string, unknown>>
  /** The variables that it brings. */
  readonly variables: Readonly<Record<string, string>>
  /** What a frame shows. */
  readonly content: string
}

/** What a call is refused with; undefined for not at all. */
export type Refuse = (call: SeenCall, index: number) => { readonly status: number; readonly code: string } | undefined

/** A platform that answers at once and keeps what it gets: for tests with a clock of their own. */
export interface PlatformStub {
  readonly engine: Engine
  readonly store: Store
  readonly calls: readonly SeenCall[]
  /** What was said as messages. */
  readonly messages: readonly string[]
  readonly warnings: readonly string[]
  /** How calls are refused from now on. */
  refuse(how: Refuse): void
  aiCard(options?: AiCardOptions, place?: Partial<Place>): AiCard
  of(...kinds: readonly CallKind[]): readonly SeenCall[]
}

export function createPlatformStub(options: CardsOptions = {}): PlatformStub {
  const calls: SeenCall[] = []
  const messages: string[] = []
  const warnings: string[] = []
  let refuse: Refuse = () => undefined
  const note = (seen: SeenCall): void => {
    const refusal = refuse(seen, calls.push(seen) - 1)
    if (refusal) throw new ApiError(`refused with ${refusal.code}.`, { ...refusal, call: { method: 'PUT', url: 'x' } })
  }
  const api = createApiStub(async request => {
    note(seenOf(request))
    return request.path.endsWith('deliver')
      ? { result: [{ success: true }] }
      : { result: { deliverResults: [{ success: true }] } }
  })
  const log: Logger = {
    debug() {},
    info() {},
    warn: text => void warnings.push(text),
    error: text => void warnings.push(text),
  }
  const store = memoryStore()
  const engine = createEngine({ api, store, log, options })
  const say = async (title: string, text: string): Promise<void> => {
    note({ kind: 'message', at: performance.now(), body: { title, text }, variables: {}, content: text })
    messages.push(text)
  }
  return {
    engine,
    store,
    calls,
    messages,
    warnings,
    refuse(how) {
      refuse = how
    },
    aiCard(given = {}, place = {}) {
      return createAiCard(engine, { target: { robotCode: 'r', address: { users: 'u' } }, say, ...place }, given)
    },
    of: (...kinds) => calls.filter(({ kind }) => kinds.includes(kind)),
  }
}

function seenOf({ method, path, body }: ApiCall): SeenCall {
  const fields = recordOf(body)
  const { isFinalize, isError, content } = fields
  const kind = path.endsWith('streaming')
    ? isFinalize === true || isError === true
      ? 'end'
      : 'frame'
    : path.endsWith('/deliver')
      ? 'deliver'
      : method === 'POST'
        ? 'create'
        : 'update'
  const variables = recordOf(recordOf(fields.cardData).cardParamMap)
  const texts = Object.entries(variables).map(([name, value]) => [name, String(value)] as const)
  return {
    kind,
    at: performance.now(),
    body: fields,
    variables: Object.fromEntries(texts),
    content: typeof content === 'string' ? content : '',
  }
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {}
}

/** Timers of their own, and the clocks that go with them. */
export const FAKED = ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance', 'Date'] as const
