import type { Clock } from '../clock/clock.ts'
import { bounded } from '../utils/bounded.ts'
import type { Bus } from '../utils/bus.ts'
import type { FrameRecord, GatewayEvent, Settled, Violation } from './types.ts'

const FRAMES_KEPT = 5_000
const VIOLATIONS_KEPT = 1_000

/** Records of frames, and of what clients did against the protocol. */
export interface Records {
  readonly frames: readonly FrameRecord[]
  readonly violations: readonly Violation[]
  frame(frame: FrameRecord): void
  violation(connectionId: string, reason: string, raw: string): void
  settled(settled: Settled): void
}

export function createRecords(clock: Clock, bus: Pick<Bus<GatewayEvent>, 'emit'>): Records {
  const frames = bounded<FrameRecord>(FRAMES_KEPT)
  const violations = bounded<Violation>(VIOLATIONS_KEPT)
  return {
    frames: frames.items,
    violations: violations.items,
    frame(frame) {
      frames.push(frame)
      bus.emit({ type: 'frame', frame })
    },
    violation(connectionId, reason, raw) {
      const violation = { at: clock.now(), connectionId, reason, raw }
      violations.push(violation)
      bus.emit({ type: 'violation', violation })
    },
    settled: settled => bus.emit({ type: 'settled', settled }),
  }
}
