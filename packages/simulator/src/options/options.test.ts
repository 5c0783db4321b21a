import { expect, test } from 'vitest'
import { createSimulator } from '../simulator.ts'

test.each([
  ['port', { port: Number.NaN }],
  ['pushTimeout', { pushTimeout: Number.NaN }],
  ['pingInterval', { pingInterval: '1s' }],
  ['qps', { qps: Number.NaN }],
  ['seed', { seed: Number.NaN }],
  ['connectionPolicy', { connectionPolicy: 'both' }],
  ['tls', { tls: 'yes' }],
  ['tls', { tls: { cert: 'x', key: 'y' } }],
])('%s that cannot be is refused', async (name, options) => {
  const started = createSimulator(options as object)
  await expect(started).rejects.toThrow(TypeError)
  await expect(started).rejects.toThrow(`createSimulator(): \`${name}\` is`)
})

test('a wrong certificate is not shown, as it may be a private key', async () => {
  await expect(createSimulator({ tls: { cert: 'my secret', key: 'my secret' } })).rejects.not.toThrow('my secret')
})

test('what takes the place of options is refused', async () => {
  await expect(createSimulator(3000 as never)).rejects.toThrow('createSimulator() takes one object of options')
})
