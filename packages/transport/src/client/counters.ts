import { createFrameCounters, type FrameCounters } from '../frame/frame-counters.ts'

/** Numbers of what happened since the client was created. */
export interface Counters extends FrameCounters {
  /** Sockets opened. */
  connects: number
  /** Attempts that did not end in an open socket. */
  connectFailures: number
  /** Open sockets lost without the platform's or our own notice. */
  drops: number
}

/** Creates the counters of a client, all at zero. */
export function createCounters(): Counters {
  return { connects: 0, connectFailures: 0, drops: 0, ...createFrameCounters() }
}
