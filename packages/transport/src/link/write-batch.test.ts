import { Writable } from 'node:stream'
import { expect, test } from 'vitest'
import { createWriteBatch } from './write-batch.ts'

/** A socket that notes the size of each write that reaches the system, and a sender on it. */
function createSocket(): { readonly calls: number[]; readonly send: () => void } {
  const calls: number[] = []
  const done = (size: number, callback: () => void): void => {
    calls.push(size)
    callback()
  }
  const socket = new Writable({
    write: (_chunk, _encoding, callback) => done(1, callback),
    writev: (chunks, callback) => done(chunks.length, callback),
  })
  const beforeWrite = createWriteBatch(socket)
  return {
    calls,
    send() {
      beforeWrite()
      socket.write('x')
    },
  }
}

const nextTurn = (): Promise<void> => new Promise(resolve => setImmediate(resolve))

test('a lone write goes out at once', () => {
  const { calls, send } = createSocket()
  send()
  expect(calls).toEqual([1])
})

test('further writes of the same turn share one call', async () => {
  const { calls, send } = createSocket()
  for (let i = 0; i < 5; i++) send()
  expect(calls).toEqual([1])
  await nextTurn()
  expect(calls).toEqual([1, 4])
})

test('a long row of writes does not wait for its end', () => {
  const { calls, send } = createSocket()
  for (let i = 0; i < 150; i++) send()
  expect(calls).toEqual([1, 62, 64])
})

test('every turn begins anew', async () => {
  const { calls, send } = createSocket()
  for (let turn = 0; turn < 3; turn++) {
    send()
    send()
    await nextTurn()
  }
  expect(calls).toEqual([1, 1, 1, 1, 1, 1])
})

test('nothing is held back where the runtime gives no socket', () => {
  const beforeWrite = createWriteBatch(null)
  beforeWrite()
  expect(beforeWrite).not.toThrow()
})
