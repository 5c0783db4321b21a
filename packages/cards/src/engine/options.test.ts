import { createBot } from '@dingware/core'
import { expect, test } from 'vitest'
import { cards } from '../plugin/cards.ts'
import { cardClient } from '../plugin/client.ts'

test.each([
  ['lease', { lease: Number.NaN }],
  ['breaker', { breaker: Number.NaN }],
  ['aiCard.interval', { aiCard: { interval: 100 } }],
])('%s out of range is refused when the plugin or the client is made', (name, options) => {
  expect(() => cards(options)).toThrow(`cards(): \`${name}\` is`)
  expect(() => cardClient(createBot().api, options)).toThrow(`cardClient(): \`${name}\` is`)
})
