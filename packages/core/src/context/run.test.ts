import { expect, test } from 'vitest'
import { answeredExchange } from '../updates/answer/exchange.ts'
import { Run } from './run.ts'
import { createStopNotice } from './stop-notice.ts'

test('what an update left running before a handler took it for an answer does not end the signal of that handler', () => {
  const notice = createStopNotice()
  const asker = new Run(answeredExchange(), notice)
  const answer = new Run(answeredExchange(), notice)
  const { signal } = asker
  asker.retain()
  const leftRunning = answer.retain()
  answer.join(asker)
  leftRunning.release()
  notice.give('over')
  expect(signal.aborted).toBe(true)
})

test('the signal is connected as long as something runs, in the handler or in an answer that it took', () => {
  const notice = createStopNotice()
  const asker = new Run(answeredExchange(), notice)
  const answer = new Run(answeredExchange(), notice)
  answer.join(asker)
  const { signal } = answer
  const retained = [asker, answer].map(run => run.retain())
  expect(new Set(retained)).toEqual(new Set([asker]))
  for (const run of retained) run.release()
  notice.give('over')
  expect(signal.aborted).toBe(false)
})
