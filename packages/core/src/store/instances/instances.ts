import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import { type Logger, thrownText } from '@dingware/transport'
import * as v from 'valibot'
import { isMissingLmdb } from '../lmdb/files.ts'
import type { Store } from '../store.ts'
import { type Beat, BeatSchema } from './beat.ts'
import { createLookout } from './lookout.ts'
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

export function createInstances(options: InstancesOptions): Instances {
  const { store, prefix, lease = 30_000, logger, onOther } = options
  const beat: Beat = { pid: process.pid, host: hostname(), since: Date.now(), ...(place ? { place } : {}) }
  const lookout = onOther && createLookout(store, onOther)
  let id: string = randomUUID()
  let life = new AbortController()
  let timer: NodeJS.Timeout | undefined
  let lastBeat = 0

  const keyOf = (name: string): string => `${prefix()}instance:${name}`

  const show = async (): Promise<void> => {
    const at = performance.now()
    await store.set(keyOf(id), { ...beat, at: Date.now() }, { ttlMs: lease })
    lastBeat = at
    await lookout?.look(keyOf(''), keyOf(id))
  }

  const onFailure = (error: unknown): void =>
    logger.debug(`The store could not be told that this instance lives: ${thrownText(error)}`)

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
      lookout?.forget()
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
