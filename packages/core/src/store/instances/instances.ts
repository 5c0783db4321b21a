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
  /** What the keys begin with. Asked for when it starts. */
  readonly prefix: () => string
  /** Milliseconds after which one that is not heard of counts as dead. Default 30,000. */
  readonly lease?: number | undefined
  readonly logger: Logger
  /** Told once, when another instance has been seen alive. */
  readonly onOther?: ((other: Beat) => void) | undefined
}

/** The instances of a bot that share a store: each shows from time to time that it lives. */
export interface Instances {
  /** Of this instance, from this start on. */
  readonly id: string
  /** Shows itself. A store that is away is tried again. @throws DingTalkError when it lacks its package: that stays so. */
  readonly start: () => Promise<void>
  readonly stop: () => Promise<void>
  readonly isAlive: (id: string) => Promise<boolean>
  /** Aborts when this instance was not heard of for so long that it counts as dead; another takes its place. */
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
      // Others may have taken what this one had.
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
      // One that was killed is known to be dead at once, where that can be seen.
      return !(place !== undefined && where === place && !isRunning(pid))
    },
  }
}
