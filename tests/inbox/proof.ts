import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises'
import type { Simulator } from '@dingware/simulator'
import type { Line } from './replicas.ts'

/** A message as the platform saw it. */
export interface Pushed {
  readonly text: string
  readonly sender: string
  readonly pushedAt: number
  /** When it was answered 200, in time. */
  ackedAt?: number
}

/** Pushes messages of many people, so many a second for so many milliseconds; `pushed` can be looked at meanwhile. */
export async function pushMessages(
  sim: Simulator,
  { rate, duration, people }: { readonly rate: number; readonly duration: number; readonly people: number },
  pushed: Pushed[] = [],
): Promise<Pushed[]> {
  const settled: Promise<unknown>[] = []
  const since = performance.now()
  for (;;) {
    const passed = performance.now() - since
    if (passed > duration) break
    // What is due by now, so that the rate holds however busy the machine is.
    while (pushed.length < (passed / 1_000) * rate) {
      const sender = `user-${pushed.length % people}`
      const message: Pushed = { text: `${sender}/${pushed.length}`, sender, pushedAt: performance.now() }
      pushed.push(message)
      const said = await sim.user(sender).say(message.text)
      // The platform is in this process as well, and must not be held up.
      await nextTurn()
      settled.push(
        said.ack.then(ack => {
          if (ack.status === 'acked' && ack.code === 200) message.ackedAt = performance.now()
        }),
      )
    }
    await sleep(10)
  }
  await Promise.all(settled)
  return pushed
}

/** Messages that were answered and of which no handling has ended. */
export function lost(pushed: readonly Pushed[], lines: readonly Line[]): string[] {
  const ended = new Set(lines.filter(({ what }) => what === 'end').map(({ text }) => text))
  return pushed.filter(({ text, ackedAt }) => ackedAt !== undefined && !ended.has(text)).map(({ text }) => text)
}

/** Messages whose handling began while another instance, which was alive, had not ended it. */
export function handledByTwo(lines: readonly Line[]): string[] {
  const running = new Map<string, number>()
  const twice: string[] = []
  for (const { what, pid, text } of lines) {
    if (what === 'start') {
      if (running.has(text)) twice.push(text)
      running.set(text, pid)
    }
    if (what === 'end') running.delete(text)
    if (what === 'killed') for (const [name, owner] of running) if (owner === pid) running.delete(name)
  }
  return twice
}

/** Messages that began before an earlier one of the same person, which was answered before they were pushed, had ended. */
export function outOfOrder(pushed: readonly Pushed[], lines: readonly Line[]): string[] {
  const firstStart = new Map<string, number>()
  const lastEnd = new Map<string, number>()
  for (const [index, { what, text }] of lines.entries()) {
    if (what === 'start' && !firstStart.has(text)) firstStart.set(text, index)
    if (what === 'end') lastEnd.set(text, index)
  }
  const wrong: string[] = []
  for (const later of pushed) {
    const start = firstStart.get(later.text)
    if (start === undefined) continue
    for (const earlier of pushed) {
      if (earlier === later) break
      if (earlier.sender !== later.sender || earlier.ackedAt === undefined) continue
      const end = lastEnd.get(earlier.text) ?? Number.POSITIVE_INFINITY
      if (earlier.ackedAt < later.pushedAt && end > start) wrong.push(`${later.text} before ${earlier.text}`)
    }
  }
  return wrong
}
