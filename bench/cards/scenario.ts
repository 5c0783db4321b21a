import { setTimeout as sleep } from 'node:timers/promises'
import { type Bot, type BotOptions, createBot } from '@dingware/core'
import { createSimulator, type HttpCall, type Simulator } from '@dingware/simulator'
import { type Summary, summarize } from '../lib/statistics.ts'

export interface Scenario {
  readonly users: number
  readonly tokens: number
}

export interface Setting {
  /** Milliseconds until the platform answers. */
  readonly latency: number
  /** Calls of each card API in a second. */
  readonly perSecond: number
}

/** One way of showing a text while it is written. */
export interface Way {
  readonly name: string
  readonly bot: (perSecond: number) => BotOptions
  /** Resolves when the card has ended, or nothing more will be done for it. */
  readonly show: (bot: Bot, userId: string, source: AsyncIterable<string>) => Promise<unknown>
}

export interface Measured {
  /** Cards that have ended, and show the whole text. */
  readonly complete: number
  /** Milliseconds from the last token to the end. */
  readonly tails: Summary
  readonly calls: number
  readonly refused: number
  readonly refusedTwice: number
}

const TOKEN_EVERY = 15
const TOKEN = '字词，'

/** Lets all users ask at once, and waits until all have their answer. */
export async function measure(way: Way, { users, tokens }: Scenario, setting: Setting): Promise<Measured> {
  await using sim = await createSimulator()
  sim.faults.api({ path: '*', delay: setting.latency, times: Number.POSITIVE_INFINITY })
  sim.throttle.limit(setting.perSecond)
  const seen = watchCalls(sim)
  const { clientId, clientSecret, url } = sim
  const bot = createBot({ clientId, clientSecret, endpoint: url, oapiEndpoint: url, ...way.bot(setting.perSecond) })
  try {
    const answers = Array.from({ length: users }, async (_, index) => {
      const source = createSource(tokens)
      await way.show(bot, sim.user(`User ${index}`).userId, source.tokens)
      return performance.now() - source.endedAt()
    })
    const tails = summarize(await Promise.all(answers))
    const whole = TOKEN.repeat(tokens)
    const isComplete = ({ status, variables }: { status: unknown; variables: Readonly<Record<string, string>> }) =>
      status === 'finished' && variables.msgContent === whole
    return { complete: [...sim.cards.values()].filter(isComplete).length, tails, ...seen() }
  } finally {
    await bot.stop()
  }
}

/** The simulator keeps a bounded number of calls, so they are counted as they come. */
function watchCalls(sim: Simulator): () => Pick<Measured, 'calls' | 'refused' | 'refusedTwice'> {
  const refusals = new Map<string, number>()
  let calls = 0
  let refused = 0
  const look = (call: HttpCall): void => {
    if (!call.path.startsWith('/v1.0/card/')) return
    calls++
    if (call.status !== 403 && call.status !== 429) return
    refused++
    const key = `${call.path} ${idOf(call.body)}`
    refusals.set(key, (refusals.get(key) ?? 0) + 1)
  }
  sim.on(event => {
    if (event.type === 'call') look(event.call)
  })
  return () => ({ calls, refused, refusedTwice: [...refusals.values()].filter(times => times > 1).length })
}

/** What makes two tries the same call. */
function idOf(body: unknown): string {
  if (typeof body !== 'object' || body === null) return ''
  if ('guid' in body) return String(body.guid)
  return JSON.stringify(body)
}

/** A model: it speaks at its own pace, whether anybody listens or not. */
function createSource(count: number): { readonly tokens: AsyncIterable<string>; readonly endedAt: () => number } {
  const { readable, writable } = new TransformStream<string, string>({}, { highWaterMark: count })
  let endedAt = 0
  const speak = async (): Promise<void> => {
    const writer = writable.getWriter()
    for (let index = 0; index < count; index++) {
      await sleep(TOKEN_EVERY)
      void writer.write(TOKEN)
    }
    endedAt = performance.now()
    await writer.close()
  }
  void speak()
  return { tokens: readable, endedAt: () => endedAt }
}
