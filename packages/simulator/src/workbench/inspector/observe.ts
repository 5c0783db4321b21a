import type { Clock } from '../../clock/clock.ts'
import type { ConnectionInfo, Violation } from '../../gateway/types.ts'
import type { HttpCall } from '../../http/calls.ts'
import type { SimulatorEvent } from '../../platform/events.ts'
import type { Bus } from '../../utils/bus.ts'
import { type Frames, type FramesDeps, observeFrames } from './observe-frames.ts'
import { previewOf } from './preview.ts'
import type { EntryState } from './protocol.ts'

export interface ObserveDeps extends FramesDeps {
  readonly bus: Pick<Bus<SimulatorEvent>, 'on'>
  readonly clock: Pick<Clock, 'now'>
}

/** Writes what happens into the timeline. The function that comes back ends that. */
export function observe(deps: ObserveDeps): () => void {
  const frames = observeFrames(deps)
  let connections: readonly ConnectionInfo[] = []
  return deps.bus.on(event => {
    switch (event.type) {
      case 'frame':
        return frames.frame(event.frame)
      case 'settled':
        return frames.settled(event.settled)
      case 'violation':
        return violated(deps, frames, event.violation)
      case 'call':
        return called(deps, event.call)
      case 'connections':
        connected(deps, connections, event.connections)
        connections = event.connections
    }
  })
}

function violated({ timeline, finder, mask }: ObserveDeps, frames: Frames, violation: Violation): void {
  const note = { kind: 'violation', reason: violation.reason } as const
  const offender = frames.offender(violation.raw)
  if (offender !== undefined) {
    timeline.change(offender, { note })
    return
  }
  timeline.add(
    {
      at: violation.at,
      kind: 'violation',
      direction: 'up',
      title: '',
      conversationIds: finder.ofFrame(violation.raw),
      state: 'failed',
      note,
      preview: previewOf(mask(violation.raw, 'push')),
      replayable: false,
    },
    { kind: 'violation', violation },
  )
}

function called({ timeline, finder, mask }: ObserveDeps, call: HttpCall): void {
  timeline.add(
    {
      at: call.at,
      kind: 'call',
      direction: 'up',
      title: `${call.method} ${call.path}`,
      conversationIds: finder.ofCall(call),
      ...callState(call),
      duration: call.duration,
      preview: previewOf(mask(call.body, 'call')),
      replayable: false,
      ...(call.fault !== undefined && { note: { kind: 'fault', name: call.fault } }),
    },
    { kind: 'call', call },
  )
}

/** Old APIs always answer HTTP 200, and say no by `errcode`. */
function callState({ status, answer }: HttpCall): { readonly state: EntryState; readonly code: number } {
  const errcode = typeof answer === 'object' && answer !== null && 'errcode' in answer ? Number(answer.errcode) : 0
  if (errcode !== 0) return { state: 'failed', code: errcode }
  return { state: status >= 200 && status < 400 ? 'ok' : 'failed', code: status }
}

function connected(
  { timeline, clock }: ObserveDeps,
  before: readonly ConnectionInfo[],
  now: readonly ConnectionInfo[],
): void {
  for (const { info, state } of changesOf(before, now)) {
    timeline.add(
      {
        at: clock.now(),
        kind: 'system',
        direction: 'up',
        title: '',
        conversationIds: [],
        state: 'ok',
        note: { kind: 'connection', state },
        preview: `${info.ua} ${info.id}`.trim(),
        replayable: false,
      },
      { kind: 'connection', info },
    )
  }
}

function changesOf(before: readonly ConnectionInfo[], now: readonly ConnectionInfo[]) {
  const old = new Map(before.map(info => [info.id, info]))
  const current = new Set(now.map(({ id }) => id))
  const changed = now.flatMap(info => {
    if (old.get(info.id)?.state === info.state) return []
    return { info, state: info.state === 'open' ? ('opened' as const) : info.state }
  })
  const gone = before.filter(({ id }) => !current.has(id)).map(info => ({ info, state: 'closed' as const }))
  return [...changed, ...gone]
}
