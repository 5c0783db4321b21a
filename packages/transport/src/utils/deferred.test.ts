import { expect, test } from 'vitest'
import { createDeferred } from './deferred.ts'

test('a promise is settled from outside, once', async () => {
  const [good, bad] = [createDeferred<number>(), createDeferred()]
  good.resolve(1)
  good.resolve(2)
  good.reject(new Error('too late'))
  bad.reject(new Error('no'))
  expect(await good.promise).toBe(1)
  await expect(bad.promise).rejects.toThrow('no')
})
