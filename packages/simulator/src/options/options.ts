import { randomInt } from 'node:crypto'
import * as v from 'valibot'
import { type Clock, systemClock } from '../clock/clock.ts'
import type { Certificate } from '../tls/certificate.ts'
import { defaultSwitches, type Switches } from './switches.ts'
import type { CardTemplate } from './templates.ts'

/**
 * Options of `createSimulator()`; each has a default.
 *
 * @example
 * await createSimulator({ port: 7788, qps: 20, switches: { robotRedelivery: [] } })
 */
export interface SimulatorOptions {
  /** The port to listen on; 0, the default, takes any that is free. */
  readonly port?: number
  /** The address to listen on, `127.0.0.1` by default: nothing outside this machine reaches it. */
  readonly host?: string
  /**
   * Speaks `https` and `wss` instead of `http` and `ws`: with a certificate of its own, which clients have to trust
   * (`sim.certificate`), or with yours, in PEM. False by default. For clients that know nothing else, like the official
   * one for Java.
   */
  readonly tls?: boolean | Certificate
  /** The app's id (AppKey), `ding-simulator` by default. */
  readonly clientId?: string
  /** The app's secret (AppSecret), `simulator-secret` by default. */
  readonly clientSecret?: string
  /** The bot's name in the chat, `Bot` by default. */
  readonly botName?: string
  /** The organisation's id, `dingsimulator00000001` by default. */
  readonly corpId?: string
  /** The folder of the built chat page; `false` serves none. By default the page that comes with this package. */
  readonly page?: string | false
  /**
   * The connection that gets a push when the app has several: one at random (`share`, the default), or only the newest
   * (`displace`: a new one closes those before it).
   */
  readonly connectionPolicy?: 'share' | 'displace'
  /** Milliseconds until the first SYSTEM ping on a connection, 1,000 by default. */
  readonly firstPing?: number
  /** Milliseconds between the following pings, 20,000 by default; Infinity for none. */
  readonly pingInterval?: number
  /**
   * Milliseconds that the bot has for the ack of a push, 3,000 by default as on the platform; for cards it is 2,000 in
   * any case.
   */
  readonly pushTimeout?: number
  /** Calls a second per API; Infinity by default. `sim.throttle` can tell APIs apart. */
  readonly qps?: number
  /** The card templates that exist; by default any id is one. */
  readonly templates?: Readonly<Record<string, CardTemplate>>
  /** Switches to set from the start: the behaviour where the platform's is unclear. `sim.switches` changes them later. */
  readonly switches?: Partial<Switches>
  /** Seed of the random numbers that choose connections and strikes of faults. Random by default; give one to repeat a run. */
  readonly seed?: number
  /** The time that expiries and deadlines go by; that of the machine by default. `sim.clock` can skip it either way. */
  readonly clock?: Clock
}

export type Settings = Required<Omit<SimulatorOptions, 'page' | 'templates' | 'switches'>> & {
  readonly page: string | false | undefined
  readonly templates: Readonly<Record<string, CardTemplate>> | undefined
  readonly switches: Switches
}

const millis = 'a number of milliseconds, at least 0, or Infinity'
const span = v.optional(v.pipe(v.number(millis), v.minValue(0, millis)))
const port = 'a whole number from 0 to 65535'
const certificate = 'true, false, or { cert, key } in PEM'
const pem = v.pipe(v.string(), v.includes('-----BEGIN '))
const policies = ['share', 'displace'] as const

/** Checks the options whose wrong values would show much later, or never. */
const schema = v.looseObject({
  port: v.optional(v.pipe(v.number(port), v.integer(port), v.minValue(0, port), v.maxValue(65_535, port))),
  connectionPolicy: v.optional(v.picklist(policies, policies.join(' or '))),
  firstPing: span,
  pingInterval: span,
  pushTimeout: span,
  qps: v.optional(v.pipe(v.number('a number above 0'), v.gtValue(0, 'a number above 0'))),
  tls: v.optional(v.union([v.boolean(), v.looseObject({ cert: pem, key: pem })], certificate)),
  seed: v.optional(v.pipe(v.number('a finite number'), v.finite('a finite number'))),
})

/** @throws TypeError that names the option, and what it may be. */
function check(options: unknown): void {
  const { issues } = v.safeParse(schema, options, { abortEarly: true })
  if (!issues) return
  const path = v.getDotPath(issues[0])
  throw new TypeError(
    path === null
      ? `createSimulator() takes one object of options, not a ${typeof options}. Write createSimulator({ … }).`
      : `createSimulator(): \`${path}\` is ${shown(path, issues[0].input)}, but it has to be ${issues[0].message}. Nothing was started. Correct it, or leave it out for its default.`,
  )
}

/** A private key may be what is wrong with `tls`. */
function shown(path: string, input: unknown): string {
  return path.startsWith('tls') ? `something of type ${typeof input}` : String(input)
}

/** @throws TypeError for an option that cannot be. */
export function withDefaults(options: SimulatorOptions): Settings {
  check(options)
  return {
    port: 0,
    host: '127.0.0.1',
    tls: false,
    clientId: 'ding-simulator',
    clientSecret: 'simulator-secret',
    botName: 'Bot',
    corpId: 'dingsimulator00000001',
    connectionPolicy: 'share',
    firstPing: 1_000,
    pingInterval: 20_000,
    pushTimeout: 3_000,
    qps: Number.POSITIVE_INFINITY,
    seed: randomInt(2 ** 31),
    clock: systemClock(),
    ...options,
    page: options.page,
    templates: options.templates,
    switches: { ...defaultSwitches(), ...options.switches },
  }
}
