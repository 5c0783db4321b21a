import type { Card } from '../apis/card/types.ts'
import type { StoredFile } from '../apis/files/store.ts'
import type { FrameRecord, Violation } from '../gateway/types.ts'
import type { HttpCall } from '../http/calls.ts'
import type { SimulatorEvent } from '../platform/events.ts'
import type { Platform } from '../server/platform.ts'
import type { Waiter, WaitOptions } from '../utils/wait.ts'
import type { Message } from '../world/types.ts'

/** Everything that a simulator has recorded. The lists are live, and keep their newest entries. */
export interface Observations {
  /** Messages of people and bots, oldest first; up to 10,000. */
  readonly messages: readonly Message[]
  /** Cards by `outTrackId`; up to 10,000. */
  readonly cards: ReadonlyMap<string, Card>
  /** HTTP requests with their answers, oldest first, secrets included; up to 1,000. */
  readonly calls: readonly HttpCall[]
  /** Frames in both directions, oldest first; up to 5,000. */
  readonly frames: readonly FrameRecord[]
  /**
   * Everything that clients did against the protocol, oldest first; up to 1,000.
   *
   * @example
   * afterEach(() => expect(sim.violations).toEqual([]))
   */
  readonly violations: readonly Violation[]
  /** The bot's reactions to a message, as the bodies of the calls that set them. */
  reactions(message: Pick<Message, 'id'>): readonly unknown[]
  /** A file that a bot has uploaded, by its media id; undefined when there is none, or it is too old to be kept. */
  media(mediaId: string): StoredFile | undefined
  /**
   * Waits until `look` returns something other than `undefined` and `false`, and resolves with that. It is called now,
   * after each event, and every 10 ms. Rejects after `timeout` (5,000 ms by default), and when `look` throws.
   *
   * @example
   * await sim.until(() => sim.frames.find(frame => frame.verdict === 'late'))
   */
  until<T>(look: () => T | undefined | false, options?: WaitOptions): Promise<T>
  /**
   * Calls `listener` with each event from now on. The function that it returns removes the listener.
   *
   * @example
   * const off = sim.on(event => event.type === 'call' && console.log(event.call.path))
   */
  on(listener: (event: SimulatorEvent) => void): () => void
}

export function createObservations(platform: Platform, waiter: Waiter): Observations {
  const { world, cards, calls, records, emotions, files, bus } = platform
  return {
    messages: world.messages,
    cards: cards.all,
    calls: calls.items,
    frames: records.frames,
    violations: records.violations,
    reactions: ({ id }) => emotions.of(id),
    media: files.media,
    until: (look, wait) => waiter.until(look, () => 'What was waited for did not happen', wait),
    on: bus.on,
  }
}
