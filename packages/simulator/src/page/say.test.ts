import { expect, test } from 'vitest'
import { createSimulator, type Simulator } from '../simulator.ts'
import { post } from '../testing/client.ts'

async function upload(
  sim: Simulator,
  bytes: string | Uint8Array<ArrayBuffer>,
  name = 'a.bin',
  type = 'application/octet-stream',
): Promise<Response> {
  const address = `${sim.url}/_sim/files?name=${encodeURIComponent(name)}`
  return fetch(address, { method: 'POST', headers: { 'content-type': type }, body: bytes })
}

async function fileId(sim: Simulator): Promise<string> {
  const body: unknown = await (await upload(sim, 'bytes', 'a.png')).json()
  return typeof body === 'object' && body !== null && 'fileId' in body ? String(body.fileId) : ''
}

function send(sim: Simulator, content: object, more: object = {}) {
  const alice = sim.user('Alice')
  const conversationId = [...sim.messages].at(-1)?.conversationId
  return post(`${sim.url}/_sim/messages`, { userId: alice.userId, conversationId, content, ...more })
}

test('each kind reaches the bot as what it is, and the page with its file', async () => {
  await using sim = await createSimulator()
  await sim.user('Alice').say('first')
  const id = await fileId(sim)
  const url = `/_sim/media/${id}`
  const shown = async (content: object) => (await send(sim, content)).body
  const file = { name: 'a.png', url, size: 5 }
  expect(await shown({ msgtype: 'picture', fileId: id })).toMatchObject({ content: { kind: 'image', picture: file } })
  expect(await shown({ msgtype: 'file', fileId: id })).toMatchObject({ content: { kind: 'file', file } })
  expect(await shown({ msgtype: 'video', fileId: id, duration: 3 })).toMatchObject({
    content: { kind: 'video', seconds: 3 },
  })
  expect(await shown({ msgtype: 'audio', duration: 2_500, recognition: 'hello' })).toMatchObject({
    content: { kind: 'audio', seconds: 2.5, recognition: 'hello' },
  })
  expect(await shown({ msgtype: 'richText', parts: [{ text: 'see' }, { fileId: id }] })).toMatchObject({
    content: { kind: 'richText', parts: [{ text: 'see' }, { picture: file }] },
  })
  const types = sim.messages.map(({ content }) => (content.kind === 'other' ? content.msgtype : content.kind))
  expect(types).toEqual(['text', 'picture', 'file', 'video', 'audio', 'richText'])
})

test('what was sent is seen for longer than its code lives', async () => {
  await using sim = await createSimulator()
  await sim.user('Alice').say('first')
  await send(sim, { msgtype: 'picture', fileId: await fileId(sim) })
  sim.clock.advance(sim.switches.downloadCodeLife + 1)
  const events = await fetch(`${sim.url}/_sim/events`)
  const reader = events.body?.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  while (!text.includes('"snapshot"') || !text.endsWith('\n\n')) text += (await reader?.read())?.value ?? ''
  await reader?.cancel()
  expect(text).toMatch(/"picture":\{"name":"a.png","url":"\/_sim\/media\/\w+"/)
})

test('a reply names what it replies to, to the bot and to the page', async () => {
  await using sim = await createSimulator()
  const { message } = await sim.user('Alice').say('question')
  const answer = await send(sim, { msgtype: 'text', text: 'answer' }, { quoting: message.id })
  expect(answer).toMatchObject({ status: 201, body: { quoting: message.id } })
  expect(sim.messages[1]?.body).toMatchObject({ originalMsgId: message.id })
})

test.each<[string, Uint8Array<ArrayBuffer> | string, string, number]>([
  ['nothing', '', 'application/octet-stream', 400],
  ['a form that a foreign page may send', 'x', 'text/plain', 400],
  ['over 20 MB', new Uint8Array(20 * 1024 * 1024 + 1), 'application/octet-stream', 413],
])('an upload of %s is refused', async (_, bytes, type, status) => {
  await using sim = await createSimulator()
  expect((await upload(sim, bytes, 'a', type)).status).toBe(status)
})
