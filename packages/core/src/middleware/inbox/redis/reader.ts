import { createDeferred, type Logger } from '@dingware/transport'
import type { RedisCommands } from '../../../store/redis-client.ts'
import { sleep } from '../../../utils/sleep.ts'
import { thrownText } from '../../../utils/thrown-text.ts'
import type { Partition, Partitions } from './partitions.ts'
import { READ } from './scripts.ts'

/** Entry to be run. */
export interface Row {
  readonly partition: Partition
  readonly id: string
  readonly payload: string
  readonly runs: number
  /** True if an instance has read it before and did not finish it. */
  readonly isRecovered: boolean
}

export interface ReaderOptions {
  readonly commands: RedisCommands
  readonly prefix: () => string
  readonly partitions: Partitions
  readonly member: () => string
  /** Maximum number of entries that are being run here. */
  readonly max: number
  readonly logger: Logger
  /** Handles an entry; called in their order. Never rejects. */
  readonly onRow: (row: Row) => Promise<void>
}

/** Reads entries from Redis, as many as there is room for. */
export interface Reader {
  readonly start: () => void
  /** Looks for new entries at once. */
  readonly wake: () => void
  /** Reads no more. */
  readonly pause: () => void
  readonly stop: () => Promise<void>
}

/**
 * Milliseconds between two reads when nothing came. Reading costs little, and needs no connection of its own as a
 * blocking read would; entries that this instance has written itself are read at once.
 */
const INTERVAL = 25
const RETRY_INTERVAL = 500
/** Number of entries per read. */
const PAGE = 100

export function createReader(options: ReaderOptions): Reader {
  const { commands, prefix, partitions, member, max, logger, onRow } = options
  let life: AbortController | undefined
  let loop: Promise<void> = Promise.resolve()
  let woken = createDeferred()
  let inFlight = 0

  const begin = async (row: Row): Promise<void> => {
    inFlight++
    row.partition.inFlight++
    try {
      await onRow(row)
    } finally {
      row.partition.inFlight--
      inFlight--
    }
  }

  /** @returns the number of entries read. */
  const fetch = async (signal: AbortSignal): Promise<number> => {
    const readable = partitions.readable()
    const room = max - inFlight
    if (readable.length === 0 || room <= 0) return 0
    const count = Math.min(PAGE, Math.ceil(room / readable.length))
    const asked = readable.flatMap(({ number, term, after }) => [String(number), String(term), after])
    const answer = await commands.run(READ, prefix(), member(), String(count), ...asked)
    if (signal.aborted) return 0
    const rows = rowsOf(answer)
    for (const partition of readable) {
      if (partition.signal.aborted) continue
      for (const [number, id, payload, runs, isOld] of rows) {
        if (Number(number) !== partition.number) continue
        partition.after = id
        void begin({ partition, id, payload, runs: Number(runs), isRecovered: isOld === '1' })
      }
    }
    return rows.length
  }

  const run = async (signal: AbortSignal): Promise<void> => {
    while (!signal.aborted) {
      try {
        if ((await fetch(signal)) > 0) continue
        await Promise.race([woken.promise, sleep(INTERVAL, signal)])
      } catch (error) {
        if (signal.aborted) return
        logger.debug(`The inbox could not be read: ${thrownText(error)}`)
        await sleep(RETRY_INTERVAL, signal).catch(() => {})
      }
    }
  }

  const pause = (): void => {
    life?.abort()
    life = undefined
  }
  return {
    start() {
      if (life) return
      life = new AbortController()
      const { signal } = life
      loop = loop.then(() => run(signal))
    },
    wake() {
      woken.resolve()
      woken = createDeferred()
    },
    pause,
    async stop() {
      pause()
      await loop
    },
  }
}

type RawRow = readonly [number: string, id: string, payload: string, runs: string, isOld: string]

function rowsOf(answer: unknown): readonly RawRow[] {
  if (!Array.isArray(answer)) return []
  return answer.map((row: unknown): RawRow => {
    const [number, id, payload, runs, isOld] = Array.isArray(row) ? row.map(String) : []
    return [number ?? '', id ?? '', payload ?? '', runs ?? '0', isOld ?? '0']
  })
}
