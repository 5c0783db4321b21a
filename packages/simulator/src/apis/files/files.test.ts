import { describe, expect, test } from 'vitest'
import { createSimulator, type Simulator } from '../../simulator.ts'
import { accessToken, caller } from '../../testing/api.ts'

const DOWNLOAD = '/v1.0/robot/messageFiles/download'

async function sendFile(sim: Simulator) {
  const said = await sim.user('Alice').send({ msgtype: 'file', file: { name: 'a.txt', bytes: 'hello' } })
  return Object(said.payload.content)
}

async function addressOf(sim: Simulator): Promise<string> {
  const { downloadCode } = await sendFile(sim)
  const call = await caller(sim)
  const { body } = await call('POST', DOWNLOAD, { downloadCode, robotCode: sim.clientId })
  return String(Object(body).downloadUrl)
}

describe('what people send', () => {
  test('is had by its code and a signed address, in a generic type', async () => {
    await using sim = await createSimulator()
    const url = await addressOf(sim)
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/oss\/\w+\.file\?Expires=\d+&OSSAccessKeyId=\w+&Signature=\w+$/)
    const response = await fetch(url)
    expect(response.headers.get('content-type')).toBe('application/octet-stream')
    expect(await response.text()).toBe('hello')
  })

  test.each(['authorization', 'x-acs-dingtalk-access-token', 'content-type'])(
    'the header %s breaks the address',
    async name => {
      await using sim = await createSimulator()
      const response = await fetch(await addressOf(sim), { headers: { [name]: 'application/json' } })
      expect(response.status).toBe(403)
      expect(await response.text()).toContain('<Code>SignatureDoesNotMatch</Code>')
    },
  )

  test('another signature, and one that has expired', async () => {
    await using sim = await createSimulator()
    const url = await addressOf(sim)
    expect((await fetch(url.replace(/Signature=./, 'Signature=_'))).status).toBe(403)
    sim.clock.advance(3_600_000)
    expect((await fetch(url)).status).toBe(403)
  })

  test('pictures have a second code', async () => {
    await using sim = await createSimulator()
    const { payload } = await sim.user('Alice').send({ msgtype: 'picture', file: { bytes: 'PNG' } })
    const call = await caller(sim)
    for (const downloadCode of Object.values(Object(payload.content))) {
      expect(await call('POST', DOWNLOAD, { downloadCode, robotCode: sim.clientId })).toMatchObject({ status: 200 })
    }
  })

  test.each<[string, object, string]>([
    ['no code', { downloadCode: undefined }, 'invalidParameter.robotCode.downloadCode'],
    ['a wrong code', { downloadCode: 'x' }, 'invalidParameter.robotCode.downloadCode'],
    ['no robot', { robotCode: '' }, 'invalidParameter.robotCode.empty'],
    ['another robot', { robotCode: 'ding-other' }, 'invalidParameter.robotCode.auth'],
  ])('%s', async (_, more, code) => {
    await using sim = await createSimulator()
    const { downloadCode } = await sendFile(sim)
    const call = await caller(sim)
    const answer = await call('POST', DOWNLOAD, { downloadCode, robotCode: sim.clientId, ...more })
    expect(answer).toMatchObject({ status: 400, body: { code } })
  })

  test('a code that has expired', async () => {
    await using sim = await createSimulator({ switches: { downloadCodeLife: 1_000 } })
    const { downloadCode } = await sendFile(sim)
    const call = await caller(sim)
    sim.clock.advance(1_000)
    const answer = await call('POST', DOWNLOAD, { downloadCode, robotCode: sim.clientId })
    expect(answer).toMatchObject({ body: { code: 'invalidParameter.robotCode.downloadCode' } })
  })
})

