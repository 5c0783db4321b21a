import { measureInTurns } from '../lib/rounds.ts'
import { summarize } from '../lib/statistics.ts'
import { formatSummary, markdownTable, printTable } from '../lib/table.ts'
import { type Pair, startPair } from './pair.ts'
import type { FloodOptions } from './server.ts'

const ROUNDS = 5
/** Bytes of messages a round, at most: long ones are fewer. */
const VOLUME = 64 * 1024 * 1024

interface Case {
  readonly name: string
  readonly layers: number
  readonly load: Omit<FloodOptions, 'messages'>
}

const usual = { window: 64, conversations: 64, bytes: 32 }
const conversations = [1, 100, 10_000].map(count => ({
  name: `${count} conversations`,
  layers: 0,
  load: { ...usual, conversations: count },
}))
const layers = [1, 10, 200].map(count => ({ name: `${count} middlewares`, layers: count, load: usual }))
const sizes = [200, 2_000, 20_000, 200_000, 1_000_000].map(bytes => ({
  name: `${bytes} bytes of text`,
  layers: 0,
  load: { ...usual, window: 16, bytes },
}))

/**
 * What a message costs as there are more of something: it should be flat for each message, layer or byte.
 *
 * @returns the table, in markdown
 */
export async function benchGrowth(): Promise<string> {
  console.log(`\nGrowth of the whole bot, ${ROUNDS} rounds each\n`)
  const cases: readonly Case[] = [...conversations, ...layers, ...sizes]
  const pairs: Pair[] = []
  try {
    const contenders = []
    for (const { name, layers, load } of cases) {
      const pair = await startPair('bot', layers)
      pairs.push(pair)
      const messages = Math.max(32, Math.min(10_000, Math.floor(VOLUME / (load.bytes + 1_200))))
      await pair.flood({ ...load, messages })
      contenders.push({ name, measure: () => pair.flood({ ...load, messages }) })
    }
    const lanes = await measureInTurns(ROUNDS, contenders)
    const header = ['median (min–max)', 'CPU µs/message', 'CPU ns/byte']
    const rows = lanes.map((lane, index) => [
      cases[index]?.name ?? '',
      formatSummary(summarize(lane.map(({ micros }) => micros)), 1),
      formatSummary(summarize(lane.map(({ micros, frameBytes }) => (1_000 * micros) / frameBytes)), 1),
    ])
    printTable(header, rows)
    return markdownTable(header, rows)
  } finally {
    await Promise.all(pairs.map(pair => pair.close()))
  }
}
