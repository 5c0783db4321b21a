import {
  type ConnectionState,
  createHttpClient,
  createLogger,
  createNetwork,
  createStreamClient,
  type StreamClient,
  type StreamFrame,
} from '@dingware/transport'
import { type Api, createApi } from '../api/api.ts'
import { blueprintOf, type Composer, createComposer, type Mountable } from '../composer/composer.ts'
import { type Context, UpdateContext } from '../context/context.ts'
import { BotError } from '../errors/bot-error.ts'
import type { Plugin } from '../plugin/plugin.ts'
import { createWebhookSender } from '../reply/webhook.ts'
import { type Reply, type Update, updateOfFrame } from '../update/update.ts'
import { apiSettingsOf, type BotOptions } from './options.ts'

/** A bot: a composer with a connection. */
export interface Bot<C extends Context = Context> extends Composer<C>, AsyncDisposable {
  use<A extends object>(plugin: Plugin<A, C>): Bot<C & A>
  use(...middleware: Mountable<C>[]): this
  readonly api: Api
  readonly state: ConnectionState
  /** Handles what handlers throw. Without it, errors are logged. The bot runs on either way. */
  catch(handler: (error: BotError<C>) => unknown): this
  /**
   * Connects. Resolves when the socket is open; from then on the bot stays connected until `stop()` or the signal.
   *
   * @throws GatewayError for a missing or refused credential: the message says what to check.
   */
  start(options?: { readonly signal?: AbortSignal | undefined }): Promise<void>
  /** Takes no more updates, waits up to `timeout` milliseconds (default 10,000) for running handlers, disconnects. */
  stop(options?: { readonly timeout?: number | undefined }): Promise<void>
  /** Feeds one update through the chain and gives what would be answered: for tests, replays, other transports. */
  handle(update: Update): Promise<Reply>
}

/**
 * Creates a bot. Reads `DINGTALK_CLIENT_ID` and `DINGTALK_CLIENT_SECRET` when it starts; never throws for want of them.
 *
 * @example
 * const bot = createBot()
 * bot.on('chatbot:text', ctx => ctx.replyText(`你说：${ctx.text}`))
 * await bot.start()
 */
export function createBot<C extends Context = Context>(options: BotOptions = {}): Bot<C> {
  const logger = options.logger ?? createLogger('core')
  const settings = apiSettingsOf(options)
  const network = createNetwork(options)
  const http = createHttpClient({ network, ua: options.ua })
  const api = createApi(http, settings)
  const services = {
    api,
    webhook: createWebhookSender(http, [settings.endpoint, settings.oapiEndpoint]),
    logger,
    robotCode: () => options.robotCode ?? settings.credential().clientId,
  }
  const composer = createComposer<C>()
  const running = new Set<Promise<unknown>>()
  let patience = new AbortController()
  let onError: ((error: BotError<C>) => unknown) | undefined
  let chain: Chain<C> | undefined
  let client: StreamClient | undefined

  const chainOf = (): Chain<C> => (chain ??= createChain(composer, options))

  const report = async (error: BotError<C>): Promise<void> => {
    if (!onError) return logger.error(error.message, { kind: error.ctx.update.kind })
    try {
      await onError(error)
    } catch (second) {
      logger.error(`bot.catch threw. ${second instanceof Error ? second.message : String(second)}`)
    }
  }

  const handle = async (update: Update): Promise<Reply> => {
    const { run, ContextOfBot } = chainOf()
    // The prototype has what the plugins promised; the class itself cannot know it.
    const ctx = new ContextOfBot(update, services, patience.signal) as Context as C
    try {
      await run(ctx)
      return { code: 200, message: 'OK', data: { response: null } }
    } catch (error) {
      await report(error instanceof BotError ? error : new BotError(error, ctx))
      return { code: 500, message: 'the handler failed', data: { response: null } }
    }
  }

  const onFrame = (frame: StreamFrame): void => {
    // Answered before the work: the platform waits 3 s, a language model takes longer.
    frame.respond()
    const work = handle(updateOfFrame(frame)).finally(() => running.delete(work))
    running.add(work)
  }

  const bot = Object.assign(composer, {
    api,
    catch(this: Bot<C>, handler: (error: BotError<C>) => unknown) {
      onError = handler
      return this
    },
    async start({ signal }: { readonly signal?: AbortSignal | undefined } = {}) {
      const { topics } = chainOf()
      patience = new AbortController()
      client ??= createStreamClient({
        ...options,
        endpoint: settings.endpoint,
        subscriptions: topics.map(topic => ({ type: 'CALLBACK', topic })),
        onFrame,
        network,
        http,
      })
      await client.start({ signal })
    },
    async stop({ timeout = 10_000 }: { readonly timeout?: number | undefined } = {}) {
      const timer = setTimeout(() => patience.abort(new Error('the bot is stopping')), timeout)
      await client?.stop()
      await Promise.allSettled(running)
      clearTimeout(timer)
      await network.close()
    },
    handle,
    [Symbol.asyncDispose]: () => bot.stop(),
  })
  Object.defineProperty(bot, 'state', { get: () => client?.state ?? 'idle', enumerable: true })
  return bot as typeof bot & Bot<C>
}

interface Chain<C extends Context> {
  readonly run: (ctx: C) => Promise<void>
  readonly topics: readonly string[]
  readonly ContextOfBot: typeof UpdateContext
}

/** Puts together what is mounted: the chain, the topics to subscribe, and the contexts' prototype. */
function createChain<C extends Context>(composer: Composer<C>, options: BotOptions): Chain<C> {
  const { run, topics, plugins } = blueprintOf(composer)
  const subscribed = new Set([...topics, ...(options.topics ?? [])])
  const ContextOfBot = class extends UpdateContext {}
  for (const plugin of plugins) {
    plugin.install({
      decorate: helpers => {
        Object.defineProperties(ContextOfBot.prototype, Object.getOwnPropertyDescriptors(helpers))
      },
      subscribe: (...names) => {
        for (const name of names) subscribed.add(name)
      },
    })
  }
  return { run, topics: [...subscribed], ContextOfBot }
}
