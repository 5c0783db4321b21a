import fc from 'fast-check'
import { expect, test } from 'vitest'
import { lengthOf } from './length.ts'

/** PCM of one channel with a byte a sample. */
function wav(ms: number, rate = 8_000): Buffer {
  const samples = Math.round((ms / 1_000) * rate)
  const header = Buffer.alloc(44)
  header.write('RIFF', 0)
  header.writeUInt32LE(36 + samples, 4)
  header.write('WAVEfmt ', 8)
  header.writeUInt32LE(16, 16)
  header.writeUInt16LE(1, 20)
  header.writeUInt16LE(1, 22)
  header.writeUInt32LE(rate, 24)
  header.writeUInt32LE(rate, 28)
  header.writeUInt16LE(1, 32)
  header.writeUInt16LE(8, 34)
  header.write('data', 36)
  header.writeUInt32LE(samples, 40)
  return Buffer.concat([header, Buffer.alloc(samples, 128)])
}

/** Frames of MPEG 1, layer 3, 128 kbit/s, 44,100 Hz: 417 bytes and 1,152 samples each. */
function mp3(frames: number): Buffer {
  const frame = Buffer.alloc(417)
  frame.set([0xff, 0xfb, 0x90, 0x00])
  return Buffer.concat(Array.from({ length: frames }, () => frame))
}

/** A page of Ogg with one packet of at most 255 bytes. */
function page(packet: Buffer, sequence: number, granule: number, flags: number): Buffer {
  const header = Buffer.alloc(28)
  header.write('OggS', 0)
  header.writeUInt8(flags, 5)
  header.writeBigUInt64LE(BigInt(granule), 6)
  header.writeUInt32LE(1, 14)
  header.writeUInt32LE(sequence, 18)
  header.writeUInt8(1, 26)
  header.writeUInt8(packet.length, 27)
  return Buffer.concat([header, packet])
}

/** Opus counts 48,000 samples a second. */
function ogg(ms: number): Buffer {
  const head = Buffer.concat([Buffer.from('OpusHead'), Buffer.from([1, 1, 0, 0, 0x80, 0xbb, 0, 0, 0, 0, 0])])
  const tags = Buffer.concat([Buffer.from('OpusTags'), Buffer.alloc(8)])
  return Buffer.concat([page(head, 0, 0, 2), page(tags, 1, 0, 0), page(Buffer.alloc(20, 1), 2, ms * 48, 4)])
}

function box(type: string, ...content: readonly Buffer[]): Buffer {
  const size = Buffer.alloc(4)
  size.writeUInt32BE(8 + content.reduce((total, { length }) => total + length, 0))
  return Buffer.concat([size, Buffer.from(type), ...content])
}

const FTYP = box('ftyp', Buffer.from('isom\0\0\x02\0isommp41', 'latin1'))

/** A video whose header stands behind its content, as cameras write it. */
function mp4(ms: number, isFirst = false): Buffer {
  const mvhd = Buffer.alloc(100)
  mvhd.writeUInt32BE(1_000, 12)
  mvhd.writeUInt32BE(ms, 16)
  const content = [box('mdat', Buffer.alloc(1_000)), box('moov', box('mvhd', mvhd))]
  return Buffer.concat([FTYP, ...(isFirst ? content.reverse() : content)])
}

function longMp4(ms: number): Buffer {
  const mvhd = Buffer.alloc(112)
  mvhd.writeUInt8(1, 0)
  mvhd.writeUInt32BE(1_000, 20)
  mvhd.writeBigUInt64BE(BigInt(ms), 24)
  return Buffer.concat([FTYP, box('moov', box('mvhd', mvhd))])
}

/** Frames of 12.2 kbit/s: 20 ms and 32 bytes each. */
function amr(frames: number, magic = '#!AMR\n', frame = [0x3c, 31]): Buffer {
  const [first = 0, rest = 0] = frame
  const one = Buffer.concat([Buffer.from([first]), Buffer.alloc(rest)])
  return Buffer.concat([Buffer.from(magic), ...Array.from({ length: frames }, () => one)])
}

test.each<[name: string, file: Buffer, mimeType: string, ms: number, tolerance: number]>([
  ['wav', wav(1_234), 'audio/wav', 1_234, 1],
  ['mp3', mp3(100), 'audio/mpeg', 2_612, 60],
  ['ogg', ogg(2_500), 'audio/ogg', 2_500, 10],
  ['mp4', mp4(7_300), 'video/mp4', 7_300, 1],
  ['mp4 whose header comes first', mp4(7_300, true), 'video/mp4', 7_300, 0],
  ['mp4 with a long header', longMp4(90_000_000), 'video/mp4', 90_000_000, 0],
  ['amr', amr(150), 'audio/amr', 3_000, 0],
  ['amr of silence', amr(50, '#!AMR\n', [0x44, 5]), 'audio/amr', 1_000, 0],
  ['amr of a wide band', amr(100, '#!AMR-WB\n', [0x44, 60]), 'audio/amr', 2_000, 0],
])(
  'the length of %s is read from the file, in milliseconds, however it is cut',
  async (_name, file, mimeType, ms, by) => {
    const cuts = [[file], [file.subarray(0, 5), file.subarray(5)], [file.subarray(0, 700), file.subarray(700)]]
    for (const pieces of cuts) {
      const length = await lengthOf(pieces, mimeType)
      expect(Number.isInteger(length)).toBe(true)
      expect(Math.abs((length ?? 0) - ms)).toBeLessThanOrEqual(by)
    }
  },
)

test.each<[name: string, file: Buffer, mimeType: string | undefined]>([
  ['nothing', Buffer.alloc(0), undefined],
  ['text', Buffer.from('hello'), undefined],
  ['half a header', wav(1_000).subarray(0, 20), 'audio/wav'],
  ['an empty recording', Buffer.from('#!AMR\n'), 'audio/amr'],
  ['a video that does not know it', mp4(0xff_ff_ff_ff), 'video/mp4'],
  ['a video without its header', mp4(1_000).subarray(0, 500), 'video/mp4'],
])('%s has no length that is known', async (_name, file, mimeType) => {
  expect(await lengthOf([file], mimeType)).toBeUndefined()
})

test('a broken file breaks nothing', async () => {
  const files = fc.constantFrom(wav(100), mp3(10), ogg(100), mp4(100), amr(10))
  const broken = fc.tuple(files, fc.nat(), fc.uint8Array({ minLength: 1, maxLength: 8 })).map(([file, at, bytes]) => {
    const copy = Buffer.from(file)
    copy.set(bytes.subarray(0, copy.length), at % Math.max(1, copy.length - bytes.length))
    return copy
  })
  await fc.assert(
    fc.asyncProperty(broken, fc.constantFrom('audio/wav', 'audio/mpeg', 'video/mp4', undefined), async (file, mime) => {
      const length = await lengthOf([file], mime)
      expect(length === undefined || length > 0).toBe(true)
    }),
    { numRuns: 200 },
  )
})
