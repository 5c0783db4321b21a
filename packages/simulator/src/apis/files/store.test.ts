import { expect, test } from 'vitest'
import { manualClock } from '../../clock/clock.ts'
import { defaultSwitches } from '../../options/switches.ts'
import { createIssuedSecrets } from '../../utils/issued-secrets.ts'
import { createFiles } from './store.ts'

const files = (kept: { count: number; bytes: number }) =>
  createFiles(manualClock(), defaultSwitches(), createIssuedSecrets(), kept)

test('the oldest files go when there are too many', () => {
  const store = files({ count: 2, bytes: 1_000 })
  const [first, second, third] = ['a', 'b', 'c'].map(bytes => store.put({ bytes }, 'x'))
  expect(store.list()).toEqual([second, third])
  expect(first && store.get(first.fileId)).toBeUndefined()
})

test('the oldest files go when they are too large together, and nothing holds on to them', () => {
  const store = files({ count: 10, bytes: 10 })
  const first = store.put({ bytes: '12345678' }, 'x')
  const { downloadCode } = store.code(first, 'robot')
  const mediaId = store.upload(first)
  expect(store.byCode(downloadCode)?.file).toBe(first)
  store.put({ bytes: '1234' }, 'x')
  expect(store.list()).toHaveLength(1)
  expect(store.byCode(downloadCode)).toBeUndefined()
  expect(store.sentAs(downloadCode)).toBeUndefined()
  expect(store.media(mediaId)).toBeUndefined()
})

test('a file that is kept already is not kept twice', () => {
  const store = files({ count: 10, bytes: 100 })
  const file = store.put({ name: 'a', bytes: 'x' }, 'x')
  expect(store.put(file, 'y')).toBe(file)
  expect(store.list()).toEqual([file])
})
