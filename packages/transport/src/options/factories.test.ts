import { expect, test } from 'vitest'
import { answering } from '../client/answering.ts'
import { createHttpClient } from '../http/http.ts'
import { createNetwork } from '../network/network.ts'
import { createWorkQueue } from '../queue/work-queue.ts'

const network = createNetwork()

test.each([
  ['concurrency', () => createWorkQueue({ concurrency: Number.NaN })],
  ['maxWaiting', () => answering(() => {}, { maxWaiting: Number.NaN })],
  ['maxAnswer', () => createHttpClient({ network, maxAnswer: Number.NaN })],
  ['timeout', () => createHttpClient({ network, timeout: Number.NaN })],
  ['connectTimeout', () => createNetwork({ connectTimeout: Number.NaN })],
])('of no factory NaN makes a %s that would count for nothing', (name, create) => {
  expect(create).toThrow(TypeError)
  expect(create).toThrow(`\`${name}\` is NaN`)
})
