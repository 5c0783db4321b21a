import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Simulator } from '@dingware/simulator'

/** A program with the official client, in a process of its own. */
export interface OldBot extends AsyncDisposable {
  readonly process: ChildProcess
  /** What it has printed so far. */
  output(): string
  /** Resolves with the exit code. */
  readonly exited: Promise<number | null>
}

/** Runs a file as the guide says: untouched, with the shim in front that leads its calls to the simulator. */
export function startOldBot(sim: Simulator, file: string, clientSecret = sim.clientSecret): OldBot {
  // The shim as it stands in the sources, which need tsx and the condition.
  const flags = ['--conditions=@dingware/source', '--import', 'tsx', '--import', '@dingware/simulator/register']
  const child = spawn(process.execPath, [...flags, file], {
    env: {
      PATH: process.env.PATH,
      ...sim.environment,
      DINGTALK_CLIENT_ID: sim.clientId,
      DINGTALK_CLIENT_SECRET: clientSecret,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
  }
  const exited = once(child, 'exit').then(([code]) => code)
  return {
    process: child,
    output: () => output,
    exited,
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL')
      await exited
    },
  }
}
