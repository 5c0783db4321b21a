import { randomUUID } from 'node:crypto'
import { checkOptions, rule } from '@dingware/transport'
import { definePlugin, type Plugin } from '../../composer/plugin/plugin.ts'
import type { Admission, Admitted } from '../../intake/admission/admission.ts'
import { dedupeKeyOf } from '../../intake/dedupe/dedupe.ts'
import type { RedisClient } from '../../store/redis-client.ts'
import type { Update } from '../../updates/update.ts'
import type { Arrival, Backend, DeadLetter, Written } from './arrival.ts'
import type { InboxTools } from './inbox-tools.ts'
import { createPump, type Pump } from './pump.ts'
import { createRedisInbox } from './redis/redis-inbox.ts'
import { createRunner } from './runner.ts'
import { createStoreInbox } from './store/store-inbox.ts'

/** Options of {@link inbox}. */
export interface InboxOptions {
  /**
   * Redis client (`ioredis` or `redis`, connected and closed by you; Redis 6.2 or later, no cluster) to save updates
   * in, for several instances of the bot. Default: the bot's store, for one machine.
   */
  readonly redis?: RedisClient | undefined
  /** Prefix of all keys in Redis. Default `dingware:`. */
  readonly prefix?: string | undefined
  /** Maximum number of runs of an update before it becomes a dead letter. Default 3. */
  readonly maxRuns?: number | undefined
  /** Delay before the second run, in milliseconds; it doubles with each further run. Default 1,000. */
  readonly retryDelay?: number | undefined
  /**
   * Maximum time in which a message has to be saved, in milliseconds. Default 1,000: the platform waits 3 s for an
   * answer.
   */
  readonly patience?: number | undefined
  /**
   * Milliseconds after which an instance without a sign of life counts as dead, and others take over its updates.
   * Default 10,000 with Redis, else 30,000.
   */
  readonly lease?: number | undefined
  /** Maximum number of updates of the inbox in memory. Default 1,000. */
  readonly max?: number | undefined
  /**
   * With Redis: updates with the same key run one after another, in order of arrival. Default: the `conversationKey` of
   * the bot.
   */
  readonly key?: ((update: Update) => string | undefined) | undefined
  /** With Redis: number of partitions of the keys, which has to be the same for all instances. Default 16. */
  readonly partitions?: number | undefined
}

/** Inbox plugin, to be mounted with `bot.use`, with methods to inspect it. */
export interface Inbox extends Plugin<object> {
  /**
   * Number of saved updates that are not handled yet. Rejects if the store fails. @throws Error before the bot has
   * started.
   */
  size(): Promise<number>
  /**
   * Iterates over the dead letters: updates whose handlers failed `maxRuns` times, or crashed the process.
   *
   * @example
   * for await (const letter of box.deadLetters()) await letter.requeue()
   */
  deadLetters(): AsyncIterable<DeadLetter>
}

/** As long as the bot's own memory of handled updates by default. */
const TRACE = 30 * 60_000

/**
 * Creates a plugin that saves messages and events before they are acknowledged, until they are handled: after a crash
 * they are run again. An update whose handler throws is run again, too, and becomes a dead letter after `maxRuns` runs.
 *
 * Handlers may therefore run more than once for an update. Without a persistent store, such as `lmdbStore` or Redis,
 * nothing survives a crash.
 *
 * @throws TypeError for an invalid option.
 * @example
 * const bot = createBot({ store: lmdbStore({ path: './data/bot.mdb' }) }).use(inbox())
 * @example
 * const bot = createBot().use(inbox({ redis: new Redis('redis://localhost:6379') }))
 */
export function inbox(options: InboxOptions = {}): Inbox {
  checkOptions<InboxOptions>('inbox', options, {
    redis: rule.any,
    prefix: rule.text,
    maxRuns: rule.limit(1),
    retryDelay: rule.span,
    patience: rule.timer(0),
    lease: rule.timer(1),
    max: rule.limit(1),
    key: rule.callback,
    partitions: rule.count(1),
  })
  const { redis, maxRuns = 3, retryDelay = 1_000, max = 1_000, key } = options
  let backend: Backend | undefined
  const installed = (): Backend => {
    if (!backend) throw new Error('The inbox belongs to no bot yet: `bot.use(inbox)`, and start the bot.')
    return backend
  }

  const plugin = definePlugin<object>({
    name: 'inbox',
    install(host) {
      const { logger, run, store } = host
      const tools: InboxTools = {
        logger,
        runner: createRunner({ run, logger, maxRuns, retryDelay }),
        prefix: () => (redis ? `${options.prefix ?? 'dingware:'}${host.clientId()}:inbox:` : ''),
        lease: options.lease ?? (redis ? 10_000 : 30_000),
        traceMs: TRACE,
      }
      const made = redis
        ? createRedisInbox(redis, tools, {
            max,
            orderKey: key ?? host.conversationKey,
            partitions: options.partitions ?? 16,
          })
        : createStoreInbox(store, tools)
      backend = made
      const { patience = 1_000 } = options
      const pump = createPump({ write: made.write, patience, max, logger })
      host.admit(createAdmission(made, pump, redis !== undefined))
      host.onStart(made.start)
      // Otherwise it would go on trying to write to a store that is away.
      host.onStop(pump.close)
      host.onStop(made.stop)
    },
  })
  return {
    ...plugin,
    size: async () => installed().size(),
    deadLetters: () => installed().deadLetters(),
  }
}

function createAdmission(backend: Backend, pump: Pump<Arrival, Written>, isShared: boolean): Admission {
  const admit = async (arrival: Arrival): Promise<Admitted> => {
    const result = await pump.push(arrival)
    return typeof result === 'string' ? { state: result } : result
  }
  return {
    admit(update) {
      if (!isKept(update) && update.kind !== 'card') return undefined
      const nonce = randomUUID()
      const arrival = { update, nonce, key: dedupeKeyOf(update) ?? nonce }
      return isKept(update) ? admit(arrival) : noted(backend, arrival)
    },
    isShared,
    pause: backend.pause,
  }
}

function isKept({ kind }: Update): boolean {
  return kind === 'chatbot' || kind === 'delegate' || kind === 'event'
}

/** A click is answered where it came in, so it is run there, and saved in case this process crashes. */
function noted(backend: Backend, arrival: Arrival): Admitted {
  const noting = backend.note(arrival).catch(() => {})
  const forget = (): void => void noting.then(() => backend.forget(arrival)).catch(() => {})
  return { state: 'claimed', settle: outcome => outcome !== 'dropped' && forget() }
}
