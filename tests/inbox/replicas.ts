import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Simulator } from '@dingware/simulator'

const program = fileURLToPath(new URL('./replica.ts', import.meta.url))

/** What was noted, in the order in which it happened. */
export interface Line {
  readonly what: 'start' | 'end' | 'killed'
  readonly pid: number
  readonly text: string
}

export interface Replica {
  readonly pid: number
  /** Ends it as a crash would: -9. */
  readonly kill: () => Promise<void>
  /** Asks it to stop, and waits for that. */
  readonly stop: () => Promise<void>
  /** What it wrote to its standard error. */
  readonly complaints: () => string
}

/** Instances of one bot, each a process, and what they note. */
export interface Replicas extends AsyncDisposable {
  /** A path in a folder that goes when this does. */
  readonly path: (name: string) => string
  /** Resolves when it is connected. */
  readonly start: (env: Readonly<Record<string, string>>) => Promise<Replica>
  readonly lines: () => readonly Line[]
}

export async function createReplicas(sim: Simulator): Promise<Replicas> {
  const folder = await mkdtemp(join(tmpdir(), 'dingware-inbox-'))
  const path = (name: string): string => join(folder, name)
  const journal = path('journal')
  const children = new Set<ChildProcess>()
  appendFileSync(journal, '')

  return {
    path,
    async start(env) {
      const child = spawn(process.execPath, ['--import', 'tsx', program], {
        env: {
          ...process.env,
          ...{ NODE_OPTIONS: undefined, JOURNAL: journal },
          ...sim.environment,
          ...env,
        },
      })
      children.add(child)
      const { pid = 0 } = child
      const exited = once(child, 'exit')
      let complaints = ''
      child.stderr.on('data', (chunk: Buffer) => {
        complaints += chunk
      })
      await lineOf(child, 'online').catch(error => {
        throw new Error(`${error.message}\n${complaints}`)
      })
      return {
        pid,
        complaints: () => complaints,
        async kill() {
          child.kill('SIGKILL')
          // Noted at once, because this process may be too busy to hear of it before others have taken over; and again
          // afterwards, for what was written in between.
          appendFileSync(journal, `killed ${pid} -\n`)
          await exited
          appendFileSync(journal, `killed ${pid} -\n`)
        },
        async stop() {
          child.kill('SIGTERM')
          await exited
        },
      }
    },
    lines: () => readFileSync(journal, 'utf8').split('\n').filter(Boolean).map(parseLine),
    async [Symbol.asyncDispose]() {
      for (const child of children) child.kill('SIGKILL')
      await Promise.all([...children].map(child => child.exitCode ?? child.signalCode ?? once(child, 'exit')))
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function lineOf(child: ChildProcess, wanted: string): Promise<void> {
  if (!child.stdout) throw new Error('The process has no output.')
  const lines = createInterface(child.stdout)
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`It ended with ${code} before it said ${wanted}.`)
  })
  ended.catch(() => {})
  const said = new Promise<void>(resolve => lines.on('line', line => line === wanted && resolve()))
  await Promise.race([said, ended])
}

function parseLine(line: string): Line {
  const [what, pid, ...text] = line.split(' ')
  if (what !== 'start' && what !== 'end' && what !== 'killed') throw new Error(`This is no line of a journal: ${line}`)
  return { what, pid: Number(pid), text: text.join(' ') }
}
