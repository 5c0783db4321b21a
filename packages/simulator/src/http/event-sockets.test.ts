import { once } from 'node:events'
import { expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { createSimulator } from '../simulator.ts'

test.each([
  ['the page itself', '/_sim/events', {}, 'open'],
  ['another origin', '/_sim/events', { origin: 'http://evil.example' }, 403],
  ['another name', '/_sim/events', { host: 'evil.example' }, 403],
  ['what is no stream', '/_sim/inspector/fixture', {}, 404],
  ['what is not there', '/_sim/nothing', {}, 404],
] as const)('%s: %s', async (_, path, headers, expected) => {
  await using sim = await createSimulator()
  const socket = new WebSocket(sim.url.replace('http', 'ws') + path, { headers })
  const outcome = await new Promise(resolve => {
    socket.on('open', () => resolve('open'))
    socket.on('unexpected-response', (_request, { statusCode }) => resolve(statusCode))
  })
  expect(outcome).toBe(expected)
  socket.on('error', () => {})
  socket.terminate()
})

test('each event is a message, and the line ends with the simulator', async () => {
  const sim = await createSimulator()
  const socket = new WebSocket(`${sim.url.replace('http', 'ws')}/_sim/events`)
  const heard: string[] = []
  socket.on('message', data => heard.push(String(data)))
  await once(socket, 'message')
  await sim.user('Alice').say('hi')
  while (!heard.at(-1)?.includes('"hi"')) await once(socket, 'message')
  expect(heard.map(text => JSON.parse(text).type)).toEqual(['snapshot', 'message'])
  await Promise.all([once(socket, 'close'), sim.close()])
})
