import { equal, ok } from 'node:assert/strict'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { evidenceOf } from '../../../fixtures/evidence.ts'
import { frames } from '../../../fixtures/frames.ts'
import { mutationsOf } from '../../../fixtures/mutations.ts'
import { markdownOfMessage } from './markdown-of.ts'
import { filesOf, imagesOf } from './media-of.ts'
import { isBotMentioned, mentionsOf } from './mentions.ts'
import { MSGTYPES, parseMessage } from './message.ts'
import { quotedOf } from './quoted.ts'
import { textOfMessage, textsOf } from './text-of.ts'

// node:assert, because expect() takes longer than what is tested.
function survives(raw: unknown): void {
  const before = JSON.stringify(raw)
  const message = parseMessage(raw)
  equal(message.raw, raw)
  ok(MSGTYPES.includes(message.msgtype))
  equal(typeof message.msgId, 'string')
  equal(typeof textOfMessage(message), 'string')
  equal(typeof markdownOfMessage(message), 'string')
  ok(textsOf(message).every(text => typeof text === 'string'))
  ok(imagesOf(message).every(({ kind }) => kind === 'picture'))
  ok(!filesOf(message).some(({ kind }) => kind === 'picture'))
  ok(Array.isArray(mentionsOf(message)))
  equal(typeof isBotMentioned(message), 'boolean')
  let levels = 0
  for (let quoted = quotedOf(message); quoted; quoted = quoted.quoted) {
    levels++
    equal(typeof quoted.isReadable, 'boolean')
  }
  ok(levels <= 3)
  ok(!('polluted' in {}))
  equal(JSON.stringify(raw), before)
  equal(typeof JSON.stringify({ message }), 'string')
}

test.each(frames)('$name survives whatever happens to its fields', ({ data }) => {
  fc.assert(fc.property(mutationsOf(data), survives), { numRuns: 50 })
})

test.each(evidenceOf('inbound'))('$name survives whatever happens to its fields', ({ data }) => {
  fc.assert(fc.property(mutationsOf(data), survives), { numRuns: 50 })
})

test('anything at all is a message', () => {
  fc.assert(
    fc.property(fc.anything(), raw => void markdownOfMessage(parseMessage(raw))),
    { numRuns: 1_000 },
  )
})

test('nesting that is too deep to be true does not overflow the stack', () => {
  const cardContent = `${'[{"children":'.repeat(50_000)}[]${'}]'.repeat(50_000)}`
  const quote = `${'{"repliedMsg":'.repeat(50_000)}{}${'}'.repeat(50_000)}`
  for (const content of [`{"cardContent":${cardContent}}`, quote]) {
    const message = parseMessage({ msgtype: 'interactiveCard', content })
    expect(message.msgtype).toBe('interactiveCard')
    expect(textOfMessage(message)).toBe('')
    quotedOf(message)
  }
})
