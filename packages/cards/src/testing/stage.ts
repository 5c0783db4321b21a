import { type Bot, type BotOptions, type Context, createBot, memoryStore } from '@dingware/core'
import { createSimulator, type Card as ShownCard, type Simulator, type SimulatorOptions } from '@dingware/simulator'
import { isRecord } from '@dingware/transport'
import type { CardsOptions } from '../engine/options.ts'
import { type CardsPlugin, cards } from '../plugin/cards.ts'
import type { CardsFlavor } from '../plugin/flavor.ts'

export type CardContext = Context & CardsFlavor

/** A bot with cards, before a simulated platform. */
export interface Stage extends AsyncDisposable {
  readonly sim: Simulator
  readonly bot: Bot<CardContext>
  readonly plugin: CardsPlugin
  /** Somebody says something, and the handler answers; resolves to what the handler returns. */
  answer<T>(handler: (ctx: CardContext) => Promise<T>, speech?: { readonly outsider?: boolean }): Promise<T>
  /** Resolves when the newest card passes. */
  shows(test: (card: ShownCard) => boolean): Promise<ShownCard>
  /** Bodies of the calls so far, of one path. */
  bodies(path: string, method?: string): readonly Record<string, unknown>[]
  /** What the bot said without a card. */
  messages(): readonly string[]
}

export interface StageOptions {
  readonly cards?: CardsOptions
  readonly bot?: BotOptions
  readonly sim?: SimulatorOptions
  /** Adds to the bot before it starts. */
  readonly prepare?: (bot: Bot<CardContext>) => unknown
  /** In a group instead of a private chat. */
  readonly group?: string
}

export const STREAM = '/v1.0/card/streaming'
export const INSTANCES = '/v1.0/card/instances'
export const CREATE = '/v1.0/card/instances/createAndDeliver'

/** A quiet logger: tests look at what happens. */
const quiet = { debug() {}, info() {}, warn() {}, error() {} }

export async function createStage(options: StageOptions = {}): Promise<Stage> {
  const sim = await createSimulator(options.sim)
  const { clientId, clientSecret, url } = sim
  const plugin = cards({
    ...options.cards,
    aiCard: { interval: 500, ...options.cards?.aiCard },
  })
  const bot = createBot({
    clientId,
    clientSecret,
    endpoint: url,
    oapiEndpoint: url,
    logger: quiet,
    throttle: false,
    store: memoryStore(),
    ...options.bot,
  }).use(plugin)
  let handle: (ctx: CardContext) => Promise<void> = async () => {}
  bot.on('chatbot', ctx => handle(ctx))
  options.prepare?.(bot)
  await bot.start()
  let people = 0

  return {
    sim,
    bot,
    plugin,
    async answer<T>(handler: (ctx: CardContext) => Promise<T>, speech: { readonly outsider?: boolean } = {}) {
      let settle: (outcome: Promise<T>) => void = () => {}
      const outcome = new Promise<T>(resolve => {
        settle = resolve
      })
      handle = async ctx => {
        const task = handler(ctx)
        settle(task)
        await task.catch(() => {})
      }
      const user = sim.user(`Alice ${++people}`)
      await (options.group === undefined ? user : user.in(sim.group(options.group))).say('hi', speech)
      return outcome
    },
    shows: test =>
      sim.until(
        () => {
          const card = [...sim.cards.values()].at(-1)
          return card && test(card) ? card : undefined
        },
        { timeout: 10_000 },
      ),
    bodies: (path, method) =>
      sim.calls
        .filter(call => call.path === path && (method === undefined || call.method === method))
        .flatMap(({ body }) => (isRecord(body) ? [body] : [])),
    messages: () =>
      sim.messages.flatMap(({ from, content }) =>
        from.kind === 'bot' && content.kind === 'markdown' ? [content.text] : [],
      ),
    async [Symbol.asyncDispose]() {
      await bot.stop({ timeout: 1_000 })
      await sim.close()
    },
  }
}

/** A source that gives what it is given, when it is given. */
export interface Faucet extends AsyncIterable<string> {
  give(text: string): void
  end(): void
  fail(error: unknown): void
  /** Whether it was told that nobody listens any more. */
  readonly isReturned: boolean
}

export function createFaucet(): Faucet {
  const pieces: IteratorResult<string, undefined>[] = []
  let error: { readonly reason: unknown } | undefined
  let wake = (): void => {}
  let isReturned = false
  const push = (piece: IteratorResult<string, undefined>): void => {
    pieces.push(piece)
    wake()
  }
  const next = async (): Promise<IteratorResult<string, undefined>> => {
    while (pieces.length === 0 && !error) {
      await new Promise<void>(resolve => {
        wake = resolve
      })
    }
    const piece = pieces.shift()
    if (piece) return piece
    throw error?.reason
  }
  return {
    give: text => push({ done: false, value: text }),
    end: () => push({ done: true, value: undefined }),
    fail(reason) {
      error = { reason }
      wake()
    },
    get isReturned() {
      return isReturned
    },
    [Symbol.asyncIterator]: () => ({
      next,
      async return() {
        isReturned = true
        return { done: true, value: undefined }
      },
    }),
  }
}
