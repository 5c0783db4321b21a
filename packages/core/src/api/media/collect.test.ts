import { Readable } from 'node:stream'
import { ReadableStream } from 'node:stream/web'
import { expect, test } from 'vitest'
import { type CollectOptions, collect } from './collect.ts'

const tooLarge = new Error('too large')
const options: CollectOptions = {
  maxSize: 1_000_000,
  onTooLarge() {
    throw tooLarge
  },
}

async function bytesOf(source: AsyncIterable<unknown>): Promise<Buffer> {
  const { pieces, size } = await collect(source, options)
  const bytes = Buffer.concat(pieces)
  expect(size).toBe(bytes.length)
  return bytes
}

test.each([17, 1_000, 300_000, 999_999])('pieces of %d bytes come together as they were', async length => {
  const bytes = Buffer.from(Array.from({ length: 999_999 }, (_, index) => index % 251))
  const chunks = Array.from({ length: Math.ceil(bytes.length / length) }, (_, index) =>
    bytes.subarray(index * length, (index + 1) * length),
  )
  expect((await bytesOf(Readable.from(chunks))).equals(bytes)).toBe(true)
})

test('a source of many tiny chunks takes no more memory than its bytes', async () => {
  async function* tiny(): AsyncGenerator<Uint8Array> {
    for (let index = 0; index < 100_000; index++) yield new Uint8Array([index])
  }
  expect((await collect(tiny(), options)).pieces).toHaveLength(1)
})

test('a source that fills one buffer again and again is read rightly', async () => {
  async function* reusing(): AsyncGenerator<Uint8Array> {
    const buffer = new Uint8Array(1)
    for (const byte of [1, 2, 3]) {
      buffer[0] = byte
      yield buffer
    }
  }
  expect([...(await bytesOf(reusing()))]).toEqual([1, 2, 3])
})

test('an empty source is no bytes', async () => {
  expect(await collect(Readable.from([]), options)).toEqual({ pieces: [], size: 0 })
})

test('a source beyond the limit is left at once, and told', async () => {
  let given = 0
  const source = new Readable({
    read() {
      given++
      this.push(Buffer.alloc(300_000))
    },
  })
  await expect(collect(source, options)).rejects.toBe(tooLarge)
  expect(source.destroyed).toBe(true)
  expect(given).toBeLessThan(7)
})

test('a web stream beyond the limit is cancelled', async () => {
  let cancelled = false
  const source = new ReadableStream<Uint8Array>({
    pull: controller => controller.enqueue(new Uint8Array(300_000)),
    cancel() {
      cancelled = true
    },
  })
  await expect(collect(source, options)).rejects.toBe(tooLarge)
  expect(cancelled).toBe(true)
})

test('a source that says nothing is given up when the signal aborts', async () => {
  const controller = new AbortController()
  const reason = new Error('no longer wanted')
  const source = new Readable({ read: () => controller.abort(reason) })
  await expect(collect(source, { ...options, signal: controller.signal })).rejects.toBe(reason)
  expect(source.destroyed).toBe(true)
  await expect(collect(Readable.from([]), { ...options, signal: controller.signal })).rejects.toBe(reason)
})

test('what a source throws is passed on', async () => {
  const reason = new Error('disk on fire')
  const source = new Readable({
    read() {
      this.destroy(reason)
    },
  })
  await expect(collect(source, options)).rejects.toBe(reason)
})

test('text in place of bytes is an error that tells what to do', async () => {
  await expect(collect(Readable.from(['text']), options)).rejects.toMatchObject({
    code: 'ERR_MEDIA_SOURCE',
    message: expect.stringMatching(/gave a string.*encoding/),
  })
})
