import { createHash } from 'node:crypto'
import { createDeferred, DingTalkError, redact } from '@dingware/transport'

interface Emitter {
  once(event: 'ready', listener: () => void): unknown
  removeListener(event: 'ready', listener: () => void): unknown
}

/** Client of `ioredis`: the members that are used. */
export interface IoRedisClient extends Emitter {
  /** State of the connection. */
  readonly status: string
  /** Sends a command. */
  call(command: string, args: string[]): Promise<unknown>
}

/** Client of `redis` (node-redis): the members that are used. */
export interface NodeRedisClient extends Emitter {
  /** True once it is connected or connecting. */
  readonly isOpen: boolean
  /** True while commands can be sent. */
  readonly isReady: boolean
  /** Sends a command. */
  sendCommand(args: string[]): Promise<unknown>
}

/**
 * Redis client that `redisStore` can use: of `ioredis` (5 and later) or of `redis` (4 and later), connected and
 * closed by you.
 */
export type RedisClient = IoRedisClient | NodeRedisClient

/** Lua script with its SHA-1, by which the server caches it. */
export interface RedisScript {
  readonly source: string
  readonly sha: string
}

export function redisScript(source: string): RedisScript {
  return { source, sha: createHash('sha1').update(source).digest('hex') }
}

/** Commands on either client. Each call ends within `timeoutMs`. */
export interface RedisCommands {
  readonly send: (command: string, ...args: string[]) => Promise<unknown>
  /** Runs a script on one key. */
  readonly run: (script: RedisScript, key: string, ...args: string[]) => Promise<unknown>
}

/** Wraps a client. @throws TypeError for a client of a cluster, or one that has a `keyPrefix`. */
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
 * Waits until the client is connected. The client's own queue would not do: a command that waits there is written when
 * the server comes back, long after its caller was told that it had failed.
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
  /** Settles as `promise` does, or rejects when the deadline comes first. */
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

/** Error of a server that runs and refuses the command; the excluded words mean that it cannot serve at the moment. */
const REFUSAL = /^(?!LOADING|READONLY|MASTERDOWN)[A-Z]+ /

/** Has no `cause`: the client's error holds the arguments of the command, which are the state itself. */
function refused(command: string, error: unknown): DingTalkError {
  const text = error instanceof Error ? error.message : String(error)
  const reason = redact(text.replace(/, with args.*/s, '')).slice(0, 200)
  if (!REFUSAL.test(reason)) return away(reason)
  return new DingTalkError(`Redis did not do ${command}, so the state is as it was: ${reason}`, { code: 'ERR_STORE' })
}
