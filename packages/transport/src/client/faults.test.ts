import { createSimulator, type Delivery, type Simulator } from '@dingware/simulator'
import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import type { StreamFrame } from '../frame/stream-frame.ts'
import { BOT_PUSH, createClient, FAST, openConnections, type TestClient, until } from '../testing/client.ts'

/** Set it to the seed that a failure printed, to see the same faults again. */
const SEED = Number(process.env.DINGWARE_SEED ?? Date.now() % 2 ** 31)
const SEQUENCES = 60
/** After so many milliseconds a slow machine has played enough of them. */
const ENOUGH = 25_000

/** Steps of a game, one after the other. `who` chooses the connection that is struck; `all` strikes every one. */
const steps = fc.oneof(
  fc.record({
    kind: fc.constantFrom('drop', 'reset', 'halfOpen', 'disconnect', 'garbage'),
    who: fc.oneof(fc.nat(4), fc.constant('all' as const)),
  }),
  fc.record({
    kind: fc.constantFrom('refuse', 'gateway503', 'authFailed', 'slowHandshake'),
    times: fc.integer({ min: 1, max: 3 }),
  }),
  fc.constant({ kind: 'clockJump' as const }),
  fc.record({ kind: fc.constant('push' as const), times: fc.integer({ min: 1, max: 5 }) }),
  fc.record({ kind: fc.constant('pause' as const), ms: fc.nat(40) }),
)
type Step = typeof steps extends fc.Arbitrary<infer S> ? S : never

const GARBAGE = ['{', '[]', '{"type":"NEWS","headers":{"topic":"x"}}', '{"type":"EVENT","header":{"topic":5}}']

const REFUSAL = { status: 401, body: { code: 'authFailed', message: '鉴权失败' } }
const WAIT = { timeout: 10_000 }

/** By how much the wall clock of this process is ahead. */
let clockOffset = 0

async function play(sim: Simulator, step: Step): Promise<Delivery[]> {
  if ('who' in step) strike(sim, step)
  else if (step.kind === 'refuse') sim.faults.handshake({ refuse: 503, times: step.times })
  else if (step.kind === 'slowHandshake') sim.faults.handshake({ delay: 30 * step.times })
  else if (step.kind === 'gateway503') sim.faults.gateway.answer({ status: 503, times: step.times })
  else if (step.kind === 'authFailed') sim.faults.gateway.answer({ ...REFUSAL, times: step.times })
  else if (step.kind === 'clockJump') clockOffset += 5_000
  else if (step.kind === 'pause') await new Promise(resolve => setTimeout(resolve, step.ms))
  else return pushes(sim, step.times)
  return []
}

function strike(sim: Simulator, { kind, who }: Extract<Step, { readonly who: unknown }>): void {
  const open = openConnections(sim)
  const victim = who === 'all' ? {} : { connectionId: open[who % Math.max(1, open.length)]?.id ?? 'nobody' }
  if (kind === 'garbage') sim.faults.garbage(GARBAGE[who === 'all' ? 0 : who % GARBAGE.length] ?? '', victim)
  else if (kind === 'disconnect') sim.faults.disconnect({ ...victim, closeAfter: 30 })
  else sim.faults[kind](victim)
}

function pushes(sim: Simulator, count: number): Promise<Delivery[]> {
  return Promise.all(Array.from({ length: count }, () => sim.push(BOT_PUSH)))
}

/** Waits until the client holds its connections again, and answers on each of them. */
async function recover(sim: Simulator, client: TestClient, connections: number): Promise<void> {
  const ids = (): string[] => sim.connections.map(({ id }) => id)
  for (;;) {
    const isWhole = (): boolean => client.state === 'online' && client.stats().connections === connections
    await sim.until(() => openConnections(sim).length === connections && ids().length === connections, WAIT)
    await until(isWhole, WAIT.timeout)
    const before = ids()
    const results = await Promise.all((await pushes(sim, 3 * connections)).map(({ ack }) => ack))
    // A fault may still be on its way: then some connection was replaced meanwhile, and another look is due.
    if (results.every(({ status }) => status === 'acked') && String(before) === String(ids())) return
    expect(results.map(({ status }) => status)).not.toContain('timeout')
    await new Promise(resolve => setTimeout(resolve, 5))
  }
}

/** A handler that takes its time, answers, and answers once more. It keeps count of the answers that went out. */
function answerTwice(answers: Map<string, number>): (frame: StreamFrame) => void {
  return frame => {
    const { messageId = '' } = frame.headers
    const answer = (): void => {
      if (frame.respond()) answers.set(messageId, (answers.get(messageId) ?? 0) + 1)
    }
    setTimeout(answer, messageId.charCodeAt(messageId.length - 1) % 7)
    setTimeout(answer, 9)
  }
}

const sequences = fc.array(steps, { minLength: 1, maxLength: 12 })
const name = `after any sequence of faults it is back and owes nothing (DINGWARE_SEED=${SEED})`

test(name, { timeout: 60_000 }, async () => {
  const realNow = Date.now.bind(Date)
  vi.spyOn(Date, 'now').mockImplementation(() => realNow() + clockOffset)
  await using sim = await createSimulator({ seed: SEED, firstPing: 5, pingInterval: 20, pushTimeout: 5_000 })
  const timings = { ...FAST, heartbeat: { interval: 30 }, wake: { interval: 10, jump: 1_000 } }

  const since = performance.now()
  const property = fc.asyncProperty(fc.integer({ min: 1, max: 3 }), sequences, async (connections, sequence) => {
    if (performance.now() - since > ENOUGH) return
    const answers = new Map<string, number>()
    await using client = createClient(sim, { ...timings, connections, onFrame: answerTwice(answers) })
    await client.start()
    const deliveries: Delivery[] = []
    for (const step of sequence) deliveries.push(...(await play(sim, step)))
    await recover(sim, client, connections)
    const results = await Promise.all(deliveries.map(({ ack }) => ack))
    expect(results.map(({ status }) => status)).not.toContain('timeout')
    expect([...answers.values()].filter(count => count !== 1)).toEqual([])
    expect(sim.violations).toEqual([])
    sim.faults.clear()
    await client.stop()
    expect(client.stats().connections).toBe(0)
    await sim.until(() => sim.connections.length === 0)
  })
  await fc.assert(property, { numRuns: SEQUENCES, seed: SEED, endOnFailure: true })
})
