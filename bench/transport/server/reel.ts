import type { Duplex } from 'node:stream'
import { encodeTextFrame } from '../../lib/text-frame.ts'
import { robotFrame } from '../message.ts'

const LENGTH = 1_024

/** Messages ready for the wire, one after the other, so that the server does next to nothing for a frame. */
export interface Reel {
  /** Ids that the answers have to name. */
  readonly messageIds: ReadonlySet<string>
  /** Writes `count` messages, the next in line, in one go; at most `overlap` of them. */
  readonly writeTo: (tcp: Duplex, count: number) => void
}

/** @param overlap how many of the first messages stand again at the end, so that a run over the end is one piece too. */
export function createReel(overlap: number): Reel {
  const texts = Array.from({ length: LENGTH }, (_, index) => robotFrame(index))
  const frames = [...texts, ...texts.slice(0, overlap)].map(encodeTextFrame)
  const wire = Buffer.concat(frames)
  const offsets = [0]
  for (const frame of frames) offsets.push((offsets.at(-1) ?? 0) + frame.length)
  let next = 0

  return {
    messageIds: new Set(texts.map(text => JSON.parse(text).headers.messageId)),
    writeTo(tcp, count) {
      tcp.write(wire.subarray(offsets[next], offsets[next + count]))
      next = (next + count) % LENGTH
    },
  }
}
