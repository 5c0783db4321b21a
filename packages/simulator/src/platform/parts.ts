import { type AwayPrompts, createAwayPrompts } from '../apis/away/prompts.ts'
import { type CardStore, createCardStore } from '../apis/card/store.ts'
import { type CustomRobots, createCustomRobots } from '../apis/custom-robots/store.ts'
import { createEmotions, type Emotions } from '../apis/emotion/store.ts'
import { createFiles, type Files } from '../apis/files/store.ts'
import { createTokens, type Tokens } from '../apis/oauth/tokens.ts'
import { createWebhookRate, type WebhookRate } from '../apis/webhook/rate.ts'
import { createSessions, type Sessions } from '../apis/webhook/sessions.ts'
import { toManualClock } from '../clock/advance.ts'
import { type Clock, type ManualClock, scopedClock } from '../clock/clock.ts'
import { type ArmedFaults, armedFaults } from '../faults/faults.ts'
import { createHub, type Hub } from '../gateway/hub.ts'
import { createPushes, type Pushes } from '../gateway/pushes.ts'
import { createRecords, type Records } from '../gateway/records.ts'
import { createTickets, type Tickets } from '../gateway/tickets.ts'
import type { HttpCall } from '../http/calls.ts'
import { createPermissions, type PermissionStore } from '../limits/permissions.ts'
import { type Counter, createQuota } from '../limits/quota.ts'
import { createThrottle, type Limiter } from '../limits/throttle.ts'
import type { Settings } from '../options/options.ts'
import type { Switches } from '../options/switches.ts'
import { type Bounded, bounded } from '../utils/bounded.ts'
import { type Bus, createBus } from '../utils/bus.ts'
import { createIssuedSecrets, type IssuedSecrets } from '../utils/issued-secrets.ts'
import { createRandom } from '../utils/random.ts'
import { createSent, type SentStore } from '../world/sent.ts'
import { createWorld, type World } from '../world/world.ts'
import type { SimulatorEvent } from './events.ts'

const CALLS_KEPT = 1_000

/** The stores and services that a simulator consists of, before its server listens. */
export interface Parts {
  /** The time, with all that was put off on it in one hand. */
  readonly clock: Clock & { close(): void }
  /** The same time, as one that can be skipped. */
  readonly time: ManualClock
  readonly bus: Bus<SimulatorEvent>
  readonly secrets: IssuedSecrets
  readonly tickets: Tickets
  readonly sessions: Sessions
  readonly tokens: Tokens
  readonly world: World
  readonly hub: Hub
  readonly pushes: Pushes
  readonly records: Records
  readonly cards: CardStore
  /** Cards whose callback waits for its answer. */
  readonly inCallback: Set<string>
  readonly sent: SentStore
  readonly away: AwayPrompts
  readonly customRobots: CustomRobots
  readonly files: Files
  readonly emotions: Emotions
  readonly permissions: PermissionStore
  readonly quota: { readonly api: Counter; readonly push: Counter }
  readonly throttle: Limiter
  readonly webhookRate: WebhookRate
  readonly switches: Switches
  readonly calls: Bounded<HttpCall>
  readonly armed: ArmedFaults
  readonly closing: AbortController
}

export function createParts(settings: Settings): Parts {
  const { clock: source, corpId, seed, connectionPolicy: policy, switches, pushTimeout } = settings
  const time = toManualClock(source)
  const clock = scopedClock(time)
  const bus = createBus<SimulatorEvent>()
  const world = createWorld({ corpId, clock, bus })
  const hub = createHub({ clock, bus, random: createRandom(seed), policy })
  // A row of numbers of its own: which faults strike does not hang on how many pushes there were.
  const armed = armedFaults(createRandom(seed + 1))
  const quota = createQuota(clock)
  const secrets = createIssuedSecrets()
  const permissions = createPermissions(switches)
  const closing = new AbortController()
  return {
    clock,
    time,
    bus,
    secrets,
    tickets: createTickets(clock, secrets),
    sessions: createSessions(clock, secrets),
    tokens: createTokens(clock, secrets, permissions),
    world,
    hub,
    pushes: createPushes({ hub, clock, quota, faults: armed.push, pushTimeout, closed: closing.signal }),
    records: createRecords(clock, bus),
    cards: createCardStore(world, bus),
    inCallback: new Set(),
    sent: createSent(clock, world),
    away: createAwayPrompts(world),
    customRobots: createCustomRobots(secrets),
    files: createFiles(clock, switches, secrets),
    emotions: createEmotions(bus),
    permissions,
    quota,
    throttle: createThrottle(clock, settings.qps),
    webhookRate: createWebhookRate(clock, switches),
    switches,
    calls: bounded<HttpCall>(CALLS_KEPT),
    armed,
    closing,
  }
}
