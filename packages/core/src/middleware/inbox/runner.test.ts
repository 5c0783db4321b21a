import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { message } from '../../../fixtures/messages.ts'
import { recordingLogger } from '../../../fixtures/recording-logger.ts'
import type { Outcome } from '../../intake/admission/admission.ts'
import { createRunner, type Kept } from './runner.ts'

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

/** An update that was kept, and a list of what is done to it. */
function kept(name: string, log: string[], fields: Partial<Kept> = {}): Kept {
  const note = (what: string) => async (number?: number) => void log.push(`${name} ${what}${number ?? ''}`)
  const { signal } = new AbortController()
  return {
    ...{ update: message({ text: name }), runs: 0, isRecovered: false, signal },
    ...{ count: note('counts '), done: note('done'), bury: note('buried ') },
    ...fields,
  }
}

function setUp(outcome: Outcome | (() => Promise<Outcome>) = 'handled') {
  const runs: boolean[] = []
  const runner = createRunner({
    ...{ logger: recordingLogger(), maxRuns: 3, retryDelay: 1_000 },
    async run(_update, { isLast }) {
      runs.push(isLast)
      return typeof outcome === 'function' ? outcome() : outcome
    },
  })
  return { runner, runs }
}

test('one that is handled is written once: that it is done', async () => {
  const { runner, runs } = setUp()
  const log: string[] = []
  await runner.handle(kept('a', log))
  expect(log).toEqual(['a done'])
  expect(runs).toEqual([false])
})

test('one that fails runs again after a while, each time twice as long, and is buried after the last run', async () => {
  const { runner, runs } = setUp('failed')
  const log: string[] = []
  void runner.handle(kept('a', log))
  await vi.advanceTimersByTimeAsync(999)
  expect(runs).toEqual([false])
  await vi.advanceTimersByTimeAsync(1)
  expect(runs).toEqual([false, false])
  await vi.advanceTimersByTimeAsync(2_000)
  expect(runs).toEqual([false, false, true])
  expect(log).toEqual(['a counts 2', 'a counts 3', 'a buried 3'])
})

test('one that was found counts as begun, and is not run more often than others', async () => {
  const { runner, runs } = setUp('failed')
  const log: string[] = []
  const handled = runner.handle(kept('a', log, { isRecovered: true, runs: 2 }))
  await vi.runAllTimersAsync()
  await handled
  expect(runs).toEqual([true])
  expect(log).toEqual(['a counts 3', 'a buried 3'])
  await runner.handle(kept('b', log, { isRecovered: true, runs: 3 }))
  expect(runs.length).toBe(1)
  expect(log.at(-1)).toBe('b buried 3')
})

test('those with which a process died twice run one after another, so that only the one that kills counts', async () => {
  const ends: ((outcome: Outcome) => void)[] = []
  const { runner, runs } = setUp(() => new Promise(resolve => ends.push(resolve)))
  const log: string[] = []
  const handled = ['a', 'b'].map(name => runner.handle(kept(name, log, { isRecovered: true, runs: 2 })))
  await vi.advanceTimersByTimeAsync(0)
  expect(runs.length).toBe(1)
  expect(log).toEqual(['a counts 3'])
  ends[0]?.('handled')
  await vi.advanceTimersByTimeAsync(0)
  expect(log).toEqual(['a counts 3', 'a done', 'b counts 3'])
  ends[1]?.('handled')
  await Promise.all(handled)
})

test('one that was dropped is left, and its run not counted', async () => {
  const { runner } = setUp('dropped')
  const log: string[] = []
  await runner.handle(kept('a', log))
  await runner.handle(kept('b', log, { isRecovered: true, runs: 1 }))
  expect(log).toEqual(['b counts 2', 'b counts 1'])
})

test('that it is done is written until it is written', async () => {
  const { runner, runs } = setUp()
  let tries = 0
  const handled = runner.handle(
    kept('a', [], {
      async done() {
        tries++
        if (tries < 5) throw new Error('away')
      },
    }),
  )
  await vi.runAllTimersAsync()
  await handled
  expect(tries).toBe(5)
  expect(runs.length).toBe(1)
})

test('one that is not ours any more is neither run again nor buried', async () => {
  const controller = new AbortController()
  const { runner, runs } = setUp(async () => {
    controller.abort()
    return 'failed'
  })
  const log: string[] = []
  await runner.handle(kept('a', log, { signal: controller.signal }))
  expect(runs.length).toBe(1)
  expect(log).toEqual([])
})
