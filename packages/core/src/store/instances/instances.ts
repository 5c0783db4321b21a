import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import type { Logger } from '@dingware/transport'
import * as v from 'valibot'
import { thrownText } from '../../utils/thrown-text.ts'
import { isMissingLmdb } from '../lmdb/files.ts'
import type { Store } from '../store.ts'
import { isRunning, place } from './place.ts'

export interface InstancesOptions {
  readonly store: Store
  /** Prefix of the keys, asked for at each use. */
  readonly prefix: () => string
  /** Milliseconds after which an instance without a sign of life counts as dead. Default 30,000. */
  readonly lease?: number | undefined
  readonly logger: Logger
  /** Called once, when another living instance is seen for the first time. */
  readonly onOther?: ((other: Beat) => void) | undefined
}

/** Heartbeat of a bot's instances that share a store: each one writes a sign of life at regular intervals. */
export interface Instances {
  /** Id of this instance. A new one is drawn at each start, and after this instance has counted as dead. */
  readonly id: string
  /**
   * Writes the first heartbeat and starts the timer. If the store is away, the timer tries again. @throws DingTalkError
   * (`ERR_NO_LMDB`) if the store's package is missing, since waiting does not help then.
   */
  readonly start: () => Promise<void>
  readonly stop: () => Promise<void>
  readonly isAlive: (id: string) => Promise<boolean>
  /**
   * Aborts when this instance could not write its heartbeat for a whole lease: others count it as dead and may take
   * over its work.
   */
  readonly signal: AbortSignal
}

/** Sign of life of one instance, as it is kept in the store. */
export interface Beat {
  readonly pid: number
  readonly host: string
  /** Process namespace that the pid belongs to (`place.ts`). */
  readonly place?: string | undefined
  /** Start of the instance, in milliseconds since the epoch. */
  readonly since: number
}

const BeatSchema = v.object({ pid: v.number(), host: v.string(), place: v.optional(v.string()), since: v.number() })

export function createInstances(options: InstancesOptions): Instances {
  const { store, prefix, lease = 30_000, logger, onOther } = options
  const beat: Beat = { pid: process.pid, host: hostname(), since: Date.now(), ...(place ? { place } : {}) }
  /** Versions of the other instances' heartbeats at the last look: one whose version changes is alive. */
  let seen: ReadonlyMap<string, string> | undefined
  let id: string = randomUUID()
  let life = new AbortController()
  let timer: NodeJS.Timeout | undefined
  let lastBeat = 0
  let hasTold = false

  const keyOf = (name: string): string => `${prefix()}instance:${name}`

  const show = async (): Promise<void> => {
    const at = performance.now()
    await store.set(keyOf(id), { ...beat, at: Date.now() }, { ttlMs: lease })
    lastBeat = at
    if (onOther && !hasTold) await look(onOther)
  }

  const onFailure = (error: unknown): void =>
    logger.debug(`The store could not be told that this instance lives: ${thrownText(error)}`)

  const look = async (tell: (other: Beat) => void): Promise<void> => {
    const found = new Map<string, string>()
    for await (const { key, value, version } of store.list(keyOf(''))) {
      const other = v.safeParse(BeatSchema, value)
      if (!other.success || key === keyOf(id)) continue
      found.set(key, version)
      const before = seen?.get(key)
      if (!seen || before === version || hasTold) continue
      hasTold = true
      tell(other.output)
    }
    seen = found
  }

  const onTimer = (): void => {
    if (performance.now() - lastBeat > lease) {
      // Another instance may have taken over by now.
      life.abort(new Error('this instance was not heard of for too long'))
      life = new AbortController()
      id = randomUUID()
    }
    void show().catch(onFailure)
  }

  const halt = (): void => {
    clearInterval(timer)
    timer = undefined
  }

  return {
    get id() {
      return id
    },
    get signal() {
      return life.signal
    },
    async start() {
      if (!timer) id = randomUUID()
      lastBeat = performance.now()
      timer ??= setInterval(onTimer, lease / 3)
      try {
        await show()
      } catch (error) {
        if (!isMissingLmdb(error)) return onFailure(error)
        halt()
        throw error
      }
    },
    async stop() {
      halt()
      seen = undefined
      await store.delete(keyOf(id)).catch(() => {})
    },
    async isAlive(other) {
      if (other === id) return true
      const entry = await store.get(keyOf(other))
      const found = v.safeParse(BeatSchema, entry?.value)
      if (!found.success) return false
      const { pid, place: where } = found.output
      // A killed process is known to be dead at once, if it ran on this machine and in this container.
      return !(place !== undefined && where === place && !isRunning(pid))
    },
  }
}
