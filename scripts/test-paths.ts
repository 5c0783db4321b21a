import { relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseCLI } from 'vitest/node'

const root = fileURLToPath(new URL('..', import.meta.url))

/** What this run of Vitest was asked for; `undefined` where another program asked for it. */
function commandLine(): ReturnType<typeof parseCLI> | undefined {
  const [, program = '', ...args] = process.argv
  return /vitest/.test(program) ? parseCLI(['vitest', ...args], { allowUnknownOptions: true }) : undefined
}

/** The paths that this run of Vitest was asked for, relative to the repository. None stands for everything. */
export function requestedPaths(): string[] {
  const { filter = [], options } = commandLine() ?? {}
  return [filter, options?.related ?? []].flat().map(path => relative(root, resolve(path)))
}

/** Whether the files are to come in another order each time. A sequencer of our own would keep Vitest's from that. */
export function isShuffleRequested(): boolean {
  const shuffle = commandLine()?.options.sequence?.shuffle
  return typeof shuffle === 'object' ? shuffle.files === true : shuffle === true
}

/**
 * Whether the types are to be tested too. The compiler reads all packages whatever it is asked for, which takes longer
 * than most tests: so they belong to whole packages, and to those who name a test of types.
 */
export function areTypesRequested(paths: readonly string[]): boolean {
  const whole = /^(packages(\/[^/]+(\/src)?)?)?$/
  return paths.length === 0 || paths.some(path => whole.test(path) || path.includes('.test-d'))
}

/** Whether a test may open the chat page. */
export function isPageRequested(paths: readonly string[]): boolean {
  return paths.length === 0 || paths.some(path => !/^packages\/(transport|core|cards)(\/|$)/.test(path))
}

/** Whether a test may stand on the built packages, as all but those of the packages themselves do. */
export function arePackagesRequested(paths: readonly string[]): boolean {
  return paths.length === 0 || paths.some(path => !path.startsWith('packages/'))
}
