import { verdict } from '../lib/table.ts'
import { naive } from './naive.ts'
import { ours } from './ours.ts'
import { printResults } from './report.ts'
import { measure, type Scenario, type Way } from './scenario.ts'

const LATENCY = 50
const PER_SECOND = 40

/** What streaming an answer into cards costs, for one user and for many, beside one call for each token. */
export async function run(): Promise<void> {
  console.log(`\nAI cards: the platform answers after ${LATENCY} ms and takes ${PER_SECOND} calls/s of each card API;`)
  console.log('  a token every 15 ms; "tail" is the time from the last token until the card shows all and has ended.\n')
  const one = await compare({ users: 1, tokens: 200 })
  const ten = await compare({ users: 10, tokens: 100 })
  const hundred = await compare({ users: 100, tokens: 100 })
  console.log()
  verdict('one user: cards that end with the whole text', one.complete === 1, one.complete)
  verdict('one user: calls that were refused twice', one.refusedTwice === 0, one.refusedTwice)
  verdict('one user: ended within 1,200 ms after the last token', one.tails.max <= 1_200, one.tails.max)
  verdict('ten users: cards that end with the whole text', ten.complete === 10, ten.complete)
  verdict('ten users: all ended within 2,500 ms after the last token', ten.tails.max <= 2_500, ten.tails.max)
  verdict('a hundred users: cards that end with the whole text', hundred.complete === 100, hundred.complete)
}

async function compare(scenario: Scenario): ReturnType<typeof measure> {
  const setting = { latency: LATENCY, perSecond: PER_SECOND }
  const ways: readonly Way[] = [ours, naive]
  const results = []
  for (const way of ways) results.push({ name: way.name, ...(await measure(way, scenario, setting)) })
  printResults(scenario, results)
  const [first] = results
  if (!first) throw new Error('nothing was measured')
  return first
}
