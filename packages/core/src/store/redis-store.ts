import { randomBytes } from 'node:crypto'
import { DingTalkError } from '@dingware/transport'
import { createRedisCommands, type RedisClient, redisScript } from './redis-client.ts'
import type { Store, Versioned } from './store.ts'

/** Options of {@link redisStore}. */
export interface RedisStoreOptions {
  /** Prefix of all keys. Default `dingware:`. */
  readonly prefix?: string | undefined
  /** Maximum time of one call, in milliseconds. Default 2,000: less than the platform waits for an answer. */
  readonly timeoutMs?: number | undefined
}

/** Replaces or deletes an entry if it has the given version. */
const SWAP = redisScript(`
local held = redis.call('GET', KEYS[1])
if not held then return 0 end
local version = string.match(held, '^[^ ]*')
if ARGV[2] and version == string.match(ARGV[2], '^[^ ]*') then return 1 end
if version ~= ARGV[1] then return 0 end
if not ARGV[2] then redis.call('DEL', KEYS[1])
elseif ARGV[3] then redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
else redis.call('SET', KEYS[1], ARGV[2]) end
return 1`)

/** Sliding window: a list of the last `limit` times, by the server's clock, which is the same for all processes. */
const TAKE = redisScript(`
local limit, window = tonumber(ARGV[1]), tonumber(ARGV[2])
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local first = redis.call('LINDEX', KEYS[1], -limit)
if first and now - first < window then return first + window - now end
redis.call('RPUSH', KEYS[1], string.format('%d', now))
redis.call('LTRIM', KEYS[1], -limit, -1)
redis.call('PEXPIRE', KEYS[1], window)
return 0`)

/**
 * Creates a {@link Store} in Redis, for bots that run in several processes. Needs Redis 6.2 or later: one server or a
 * replicated one, no cluster. Bring your own client of `ioredis` or `redis`, and close it when the bot has stopped.
 *
 * Calls reject with `ERR_STORE_AWAY` when Redis does not answer within `timeoutMs`. If the connection breaks during a
 * call, it is unknown whether that call was executed; the client may send it again.
 *
 * @throws TypeError for a client of a cluster, or one that has a `keyPrefix`.
 * @throws DingTalkError from its methods: `ERR_STORE_AWAY`, `ERR_STORE` when Redis refuses a command or a key holds
 * foreign data.
 * @example
 * const bot = createBot({ clientId, clientSecret, store: redisStore(new Redis('redis://localhost:6379')) })
 */
export function redisStore(client: RedisClient, options: RedisStoreOptions = {}): Store {
  const { prefix = 'dingware:', timeoutMs = 2_000 } = options
  const { send, run } = createRedisCommands(client, timeoutMs)
  const get = async (name: string): Promise<Versioned | undefined> => unpack(await send('GET', name))

  return {
    get: key => get(prefix + key),
    async set(key, value, { ttlMs, ifVersion } = {}) {
      const entry = pack(value).text
      if (ifVersion !== undefined) return (await run(SWAP, prefix + key, ifVersion, entry, ...spanOf(ttlMs))) === 1
      await send('SET', prefix + key, entry, ...(spanOf(ttlMs).length > 0 ? ['PX', ...spanOf(ttlMs)] : []))
      return true
    },
    async add(key, value, { ttlMs } = {}) {
      const { text, version } = pack(value)
      const span = spanOf(ttlMs)
      const answer = await send('SET', prefix + key, text, ...(span.length > 0 ? ['PX', ...span] : []), 'NX')
      // After a lost connection clients send a command again: then the entry exists already, and is ours.
      return answer !== null || (await get(prefix + key))?.version === version
    },
    async delete(key, { ifVersion } = {}) {
      if (ifVersion === undefined) return (await send('DEL', prefix + key)) === 1
      return (await run(SWAP, prefix + key, ifVersion)) === 1
    },
    async *list(start) {
      const pattern = `${(prefix + start).replace(/[\\*?[\]^-]/g, '\\$&')}*`
      // SCAN may return a key more than once.
      const seen = new Set<string>()
      let cursor = '0'
      do {
        const page = await send('SCAN', cursor, 'MATCH', pattern, 'COUNT', '500')
        const [next, found] = Array.isArray(page) ? page : ['0', []]
        cursor = String(next)
        const names = textsOf(found).filter(name => !seen.has(name))
        for (const name of names) seen.add(name)
        const values = names.length > 0 ? await send('MGET', ...names) : []
        for (const [index, value] of (Array.isArray(values) ? values : []).entries()) {
          const entry = unpack(value)
          const name = names[index]
          if (entry && name !== undefined) yield { key: name.slice(prefix.length), ...entry }
        }
      } while (cursor !== '0')
    },
    take: async (key, { limit, windowMs }) =>
      Number(await run(TAKE, prefix + key, String(limit), String(Math.ceil(windowMs)))),
  }
}

/** Milliseconds as an argument of PX; none if the entry does not expire. */
function spanOf(ttlMs: number | undefined): string[] {
  return ttlMs === undefined || ttlMs === Number.POSITIVE_INFINITY ? [] : [String(Math.max(1, Math.ceil(ttlMs)))]
}

/**
 * Serialises an entry to `version JSON`. The version is random and not a counter: a key that is deleted and added again
 * never gets a version that it had before, and no counter has to be kept for that.
 */
function pack(value: unknown): { readonly text: string; readonly version: string } {
  const json: string | undefined = JSON.stringify(value)
  if (json === undefined) throw new TypeError(`A ${typeof value} could not be stored: values are what JSON can hold.`)
  const version = randomBytes(9).toString('base64url')
  return { text: `${version} ${json}`, version }
}

/** @throws DingTalkError for a value that this store has not written. */
function unpack(answer: unknown): Versioned | undefined {
  if (answer === null || answer === undefined) return undefined
  const [, version, json] = /^(\S+) (.*)$/s.exec(String(answer)) ?? []
  try {
    if (version !== undefined && json !== undefined) return { version, value: JSON.parse(json) }
  } catch {}
  throw new DingTalkError(
    'A key in Redis holds no entry of this store, so it cannot be read. Give the bot a `prefix` that nobody else uses.',
    { code: 'ERR_STORE' },
  )
}

function textsOf(list: unknown): string[] {
  return Array.isArray(list) ? list.map(String) : []
}
