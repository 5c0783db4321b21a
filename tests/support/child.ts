import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'

/** A program in a process of its own, and what it has printed. */
export interface Child extends AsyncDisposable {
  readonly process: ChildProcess
  /** What it has printed so far, to either stream. */
  readonly output: () => string
  /** Waits until it has printed something of that kind, and gives that. */
  readonly printed: (what: string | RegExp) => Promise<string>
  /** Resolves with its exit code once it has ended and everything that it printed has been read. */
  readonly closed: Promise<number | null>
}

export interface ChildOptions {
  readonly env?: Readonly<Record<string, string | undefined>>
  readonly cwd?: string
}

/** Flags by which Node runs the sources of this repository. */
export const FROM_SOURCE: readonly string[] = ['--conditions=@dingware/source', '--import', 'tsx']

/** Starts a program. It is killed when the child is disposed of. */
export function startChild(program: string, args: readonly string[], { env, cwd }: ChildOptions = {}): Child {
  const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  /** Those who look at the output whenever there is more of it. */
  const readers = new Set<() => void>()
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
      for (const read of readers) read()
    })
  }
  // Not `exit`, after which there may be more to read.
  const closed = once(child, 'close').then(([code]): number | null => code)
  const found = (what: string | RegExp): string | undefined =>
    typeof what === 'string' ? (output.includes(what) ? what : undefined) : what.exec(output)?.[0]

  return {
    process: child,
    output: () => output,
    closed,
    printed(what) {
      return new Promise((resolve, reject) => {
        const read = (): void => {
          const text = found(what)
          if (text === undefined) return
          readers.delete(read)
          resolve(text)
        }
        readers.add(read)
        read()
        const ended = (code: number | null): void =>
          reject(new Error(`${program} ended with ${code} before it printed ${what}:\n${output}`))
        closed.then(ended, reject)
      })
    },
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL')
      await closed
    },
  }
}
