/** Numbers of what happened to frames and their answers since the client was created. */
export interface FrameCounters {
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

/** Creates the counters of frames, all at zero. */
export function createFrameCounters(): FrameCounters {
  return { frames: 0, badFrames: 0, acks: 0, acksDropped: 0, acksLate: 0, overloads: 0 }
}