describe('what was sent by an API', () => {
  test('has no code, and is had from the drive with the headers that the drive gives', async () => {
    await using sim = await createSimulator()
    const alice = sim.user('Alice')
    const { payload } = await alice.send({ msgtype: 'file', by: 'api', file: { name: 'b.pdf', bytes: 'PDF' } })
    expect(payload.content).toEqual({
      dentryId: expect.any(String),
      spaceId: expect.any(String),
      fileName: 'b.pdf',
      fileType: 'pdf',
      fileSize: 3,
      filePath: '/b.pdf',
    })
    const { spaceId, dentryId } = Object(payload.content)
    const call = await caller(sim)
    const who = await call('GET', `/v1.0/contact/users/${alice.userId}`)
    expect(who).toMatchObject({ status: 200, body: { nick: 'Alice', unionId: alice.unionId } })
    const path = `/v2.0/storage/spaces/${spaceId}/dentries/${dentryId}/getDownloadInfo`
    const { resourceUrl, headers } = Object((await call('POST', path, { unionId: alice.unionId })).body)
    expect((await fetch(resourceUrl)).status).toBe(403)
    expect(await (await fetch(resourceUrl, { headers })).text()).toBe('PDF')
    expect(await call('POST', path, {})).toMatchObject({ status: 400 })
    expect((await call('POST', path.replace(dentryId, '1'), { unionId: 'x' })).status).toBe(400)
  })

  test('is found in a group by its name', async () => {
    await using sim = await createSimulator()
    await sim.user('Alice').send({ msgtype: 'file', file: { name: 'b.pdf', bytes: 'PDF' } })
    const call = await caller(sim)
    const openConversationId = sim.group('Team').conversationId
    const who = `?unionId=${sim.user('Alice').unionId}`
    const space = await call('POST', `/v1.0/convFile/conversations/spaces/query${who}`, { openConversationId })
    const { spaceId } = Object(space.body).space
    const list = await call('POST', `/v1.0/storage/spaces/${spaceId}/dentries/listAll${who}`, {})
    const [dentry] = Object(list.body).dentries
    expect(dentry).toMatchObject({
      name: 'b.pdf',
      size: 3,
      createTime: expect.stringMatching(/^\w{3} \w{3} \d\d [\d:]{8} CST \d{4}$/),
    })
    const info = await call(
      'POST',
      `/v1.0/storage/spaces/${spaceId}/dentries/${dentry.id}/downloadInfos/query${who}`,
      {},
    )
    const { resourceUrls, headers } = Object(info.body).headerSignatureInfo
    expect(await (await fetch(resourceUrls[0], { headers })).text()).toBe('PDF')
  })
})

describe('uploads', () => {
  async function upload(sim: Simulator, type: string, name: string, bytes: Uint8Array | string, field = 'media') {
    const form = new FormData()
    form.set(field, new Blob([new Uint8Array(Buffer.from(bytes))]), name)
    const token = await accessToken(sim)
    const response = await fetch(`${sim.url}/media/upload?access_token=${token}&type=${type}`, {
      method: 'POST',
      body: form,
    })
    return response.json()
  }

  test.each([
    ['image', 'a.png'],
    ['image', 'A.JPG'],
    ['voice', 'a.amr'],
    ['video', 'a.mp4'],
    ['file', 'a.docx'],
    ['file', 'a.txt'],
    ['file', 'README.MD'],
    ['file', 'a.csv'],
    ['file', 'no ending'],
    ['voice', 'a.ogg'],
    ['voice', 'a.OGG'],
  ])('%s %s', async (type, name) => {
    await using sim = await createSimulator()
    const answer = await upload(sim, type, name, 'bytes')
    expect(answer).toEqual({
      errcode: 0,
      errmsg: 'ok',
      media_id: expect.stringMatching(/^@lAL/),
      created_at: expect.any(Number),
      type,
    })
    expect(sim.media(Object(answer).media_id)?.name).toBe(name)
  })

  test.each([
    ['an unknown type', 'sticker', 'a.png', 'x', 'media', 40004],
    ['another ending', 'image', 'a.webp', 'x', 'media', 40005],
    ['a web page', 'file', 'a.html', 'x', 'media', 40005],
    ['a web page in capitals', 'file', 'A.HTM', 'x', 'media', 40005],
    ['text as a voice', 'voice', 'a.txt', 'x', 'media', 40005],
    ['another field', 'image', 'a.png', 'x', 'file', 41005],
    ['nothing in it', 'image', 'a.png', '', 'media', 41005],
    ['a voice of over 2 MB', 'voice', 'a.amr', new Uint8Array(2 * 1024 * 1024 + 1), 'media', 40006],
  ])('%s', async (_, type, name, bytes, field, errcode) => {
    await using sim = await createSimulator()
    expect(await upload(sim, type, name, bytes, field)).toMatchObject({ errcode })
  })

  test('the type as a field of the form; a wrong token; no form at all', async () => {
    await using sim = await createSimulator()
    const url = `${sim.url}/media/upload?access_token=${await accessToken(sim)}`
    const form = new FormData()
    form.set('type', 'image')
    form.set('media', new Blob(['x']), 'a.png')
    const ask = async (to: string, init: object) => (await fetch(to, { method: 'POST', ...init })).json()
    expect(await ask(url, { body: form })).toMatchObject({ errcode: 0, type: 'image' })
    expect(await ask(`${url}x&type=image`, { body: form })).toMatchObject({ errcode: 40014 })
    expect(await ask(`${url}&type=image`, { body: '{}' })).toMatchObject({ errcode: 41005 })
  })
})
