import { expect, test } from 'vitest'
import { createClient, type TestClient, until } from '../testing/client.ts'
import { type RawGateway, startRawGateway } from '../testing/raw-gateway.ts'

/** As it was captured live (dingtalk-stream-sdk-python#22). */
const DISCONNECT = {
  specVersion: '1.0',
  type: 'SYSTEM',
  headers: {
    contentType: 'application/json',
    messageId: 'c0a8005210828179840258b25e',
    time: '1698551133918',
    topic: 'disconnect',
  },
  data: '{"reason":"persistent connection is timeout"}',
}
const { messageId: _, ...anonymous } = DISCONNECT.headers

/** Sends frames on the one open socket and gives what the client said until it had answered a ping after them. */
async function said(gateway: RawGateway, client: TestClient, frames: readonly object[]): Promise<unknown[]> {
  const [socket] = gateway.sockets
  const answers: { readonly headers?: { readonly messageId?: string } }[] = []
  socket?.on('message', data => answers.push(JSON.parse(String(data))))
  const ping = { type: 'SYSTEM', headers: { topic: 'ping', messageId: 'last' }, data: '{"opaque":"x"}' }
  for (const frame of [...frames, ping]) socket?.send(JSON.stringify(frame))
  await until(() => answers.some(({ headers }) => headers?.messageId === 'last'))
  await until(() => client.stats().connects === 2)
  return answers.slice(0, -1)
}

test('a `disconnect` is acked, and replaced', async () => {
  await using gateway = await startRawGateway()
  await using client = createClient(gateway)
  await client.start()
  const answers = await said(gateway, client, [DISCONNECT])
  expect(answers).toHaveLength(1)
  expect(answers[0]).toMatchObject({ code: 200, headers: { messageId: DISCONNECT.headers.messageId } })
})

test('to a `disconnect` without an id nothing is said', async () => {
  await using gateway = await startRawGateway()
  await using client = createClient(gateway)
  await client.start()
  expect(await said(gateway, client, [{ ...DISCONNECT, headers: anonymous }])).toEqual([])
})

test('a `disconnect` that is repeated is acked each time and replaced once', async () => {
  await using gateway = await startRawGateway()
  await using client = createClient(gateway)
  await client.start()
  expect(await said(gateway, client, [DISCONNECT, DISCONNECT, DISCONNECT])).toHaveLength(3)
  await until(() => client.stats().connections === 1)
  expect(gateway.handshakes).toHaveLength(2)
  expect(client.stats()).toMatchObject({ connects: 2, connectFailures: 0 })
})
