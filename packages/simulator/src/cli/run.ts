import type { SimulatorOptions } from '../options/options.ts'
import { createSimulator, type Simulator } from '../simulator.ts'
import { namesOf } from '../tls/certificate.ts'
import { type KeptCertificate, keptCertificate } from '../tls/kept.ts'
import { messageOf } from '../utils/message-of.ts'
import { armFaults } from './fault.ts'
import { type CliOptions, parseCli, USAGE } from './options.ts'
import { type Recording, record } from './record.ts'
import { startupMessage } from './startup-message.ts'

export interface CliIo {
  readonly out: (text: string) => void
  readonly error: (text: string) => void
  /** Aborts when the user has had enough. */
  readonly signal: AbortSignal
}

/** Runs the command until `signal` aborts; resolves to the exit code: 2 for a wrong command line, 1 for a failure. */
export async function runCli(args: readonly string[], io: CliIo): Promise<number> {
  const request = parseCli(args)
  if (request.kind === 'help') {
    io.out(`${USAGE}\n`)
    return 0
  }
  if (request.kind === 'wrong') {
    io.error(`${request.problem}\nSee dingware-simulator --help\n`)
    return 2
  }
  try {
    const certificate = await certificateFor(request.cli, request.options)
    await using sim = await createSimulator({ ...request.options, ...(certificate && { tls: certificate }) })
    const recording = await prepare(sim, request.cli)
    io.out(startupMessage(sim, certificate?.file))
    await aborted(io.signal)
    await sim.close()
    await recording?.end()
    return 0
  } catch (error) {
    io.error(`${messageOf(error)}\n`)
    return 1
  }
}

async function certificateFor(
  { tlsFolder }: CliOptions,
  { host = '127.0.0.1' }: SimulatorOptions,
): Promise<KeptCertificate | undefined> {
  return tlsFolder === undefined ? undefined : keptCertificate(tlsFolder, namesOf(host))
}

async function prepare(sim: Simulator, cli: CliOptions): Promise<Recording | undefined> {
  armFaults(sim.faults, cli.faults)
  if (cli.apiQuota !== undefined) sim.quota.api.limit = cli.apiQuota
  if (cli.pushQuota !== undefined) sim.quota.push.limit = cli.pushQuota
  return cli.record === undefined ? undefined : record(sim, cli.record)
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    if (signal.aborted) resolve()
    signal.addEventListener('abort', () => resolve())
  })
}
