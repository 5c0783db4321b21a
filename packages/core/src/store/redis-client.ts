import { createHash } from 'node:crypto'
import { createDeferred, DingTalkError, messageOf, redact } from '@dingware/transport'

interface Emitter {
  once(event: 'ready', listener: () => void): unknown
  removeListener(event: 'ready', listener: () => void): unknown
}

/** A client of `ioredis`. */
export interface IoRedisClient extends Emitter {
  readonly status: string
  call(command: string, args: string[]): Promise<unknown>
}

/** A client of `redis` (node-redis). */
export interface NodeRedisClient extends Emitter {
  readonly isOpen: boolean
  readonly isReady: boolean
  sendCommand(args: string[]): Promise<unknown>
}

/** A client that `redisStore` can use: of `ioredis` (5 and later) or of `redis` (4 and later), connected by you. */
export type RedisClient = IoRedisClient | NodeRedisClient

/** A Lua script with its name in the cache of the server. */
export interface RedisScript {
  readonly source: string
  readonly sha: string
}

export function redisScript(source: string): RedisScript {
  return { source, sha: createHash('sha1').update(source).digest('hex') }
}

/** One way to talk to either client. Every call ends within a bounded time. */
export interface RedisCommands {
  readonly send: (command: string, ...args: string[]) => Promise<unknown>
  /** Runs a script on one key. */
  readonly run: (script: RedisScript, key: string, ...args: string[]) => Promise<unknown>
}

/** @throws TypeError for a client of a cluster, or one with prefixes of its own. */
export function createRedisCommands(client: RedisClient, timeoutMs: number): RedisCommands {
  refuseUnfit(client)

  const send = async (command: string, ...args: string[]): Promise<unknown> => {
    const deadline = createDeadline(timeoutMs)
    try {
      await untilReady(client, deadline)
      return await deadline.race('call' in client ? client.call(command, args) : client.sendCommand([command, ...args]))
    } catch (error) {
      throw DingTalkError.isInstance(error) ? error : refused(command, error)
    } finally {
      deadline.clear()
    }
  }

  return {
    send,
    async run({ sha, source }, key, ...args) {
      try {
        return await send('EVALSHA', sha, '1', key, ...args)
      } catch (error) {
        // Redis forgets its scripts when it restarts.
        if (!(error instanceof Error && error.message.includes('NOSCRIPT'))) throw error
        return send('EVAL', source, '1', key, ...args)
      }
    },
  }
}

function refuseUnfit(client: RedisClient): void {
  if (('isCluster' in client && client.isCluster) || 'masters' in client)
    throw new TypeError('redisStore() needs a client of one server: in a cluster, list() would see one part only.')
  const options = 'options' in client && typeof client.options === 'object' ? client.options : undefined
  if (options && 'keyPrefix' in options && options.keyPrefix)
    throw new TypeError(
      'redisStore() cannot use a client with a `keyPrefix`, which SCAN does not know. Use redisStore(client, { prefix }).',
    )
}

/**
 * Waits here and not in the client's own queue: what waits there is written whenever the server comes back, long after
 * its caller was told that it was not.
 */
async function untilReady(client: RedisClient, deadline: Deadline): Promise<void> {
  if ('call' in client) {
    // A lazy client connects with its first command.
    if (client.status === 'ready' || client.status === 'wait') return
    if (client.status === 'end') throw away('its client was closed')
  } else {
    if (client.isReady) return
    if (!client.isOpen) throw away('its client is not connected: `await client.connect()` first')
  }
  const { promise, resolve } = createDeferred()
  client.once('ready', resolve)
  try {
    await deadline.race(promise)
  } finally {
    client.removeListener('ready', resolve)
  }
}

interface Deadline {
  /** What a promise settles to, unless the deadline comes first. */
  readonly race: <T>(promise: Promise<T>) => Promise<T>
  readonly clear: () => void
}

function createDeadline(ms: number): Deadline {
  const { promise, reject } = createDeferred<never>()
  const timer = setTimeout(() => reject(away(`it did not answer within ${ms} ms`)), ms)
  return { race: other => Promise.race([other, promise]), clear: () => clearTimeout(timer) }
}

function away(why: string): DingTalkError {
  return new DingTalkError(
    `Redis is away (${why}), so state can be neither read nor written. Check that the server runs and the address and password of its client; the client connects again by itself.`,
    { code: 'ERR_STORE_AWAY' },
  )
}

/** What a server says no with, besides that it is no server at the moment. */
const REFUSAL = /^(?!LOADING|READONLY|MASTERDOWN)[A-Z]+ /

/** Without the client's error as its cause: that one carries the arguments of the command, which are the state itself. */
function refused(command: string, error: unknown): DingTalkError {
  const reason = redact(messageOf(error).replace(/, with args.*/s, '')).slice(0, 200)
  if (!REFUSAL.test(reason)) return away(reason)
  return new DingTalkError(`Redis did not do ${command}, so the state is as it was: ${reason}`, { code: 'ERR_STORE' })
}
