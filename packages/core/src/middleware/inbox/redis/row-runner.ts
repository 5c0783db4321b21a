import { thrownText } from '@dingware/transport'
import type { RedisCommands } from '../../../store/redis-client.ts'
import { packUpdate, unpackUpdate } from '../../../updates/packed.ts'
import type { Update } from '../../../updates/update.ts'
import { createLanes } from '../../sequentialize/lanes.ts'
import type { InboxTools } from '../inbox-tools.ts'
import type { Row } from './reader.ts'
import { DONE } from './scripts.ts'

export interface RowRunnerOptions extends Pick<InboxTools, 'runner' | 'prefix'> {
  readonly commands: RedisCommands
  /** Key of the updates that must be run in order of arrival. */
  readonly orderKey: (update: Update) => string | undefined
  readonly isPaused: () => boolean
}

/** Creates what runs rows of partitions: those with one order key one after another. */
export function createRowRunner(options: RowRunnerOptions): (row: Row) => Promise<void> {
  const { runner, commands, prefix, orderKey, isPaused } = options
  const lanes = createLanes()

  const dealWith = async (row: Row, update: Update): Promise<void> => {
    const { partition, id, runs, isRecovered } = row
    const name = String(partition.number)
    const end = (...payload: string[]): Promise<unknown> => commands.run(DONE, prefix(), name, id, ...payload)
    const { turn, leave, comeBack } = lanes.enter([`${name} ${orderKey(update) ?? id}`])
    try {
      await turn
      // Unbegun entries are left to the next owner.
      if (isPaused() || partition.signal.aborted) return
      await runner.handle({
        ...{ update, runs, isRecovered, signal: partition.signal },
        holding: { letGo: leave, takeAgain: async () => comeBack() },
        count: number => commands.send('HSET', `${prefix()}runs`, `${name} ${id}`, String(number)),
        done: () => end(),
        bury: number => end(JSON.stringify({ runs: number, at: Date.now(), update: packUpdate(update) })),
      })
    } finally {
      leave()
    }
  }

  return async row => {
    const update = unpackUpdate(parse(row.payload))
    if (update) return dealWith(row, update)
    // Removed by another instance, or not written by an inbox.
    await commands.run(DONE, prefix(), String(row.partition.number), row.id).catch(() => {})
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    return thrownText(error)
  }
}
