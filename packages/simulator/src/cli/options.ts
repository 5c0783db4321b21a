import { homedir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { SimulatorOptions } from '../options/options.ts'
import { messageOf } from '../utils/message-of.ts'
import { type CliFault, parseFault } from './fault.ts'

const DEFAULT_PORT = 7788

/** A parsed command line. */
export type CliRequest =
  | { readonly kind: 'start'; readonly options: SimulatorOptions; readonly cli: CliOptions }
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong'; readonly problem: string }

export interface CliOptions {
  readonly faults: readonly CliFault[]
  readonly record: string | undefined
  /** A month's API calls and pushes. */
  readonly apiQuota: number | undefined
  readonly pushQuota: number | undefined
  /** The folder in which the certificate of TLS is kept; undefined without TLS. */
  readonly tlsFolder: string | undefined
}

const text = { type: 'string' } as const
const accepted = {
  port: text,
  host: text,
  tls: { type: 'boolean' },
  'tls-folder': text,
  'app-id': text,
  secret: text,
  'bot-name': text,
  'corp-id': text,
  qps: text,
  'api-quota': text,
  'push-quota': text,
  seed: text,
  record: text,
  faults: { type: 'string', multiple: true },
  help: { type: 'boolean', short: 'h' },
} as const

export const USAGE: string = `dingware-simulator: a DingTalk on this machine, for developing and testing bots.

  --port N          where to listen: ${DEFAULT_PORT}; 0 takes any port that is free
  --host ADDRESS    the address to listen on: 127.0.0.1, which nobody else reaches
  --tls             speaks https and wss, with a certificate that clients have to trust: the official Java client
                    knows nothing else
  --tls-folder DIR  where that certificate is kept, so that it is trusted once: ~/.dingware-simulator
  --app-id ID       the app's clientId: ding-simulator
  --secret SECRET   its clientSecret: simulator-secret
  --bot-name NAME   the bot's name in the chat: Bot
  --corp-id ID      the organisation
  --qps N           calls a second per API: no limit
  --api-quota N     calls a month: no limit
  --push-quota N    pushes a month: no limit
  --faults FAULT    what goes wrong; may be given many times. A name and, after commas, path= method= topic=
                    times= probability= delay= status= retryAfter= applied, for example
                      --faults qps,path=/v1.0/card/streaming,probability=0.1
                      --faults slow,delay=3000,times=5
                      --faults duplicate,probability=0.2
  --record FILE     writes every frame and call to FILE, one JSON a line, secrets included
  --seed N          makes what is left to chance come out the same each time
  --help`

/** Reads the arguments after the program's name. */
export function parseCli(args: readonly string[]): CliRequest {
  try {
    const { values } = parseArgs({ args: [...args], options: accepted, strict: true })
    if (values.help) return { kind: 'help' }
    const options: SimulatorOptions = {
      port: number('port', values.port, 65_535) ?? DEFAULT_PORT,
      ...given('host', values.host),
      ...given('clientId', values['app-id']),
      ...given('clientSecret', values.secret),
      ...given('botName', values['bot-name']),
      ...given('corpId', values['corp-id']),
      ...given('qps', number('qps', values.qps)),
      ...given('seed', number('seed', values.seed)),
    }
    const cli = {
      faults: (values.faults ?? []).map(parseFault),
      record: values.record,
      apiQuota: number('api-quota', values['api-quota']),
      pushQuota: number('push-quota', values['push-quota']),
      tlsFolder: values.tls ? (values['tls-folder'] ?? join(homedir(), '.dingware-simulator')) : undefined,
    }
    if (values['tls-folder'] !== undefined && !values.tls) throw new Error('--tls-folder says nothing without --tls')
    return { kind: 'start', options, cli }
  } catch (error) {
    return { kind: 'wrong', problem: messageOf(error) }
  }
}

function given<K extends string, V>(key: K, value: V | undefined): { readonly [key in K]?: V } {
  const entry: { [key in K]?: V } = {}
  if (value !== undefined) entry[key] = value
  return entry
}

function number(name: string, value: string | undefined, max: number = Number.MAX_SAFE_INTEGER): number | undefined {
  if (value === undefined) return undefined
  const parsed = Number(value)
  if (Number.isInteger(parsed) && parsed >= 0 && parsed <= max && value.trim() !== '') return parsed
  throw new Error(`--${name} ${value} is no number from 0 to ${max}`)
}
