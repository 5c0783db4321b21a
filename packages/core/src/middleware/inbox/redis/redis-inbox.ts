import { createHash } from 'node:crypto'
import { createRedisCommands, type RedisClient } from '../../../store/redis-client.ts'
import { packUpdate, unpackUpdate } from '../../../updates/packed.ts'
import type { Update } from '../../../updates/update.ts'
import { thrownText } from '../../../utils/thrown-text.ts'
import { createLanes } from '../../sequentialize/lanes.ts'
import type { Arrival, Backend, Written } from '../arrival.ts'
import type { InboxTools } from '../inbox-tools.ts'
import { readDeadLetters } from './dead-letters.ts'
import { createMembership } from './membership.ts'
import { createPartitions } from './partitions.ts'
import { createReader, type Row } from './reader.ts'
import { DONE, SIZE, WRITE } from './scripts.ts'

export interface RedisInboxOptions {
  readonly partitions: number
  /** Key of updates that have to be run in order of arrival. */
  readonly orderKey: (update: Update) => string | undefined
  /** Maximum number of entries that are being run here. */
  readonly max: number
}

/** Time limit of one command, in milliseconds: a message has to be answered within 3 s. */
const TIMEOUT = 1_000
/** Maximum number of entries in Redis, over all partitions. */
const MAX_KEPT = 100_000

/**
 * Inbox in Redis, for several instances: the one that gets an update writes it to a stream, chosen by the update's
 * order key; the one that owns that partition runs it.
 */
export function createRedisInbox(client: RedisClient, tools: InboxTools, options: RedisInboxOptions): Backend {
  const { runner, logger, prefix, lease, traceMs } = tools
  const { orderKey, max } = options
  const commands = createRedisCommands(client, TIMEOUT)
  const partitions = createPartitions()
  const lanes = createLanes()
  let isPaused = false

  const membership = createMembership({
    ...{ commands, prefix, lease, logger, partitions: options.partitions },
    givingBack: partitions.takeSurplus,
    onShare(share) {
      partitions.assign(share)
      reader.wake()
    },
  })

  const partitionOf = ({ update, nonce }: Arrival): string => {
    const key = orderKey(update) ?? nonce
    return String(createHash('sha1').update(key).digest().readUInt32BE() % options.partitions)
  }
  const payloadOf = ({ update }: Pick<Arrival, 'update'>): string => JSON.stringify(packUpdate(update))

  const dealWith = async (row: Row, update: Update): Promise<void> => {
    const { partition, id, runs, isRecovered } = row
    const name = String(partition.number)
    const end = (...payload: string[]): Promise<unknown> => commands.run(DONE, prefix(), name, id, ...payload)
    const { turn, leave, comeBack } = lanes.enter([`${name} ${orderKey(update) ?? id}`])
    try {
      await turn
      // Unbegun entries are left to the next owner.
      if (isPaused || partition.signal.aborted) return
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

  const reader = createReader({
    ...{ commands, prefix, partitions, max, logger },
    member: () => membership.id,
    async onRow(row) {
      const update = unpackUpdate(parse(row.payload))
      if (update) return dealWith(row, update)
      // Removed by another instance, or not written by an inbox.
      await commands.run(DONE, prefix(), String(row.partition.number), row.id).catch(() => {})
    },
  })

  return {
    async start() {
      isPaused = false
      await membership.start()
      reader.start()
    },
    pause() {
      isPaused = true
      reader.pause()
      membership.leave()
    },
    async stop() {
      await reader.stop()
      await membership.stop()
    },
    async write(arrivals) {
      const args = arrivals.flatMap(arrival => [partitionOf(arrival), arrival.key, arrival.nonce, payloadOf(arrival)])
      const limit = String(Math.ceil(MAX_KEPT / options.partitions))
      const answers = await commands.run(WRITE, prefix(), limit, String(traceMs), ...args)
      reader.wake()
      return Array.isArray(answers) ? answers.map(writtenOf) : []
    },
    async note(arrival) {
      const note = `${partitionOf(arrival)} ${payloadOf(arrival)}`
      await commands.send('HSET', `${prefix()}notes:${membership.id}`, arrival.nonce, note)
    },
    async forget({ nonce }) {
      await commands.send('HDEL', `${prefix()}notes:${membership.id}`, nonce)
    },
    size: async () => Number(await commands.run(SIZE, prefix(), String(options.partitions))),
    deadLetters: () =>
      readDeadLetters(commands, prefix(), update => partitionOf({ update, key: '', nonce: String(Math.random()) })),
  }
}

function writtenOf(answer: unknown): Written {
  if (answer === 'kept') return { state: 'kept' }
  return { state: answer === 'refused' ? 'refused' : 'done' }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    return thrownText(error)
  }
}
