import { type Logger, thrownText } from '@dingware/transport'
import type { Instances } from '../../../store/instances/instances.ts'
import type { Entries, Entry, StoredEntry } from './entries.ts'

export interface SweeperOptions {
  readonly entries: Entries
  readonly instances: Instances
  readonly logger: Logger
  /** Whether this instance runs an entry, or is about to. */
  readonly isRunning: (key: string) => boolean
  readonly isPaused: () => boolean
  /** Gets an entry that this instance has taken over. */
  readonly take: (key: string, entry: Entry) => void
}

/** Takes over what dead instances have left. */
export interface Sweeper {
  /** Looks through all entries, unless it does so already. */
  readonly sweepSoon: () => void
  /** Resolves when it does not look. */
  readonly swept: () => Promise<void>
}

export function createSweeper(options: SweeperOptions): Sweeper {
  const { entries, instances, logger, isPaused, take } = options
  let sweeping: Promise<void> | undefined

  const sweep = async (): Promise<void> => {
    const orphans = await orphansIn(options)
    // In the order in which they came.
    orphans.sort((one, other) => one.entry.at - other.entry.at || one.entry.order - other.entry.order)
    for (const { key, entry, version } of orphans) {
      if (isPaused()) return
      const mine = { ...entry, owner: instances.id }
      // Of all instances that find it, one gets it.
      if (await entries.replace(key, mine, version)) take(key, mine)
    }
  }

  return {
    sweepSoon() {
      sweeping ??= sweep()
        .catch(error => logger.warn(`The inbox could not be looked through: ${thrownText(error)}`))
        .finally(() => {
          sweeping = undefined
        })
    },
    swept: async () => sweeping,
  }
}

/** The entries of dead instances. */
async function orphansIn({ entries, instances, isRunning }: SweeperOptions): Promise<StoredEntry[]> {
  const orphans: StoredEntry[] = []
  const dead = new Map<string, boolean>()
  for await (const stored of entries.all()) {
    const { state, owner } = stored.entry
    if (state === 'dead' || isRunning(stored.key)) continue
    if (!dead.has(owner)) dead.set(owner, owner !== instances.id && !(await instances.isAlive(owner)))
    if (dead.get(owner)) orphans.push(stored)
  }
  return orphans
}
