import { createInstances } from '../../../store/instances/instances.ts'
import type { Store } from '../../../store/store.ts'
import { thrownText } from '../../../utils/thrown-text.ts'
import type { Arrival, Backend, DeadLetter, Written } from '../arrival.ts'
import type { InboxTools } from '../inbox-tools.ts'
import { createEntries, type Entry } from './entries.ts'

interface StoredEntry {
  readonly key: string
  readonly entry: Entry
  readonly version: string
}

/**
 * Inbox in the bot's store, for one machine: the instance that got an update runs it; if that has crashed, whichever
 * finds it.
 */
export function createStoreInbox(store: Store, { runner, logger, prefix, lease, traceMs }: InboxTools): Backend {
  const entries = createEntries(store, prefix, traceMs)
  const instances = createInstances({ store, prefix: () => `${prefix()}inbox-`, lease, logger })
  let stopping = new AbortController()
  let timer: NodeJS.Timeout | undefined
  let sweeping: Promise<void> | undefined
  let isPaused = false
  let orders = 0
  /** Keys that this instance runs or is about to run. */
  const running = new Set<string>()

  const entryOf = ({ update, nonce }: Arrival): Entry => {
    return { state: 'kept', owner: instances.id, nonce, at: Date.now(), order: orders++, runs: 0, update }
  }

  /** Changes an entry if it still belongs to this delivery; another may have replaced it. */
  const change = async (key: string, nonce: string, work: (stored: StoredEntry) => Promise<unknown>): Promise<void> => {
    const found = await entries.read(key)
    if (found && found !== 'done' && found.entry.nonce === nonce) await work({ key, ...found })
  }

  const handle = async (key: string, entry: Entry, isRecovered: boolean): Promise<void> => {
    if (running.has(key)) return
    running.add(key)
    const { update, runs, nonce } = entry
    const signal = AbortSignal.any([instances.signal, stopping.signal])
    try {
      await runner.handle({
        ...{ update, runs, isRecovered, signal },
        count: number =>
          change(key, nonce, ({ entry, version }) => entries.replace(key, { ...entry, runs: number }, version)),
        done: () => change(key, nonce, ({ version }) => entries.finish(key, version)),
        bury: number =>
          change(key, nonce, ({ entry, version }) =>
            entries.replace(key, { ...entry, state: 'dead', runs: number, at: Date.now() }, version),
          ),
      })
    } finally {
      running.delete(key)
    }
  }

  const write = async (arrival: Arrival): Promise<Written> => {
    const entry = entryOf(arrival)
    if (await entries.add(arrival.key, entry)) return { state: 'kept' }
    const found = await entries.read(arrival.key)
    if (found === 'done') return { state: 'done' }
    // Written by an earlier attempt whose outcome was unknown.
    if (found?.entry.nonce === arrival.nonce) return { state: 'kept' }
    return { state: found?.entry.state === 'dead' ? 'done' : 'running' }
  }

  /** Takes over updates of crashed instances, in order of arrival. */
  const sweep = async (): Promise<void> => {
    const orphans: StoredEntry[] = []
    const dead = new Map<string, boolean>()
    for await (const stored of entries.all()) {
      const { state, owner } = stored.entry
      if (state === 'dead' || running.has(stored.key)) continue
      if (!dead.has(owner)) dead.set(owner, owner !== instances.id && !(await instances.isAlive(owner)))
      if (dead.get(owner)) orphans.push(stored)
    }
    orphans.sort((one, other) => one.entry.at - other.entry.at || one.entry.order - other.entry.order)
    for (const { key, entry, version } of orphans) {
      if (isPaused) return
      const mine = { ...entry, owner: instances.id }
      // Of all instances that find it, one gets it.
      if (await entries.replace(key, mine, version)) void handle(key, mine, true)
    }
  }

  const sweepSoon = (): void => {
    sweeping ??= sweep()
      .catch(error => logger.warn(`The inbox could not be looked through: ${thrownText(error)}`))
      .finally(() => {
        sweeping = undefined
      })
  }

  return {
    async start() {
      isPaused = false
      stopping = new AbortController()
      await instances.start()
      timer ??= setInterval(sweepSoon, lease / 2)
      sweepSoon()
    },
    pause() {
      isPaused = true
      clearInterval(timer)
      timer = undefined
    },
    async stop() {
      stopping.abort(new Error('the bot is stopping'))
      await sweeping
      // From now on, other instances find unfinished updates.
      await instances.stop()
    },
    async write(arrivals) {
      const written = await Promise.all(arrivals.map(write))
      return written.map((result, index) => {
        const arrival = arrivals[index]
        if (result.state !== 'kept' || !arrival) return result
        return { state: 'kept', handled: handle(arrival.key, entryOf(arrival), false) }
      })
    },
    async note(arrival) {
      await entries.add(arrival.key, entryOf(arrival))
    },
    forget: ({ key, nonce }) => change(key, nonce, ({ version }) => entries.finish(key, version)),
    async size() {
      let count = 0
      for await (const { entry } of entries.all()) if (entry.state === 'kept') count++
      return count
    },
    async *deadLetters() {
      for await (const stored of entries.all()) if (stored.entry.state === 'dead') yield deadLetterOf(stored)
    },
  }

  function deadLetterOf({ key, entry, version }: StoredEntry): DeadLetter {
    const { update, runs, at } = entry
    return {
      ...{ id: key, update, runs, diedAt: at },
      async requeue() {
        const again = { ...entry, state: 'kept', owner: instances.id, at: Date.now(), runs: 0 } as const
        if (await entries.replace(key, again, version)) void handle(key, again, false)
      },
      discard: async () => void (await entries.remove(key, version)),
    }
  }
}
