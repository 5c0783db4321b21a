import { expect, test, vi } from 'vitest'
import { harmlessly } from './harmlessly.ts'

const thrown = new Error('boom')

test('what others throw goes to the listener, at once', () => {
  const onError = vi.fn()
  harmlessly(() => {
    throw thrown
  }, onError)
  expect(onError.mock.calls).toEqual([[thrown]])
})

const reject = (_: unknown, onRejected: (reason: unknown) => void): void => onRejected(thrown)

test.each([
  ['a promise', () => Promise.reject(thrown)],
  ['a promise of another library', () => Object.fromEntries([['then', reject]])],
])('what %s rejects with goes to the listener', async (_, call) => {
  const onError = vi.fn()
  harmlessly(call, onError)
  await vi.waitUntil(() => onError.mock.calls.length > 0)
  expect(onError.mock.calls).toEqual([[thrown]])
})

test('without a listener it is dropped', async () => {
  const unhandled = vi.fn()
  process.on('unhandledRejection', unhandled)
  harmlessly(() => Promise.reject(thrown))
  harmlessly(() => {
    throw thrown
  })
  await new Promise(setImmediate)
  process.off('unhandledRejection', unhandled)
  expect(unhandled).not.toHaveBeenCalled()
})
