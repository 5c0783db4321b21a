import { setImmediate as nextTurn } from 'node:timers/promises'
import { compose, type Middleware } from '@dingware/core'
import { collectGarbage } from '../lib/garbage.ts'
import { measureInTurns } from '../lib/rounds.ts'
import { ratios, summarize } from '../lib/statistics.ts'
import { formatSummary, printTable, verdict } from '../lib/table.ts'
import { isCompiled } from './compiled.ts'
import { koaCompose } from './koa-compose.ts'

const LAYERS = 10
const RUNS = 20_000
const ROUNDS = 61
/** Runs before the first round: the compiler of V8 is done by then, and the runs that are watched are over. */
const WARM_UP = 50_000
const BOUND = 1.25

interface Counter {
  count: number
}

type Chain = (ctx: Counter) => Promise<unknown>

/** What middleware looks like: asynchronous steps that await the next one, and a handler. */
const steps: readonly Middleware<Counter>[] = Array.from({ length: LAYERS }, (_, index) =>
  index === LAYERS - 1
    ? async ctx => {
        ctx.count++
      }
    : async (_ctx, next) => {
        await next()
      },
)

/** What one run of a chain of 10 layers costs, against koa-compose. */
export async function run(): Promise<void> {
  if (!isCompiled()) {
    console.error(
      'Build first, and run without the condition @dingware/source: what tsx makes of the sources is slower.',
    )
    process.exitCode = 1
    return
  }
  const chains: readonly (readonly [string, Chain])[] = [
    ['koa-compose', koaCompose([...steps])],
    ['@dingware/core', compose(steps)],
  ]
  for (const [, chain] of chains) await runOften(chain, WARM_UP)
  const contenders = chains.map(([name, chain]) => ({ name, measure: () => measure(chain) }))
  const [koa = [], ours = []] = await measureInTurns(ROUNDS, contenders)

  const ratio = summarize(ratios(ours, koa))
  console.log(
    `\n  ${LAYERS} layers, ${RUNS.toLocaleString('en-US')} runs a round, ${ROUNDS} rounds in turns; median (extremes)\n`,
  )
  printTable(
    ['', 'µs per run', 'against koa-compose'],
    [
      ['koa-compose', formatSummary(summarize(koa), 2), ''],
      ['@dingware/core', formatSummary(summarize(ours), 2), formatSummary(ratio, 2)],
    ],
  )
  console.log()
  verdict(`at most ${BOUND} times koa-compose`, ratio.median <= BOUND, ratio.median, 2)
  if (ratio.median > BOUND) process.exitCode = 1
}

/** Microseconds of processor time per run: unlike the time on the clock, it leaves out what other processes take. */
async function measure(chain: Chain): Promise<number> {
  collectGarbage()
  await nextTurn()
  const start = process.cpuUsage()
  const count = await runOften(chain, RUNS)
  const { user, system } = process.cpuUsage(start)
  if (count !== RUNS) throw new Error(`The handler ran ${count} times in ${RUNS} runs.`)
  return (user + system) / RUNS
}

async function runOften(chain: Chain, times: number): Promise<number> {
  const ctx: Counter = { count: 0 }
  for (let i = 0; i < times; i++) await chain(ctx)
  return ctx.count
}
