import { equal, ok } from 'node:assert/strict'
import fc from 'fast-check'
import { test } from 'vitest'
import { evidenceOf } from '../../../fixtures/evidence.ts'
import { mutationsOf } from '../../../fixtures/mutations.ts'
import { callbackOf, readClick } from './callback.ts'

const captured = evidenceOf('cards').filter(({ direction }) => direction === 'callback')

test.each(captured)('$name survives whatever happens to its fields', ({ data }) => {
  const survives = (raw: unknown): void => {
    const before = JSON.stringify(raw)
    const callback = callbackOf(readClick(raw))
    equal(callback.raw, raw)
    equal(typeof callback.outTrackId, 'string')
    ok(callback.actionIds.every(id => typeof id === 'string'))
    equal(typeof (callback.button?.id ?? ''), 'string')
    equal(typeof callback.params, 'object')
    ok(!('polluted' in callback.params))
    equal(JSON.stringify(raw), before)
    equal(typeof JSON.stringify({ callback }), 'string')
  }
  fc.assert(fc.property(mutationsOf(data), survives), { numRuns: 100 })
})
