import { createSimulator, type Simulator } from '@dingware/simulator'
import { type Child, startChild } from '../../support/child.ts'

/** A bot in a process of its own, and the DingTalk that it is connected to. */
export interface StartedBot extends AsyncDisposable {
  readonly sim: Simulator
  readonly child: Child
}

export interface StartOptions {
  /** Folder to start it in. */
  readonly cwd?: string
  /** Environment variables besides those of the simulator. */
  readonly env?: (sim: Simulator) => Readonly<Record<string, string>>
  readonly tls?: boolean
}

/** Starts a simulator and a program that is a bot. */
export async function startBot(command: readonly string[], options: StartOptions = {}): Promise<StartedBot> {
  const [program = '', ...args] = command
  const sim = await createSimulator({ tls: options.tls ?? false })
  const env = { ...process.env, NODE_OPTIONS: '', ...sim.environment, ...options.env?.(sim) }
  const child = startChild(program, args, { env, ...(options.cwd ? { cwd: options.cwd } : {}) })
  return {
    sim,
    child,
    async [Symbol.asyncDispose]() {
      await child[Symbol.asyncDispose]()
      await sim.close()
    },
  }
}

/** Waits until the bot is connected. What it printed is told if it does not come. */
export async function connected({ sim, child }: StartedBot): Promise<void> {
  await sim.connected(1, { timeout: 30_000 }).catch(error => {
    throw new Error(`${error.message}\n${child.output()}`)
  })
}
