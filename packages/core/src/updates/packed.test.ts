import { expect, test } from 'vitest'
import { frames } from '../../fixtures/frames.ts'
import { message } from '../../fixtures/messages.ts'
import { packUpdate, unpackUpdate } from './packed.ts'
import { restoreUpdate } from './update.ts'

test.each(frames.map(frame => [frame.name, frame] as const))('%s comes out of JSON as it went in', (_name, frame) => {
  const { topic } = frame.headers
  const update = restoreUpdate({ kind: 'topic', topic, headers: frame.headers, raw: frame.data, size: 7 })
  const back = unpackUpdate(JSON.parse(JSON.stringify(packUpdate(update))))
  expect(back && packUpdate(back)).toEqual(packUpdate(update))
  expect(back?.deliveryId).toBe(update.deliveryId)
})

test('what is no packed update is none', () => {
  const packed = packUpdate(message())
  for (const value of [undefined, null, 'text', {}, { ...packed, kind: 'other' }, { ...packed, headers: null }]) {
    expect(unpackUpdate(value)).toBeUndefined()
  }
})
