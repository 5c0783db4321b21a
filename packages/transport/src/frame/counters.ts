/** What happened since the client was created. */
export interface Counters {
  /** Sockets opened. */
  connects: number
  /** Attempts that did not end in an open socket. */
  connectFailures: number
  /** Open sockets lost without the platform's or our own notice. */
  drops: number
  /** Frames read, SYSTEM frames included. */
  frames: number
  /** Frames that could not be read. */
  badFrames: number
  /** Answers sent. */
  acks: number
  /** Answers that had nowhere to go, because their socket was gone. */
  acksDropped: number
  /** Answers sent later than the platform waits (3 s). */
  acksLate: number
  /** Frames refused because too many were waiting, or because the client was stopping. */
  overloads: number
}

export function createCounters(): Counters {
  return {
    connects: 0,
    connectFailures: 0,
    drops: 0,
    frames: 0,
    badFrames: 0,
    acks: 0,
    acksDropped: 0,
    acksLate: 0,
    overloads: 0,
  }
}
