import type { FrameOutcome } from './frame-answers.ts'

/** After a frame was refused for coming too fast, the next waits at least so long. Milliseconds. */
const THROTTLED_PAUSE = 2_000

/** The times at which frames may be sent, by the clock of `performance`. */
export interface Pace {
  /** Milliseconds until the next frame may be sent; 0 or less: now. */
  readonly left: () => number
  /** A card was delivered: it gets its first frame after `air` milliseconds. */
  readonly delivered: (air: number) => void
  /** A frame without text has opened the stream. */
  readonly opened: () => void
  /** A frame was answered. */
  readonly answered: (kind: FrameOutcome['kind']) => void
}

/** @param interval milliseconds between the end of a frame and the next. */
export function createPace(interval: number): Pace {
  let nextAt = 0
  return {
    left: () => nextAt - performance.now(),
    delivered(air) {
      nextAt = performance.now() + air
    },
    opened() {
      nextAt = Math.max(nextAt, performance.now() + interval)
    },
    answered(kind) {
      nextAt = performance.now() + (kind === 'throttled' ? Math.max(interval, THROTTLED_PAUSE) : interval)
    },
  }
}
