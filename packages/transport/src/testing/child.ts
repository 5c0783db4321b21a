import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { until } from './client.ts'

export interface Child extends AsyncDisposable {
  readonly process: ChildProcess
  /** Text that it wrote so far. */
  readonly stdout: string
  readonly stderr: string
  /** Waits until it wrote a line to stdout. */
  readonly said: (line: string) => Promise<void>
  /** Resolves with the exit code once it ended, without being told to. */
  readonly exited: Promise<number | null>
}

/** Runs a script of `testing/scripts` from its source, in a process of its own. */
export function runScript(name: string, input: object, { env = {}, flags = [] }: ScriptOptions = {}): Child {
  const script = fileURLToPath(new URL(`./scripts/${name}.ts`, import.meta.url))
  const loader = ['--import', 'tsx', '--conditions=@dingware/source']
  const child = spawn(process.execPath, [...flags, ...loader, script, JSON.stringify(input)], {
    env: { ...process.env, DEBUG: undefined, NODE_OPTIONS: undefined, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let [stdout, stderr] = ['', '']
  child.stdout.on('data', chunk => (stdout += chunk))
  child.stderr.on('data', chunk => (stderr += chunk))
  const exited = once(child, 'close').then(([code]) => code)
  return {
    process: child,
    exited,
    get stdout() {
      return stdout
    },
    get stderr() {
      return stderr
    },
    said: line => until(() => stdout.split('\n').includes(line), 10_000),
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL')
      await exited
    },
  }
}

export interface ScriptOptions {
  readonly env?: Readonly<Record<string, string>>
  /** For Node itself. */
  readonly flags?: readonly string[]
}
