import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'

export interface StressOptions {
  /** Paths as Vitest takes them; none stands for all. */
  readonly paths: readonly string[]
  /** How many rounds. */
  readonly times: number
  /** How many processes keep the machine busy. */
  readonly busy: number
  /** The longest stall in milliseconds that holds the tests up now and then; 0 for none. */
  readonly stalls: number
  /** One file at a time, with nothing beside it. */
  readonly alone: boolean
  /** The same in every round; without it each rolls its own. */
  readonly seed?: number | undefined
  /** The file that gets a line of JSON for each round. */
  readonly log?: string | undefined
}

export const USAGE = `pnpm stress [path…] [--times N] [--busy [N]] [--stalls [MS]] [--alone] [--seed S] [--log FILE]

Runs tests many times over, and lists what was ever red.

  --times N      how many rounds; 10
  --busy [N]     beside N busy processes; without N twice as many as there are cores
  --stalls [MS]  each test's process stands still now and then for up to MS milliseconds, as on a busy machine; 500
  --alone        one file at a time, with nothing beside it
  --seed S       the dice fall the same way in every round
  --log FILE     appends a line of JSON for each round`

/** What a flag without its number stands for. */
const USUAL: ReadonlyMap<string, number> = new Map([
  ['--busy', 2 * availableParallelism()],
  ['--stalls', 500],
])

/** Throws a TypeError for what it does not know. */
export function parseOptions(args: readonly string[]): StressOptions {
  const { values, positionals } = parseArgs({
    args: args.flatMap((arg, at) => {
      const usual = USUAL.get(arg)
      return usual === undefined || isNumber(args[at + 1]) ? [arg] : [arg, String(usual)]
    }),
    allowPositionals: true,
    options: {
      times: { type: 'string', default: '10' },
      busy: { type: 'string', default: '0' },
      stalls: { type: 'string', default: '0' },
      alone: { type: 'boolean', default: false },
      seed: { type: 'string' },
      log: { type: 'string' },
    },
  })
  return {
    paths: positionals,
    times: numberOf('--times', values.times),
    busy: numberOf('--busy', values.busy),
    stalls: numberOf('--stalls', values.stalls),
    alone: values.alone,
    seed: values.seed === undefined ? undefined : numberOf('--seed', values.seed),
    log: values.log,
  }
}

const isNumber = (text: string | undefined): text is string => text !== undefined && /^\d+$/.test(text)

function numberOf(flag: string, text: string): number {
  if (isNumber(text)) return Number(text)
  throw new TypeError(`${flag} ${text} is no whole number`)
}
