import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import * as v from 'valibot'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** How a file of tests did. */
export interface FileResult {
  /** Relative to the repository. */
  readonly file: string
  readonly milliseconds: number
  /** The names of the tests that failed; the file itself where it failed as a whole. */
  readonly red: readonly string[]
}

export interface VitestRun {
  readonly files: readonly FileResult[]
  /** Whether all was well, also with what belongs to no file, such as an error that nobody handled. */
  readonly passed: boolean
  readonly output: string
}

const report = v.object({
  testResults: v.array(
    v.object({
      name: v.string(),
      status: v.string(),
      startTime: v.number(),
      endTime: v.number(),
      assertionResults: v.array(v.object({ fullName: v.string(), status: v.string() })),
    }),
  ),
})

/** Runs tests once, in a process of its own, with a seed that also says in which order the files come. */
export async function runVitest(paths: readonly string[], seed: number, stalls: number): Promise<VitestRun> {
  const folder = await mkdtemp(join(tmpdir(), 'dingware-stress-'))
  const file = join(folder, 'report.json')
  try {
    const { code, output } = await vitest(
      [
        'run',
        ...paths,
        '--typecheck.enabled=false',
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${file}`,
        '--sequence.shuffle.files',
        `--sequence.seed=${seed}`,
        // Who stands still leaves the cores to others.
        ...(stalls > 0 ? [`--maxWorkers=${4 * availableParallelism()}`] : []),
      ],
      { DINGWARE_SEED: String(seed), ...(stalls > 0 && { DINGWARE_STALLS: String(stalls) }) },
    )
    const json = await readFile(file, 'utf8').catch(() => '{"testResults":[]}')
    const files = v.parse(report, JSON.parse(json)).testResults.map(fileResultOf)
    return { files, passed: code === 0, output }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The files of tests at those paths, relative to the repository. */
export async function listFiles(paths: readonly string[]): Promise<string[]> {
  const { code, output } = await vitest(['list', ...paths, '--filesOnly', '--typecheck.enabled=false'], {})
  if (code !== 0) throw new Error(`Vitest does not list its files:\n${output}`)
  return output.split('\n').filter(line => line.includes('.test.'))
}

async function vitest(args: readonly string[], env: Readonly<Record<string, string>>) {
  const child = spawn(`${root}node_modules/.bin/vitest`, args, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  return { code, output: stdout + stderr }
}

function fileResultOf(result: v.InferOutput<typeof report>['testResults'][number]): FileResult {
  const file = relative(root, result.name)
  const red = result.assertionResults.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName)
  return {
    file,
    milliseconds: Math.round(result.endTime - result.startTime),
    red: red.length === 0 && result.status === 'failed' ? [file] : red,
  }
}
