/** `pnpm stress [path…]`: runs tests many times over, and lists what was ever red. */
import { appendFile } from 'node:fs/promises'
import { startLoad } from './stress/load.ts'
import { parseOptions, type StressOptions, USAGE } from './stress/options.ts'
import { createTally } from './stress/tally.ts'
import { listFiles, runVitest, type VitestRun } from './stress/vitest-run.ts'

const SEEDS = 2 ** 31

process.exitCode = await main(process.argv.slice(2))

async function main(args: readonly string[]): Promise<number> {
  try {
    return (await stress(parseOptions(args))) ? 0 : 1
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    console.error(`${error.message}\n\n${USAGE}`)
    return 2
  }
}

/** Resolves to whether all was green. */
async function stress(options: StressOptions): Promise<boolean> {
  let isStopped = false
  process.once('SIGINT', () => {
    isStopped = true
  })
  using _load = startLoad(options.busy)
  const tally = createTally()
  const groups = options.alone ? (await listFiles(options.paths)).map(file => [file]) : [options.paths]
  let isGreen = true
  for (let round = 1; round <= options.times && !isStopped; round++) {
    const seed = options.seed ?? Math.floor(Math.random() * SEEDS)
    const startedAt = new Date()
    const runs: VitestRun[] = []
    process.stdout.write(`round ${round} of ${options.times}, seed ${seed} `)
    for (const paths of groups) {
      const run = await runVitest(paths, seed, options.stalls)
      // What Ctrl-C cut off was not red.
      if (isStopped) break
      runs.push(run)
      tally.add(run.files, seed)
      process.stdout.write(run.passed ? '.' : `✗\n${run.output}\n`)
    }
    console.log(` ${Math.round((Date.now() - startedAt.getTime()) / 1000)} s`)
    isGreen &&= runs.every(({ passed }) => passed)
    if (options.log !== undefined)
      await appendFile(options.log, `${lineOf({ round, seed, startedAt, runs, options })}\n`)
  }
  console.log(`\n${tally.table()}`)
  return isGreen
}

interface Round {
  readonly round: number
  readonly seed: number
  readonly startedAt: Date
  readonly runs: readonly VitestRun[]
  readonly options: StressOptions
}

function lineOf({ round, seed, startedAt, runs, options: { busy, stalls, alone } }: Round): string {
  const files = runs.flatMap(run => run.files)
  return JSON.stringify({
    round,
    seed,
    busy,
    stalls,
    alone,
    startedAt,
    endedAt: new Date(),
    passed: runs.every(({ passed }) => passed),
    red: files.filter(({ red }) => red.length > 0).map(({ file, red }) => ({ file, tests: red })),
    milliseconds: Object.fromEntries(files.map(({ file, milliseconds }) => [file, milliseconds])),
  })
}
