import { getEventListeners } from 'node:events'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { TimeoutError } from '../errors/errors.ts'
import { withDeadline } from './deadline.ts'

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

const deaf = (): Promise<never> => new Promise(() => {})

describe('withDeadline', () => {
  test('gives what the work gives, and leaves no timer and no listener', async () => {
    const { signal } = new AbortController()
    expect(await withDeadline('It', 1_000, signal, async () => 'done')).toBe('done')
    expect(vi.getTimerCount()).toBe(0)
    expect(getEventListeners(signal, 'abort')).toHaveLength(0)
  })

  test('throws what the work throws, and leaves no timer and no listener', async () => {
    const { signal } = new AbortController()
    await expect(withDeadline('It', 1_000, signal, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
    expect(vi.getTimerCount()).toBe(0)
    expect(getEventListeners(signal, 'abort')).toHaveLength(0)
  })

  test('ends at the limit, though the work does not listen', async () => {
    const ended = withDeadline('The call', 1_000, undefined, deaf).catch(error => error)
    await vi.advanceTimersByTimeAsync(1_000)
    const error = await ended
    expect(error).toBeInstanceOf(TimeoutError)
    expect(error.message).toBe('The call was given up after 1000 ms without an answer.')
  })

  test('does not end before the limit', async () => {
    let isOver = false
    const ended = withDeadline('The call', 1_000, undefined, deaf).catch(() => (isOver = true))
    await vi.advanceTimersByTimeAsync(999)
    expect(isOver).toBe(false)
    await vi.advanceTimersByTimeAsync(1)
    await ended
  })

  test('tells the work that the time is over', async () => {
    let heard: unknown
    const ended = withDeadline('The call', 1_000, undefined, signal => {
      signal.addEventListener('abort', () => (heard = signal.reason))
      return deaf()
    }).catch(error => error)
    await vi.advanceTimersByTimeAsync(1_000)
    expect(heard).toBe(await ended)
  })

  test('ends with the reason of the signal itself, not with what the work makes of it', async () => {
    const controller = new AbortController()
    const wrapping = (signal: AbortSignal): Promise<never> =>
      new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('aborted'))))
    const ended = expect(withDeadline('The call', 1_000, controller.signal, wrapping)).rejects.toBe('stopped')
    controller.abort('stopped')
    await ended
  })

  test('does not begin when the signal has aborted', async () => {
    const work = vi.fn(deaf)
    await expect(withDeadline('The call', 1_000, AbortSignal.abort('stopped'), work)).rejects.toBe('stopped')
    expect(work).not.toHaveBeenCalled()
  })
})
