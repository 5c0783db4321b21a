import { expect, test } from 'vitest'
import { manualClock } from '../clock/clock.ts'
import { createSimulator } from '../simulator.ts'
import { address, handshake } from '../testing/client.ts'

const refused = 'Unexpected server response: 400'

test('a ticket opens one connection', async () => {
  await using sim = await createSimulator()
  const url = await address(sim)
  expect(await handshake(url)).toBe('open')
  expect(await handshake(url)).toBe(refused)
})

test('a ticket is good for 90 seconds', async () => {
  const clock = manualClock()
  await using sim = await createSimulator({ clock })
  const [inTime, late] = [await address(sim), await address(sim)]
  clock.advance(89_999)
  expect(await handshake(inTime)).toBe('open')
  clock.advance(1)
  expect(await handshake(late)).toBe(refused)
})

test('an unknown ticket, none, and another path are refused', async () => {
  await using sim = await createSimulator()
  const url = await address(sim)
  expect(await handshake(url.replace(/ticket=.*/, 'ticket=made-up'))).toBe(refused)
  expect(await handshake(url.replace(/\?.*/, ''))).toBe(refused)
  expect(await handshake(url.replace('/connect', '/other'))).toBe(refused)
  expect(await handshake(url)).toBe('open')
})

test('a ticket is decoded from the query', async () => {
  await using sim = await createSimulator()
  const url = await address(sim)
  expect(await handshake(url.replaceAll('-', '%2D'))).toBe('open')
})
