import { createSimulator, type Simulator } from '@dingware/simulator'
import { createDownloader, createHttpClient, createNetwork, type Network } from '@dingware/transport'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { filesOf, imagesOf } from '../../updates/message/media-of.ts'
import { parseMessage } from '../../updates/message/message.ts'
import { quotedOf } from '../../updates/message/quoted.ts'
import { createCaller } from '../caller.ts'
import { downloadFrom, type MediaContext, reuploadImages } from './context-media.ts'
import { createMedia } from './media.ts'

const png = Buffer.from(
  '89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000b49444154789c6360000200000500017a5eab3f0000000049454e44ae426082',
  'hex',
)
const pdf = Buffer.from('%PDF-1.7\nhello')

let sim: Simulator
let network: Network

beforeEach(async () => {
  sim = await createSimulator()
  network = createNetwork({ proxy: false })
})

afterEach(async () => {
  await network.close()
  await sim[Symbol.asyncDispose]()
})

/** The context of a message, as a bot in the simulator gets it. */
function contextOf(payload: unknown): MediaContext {
  const { url, clientId, clientSecret } = sim
  const credential = () => ({ clientId, clientSecret })
  const { call } = createCaller(createHttpClient({ network }), { endpoint: url, oapiEndpoint: url, credential })
  const downloader = createDownloader({ network, trustedHosts: [new URL(url).host] })
  const message = parseMessage(payload)
  return {
    api: createMedia({ call, downloader, robotCode: () => clientId }),
    robotCode: message.robotCode ?? clientId,
    signal: new AbortController().signal,
    from: { staffId: message.senderStaffId },
    chat: { id: message.conversationId, type: message.conversationType === '2' ? 'group' : 'private' },
    quoted: quotedOf(message),
    images: () => imagesOf(message),
    files: () => filesOf(message),
  }
}

describe('ctx.download', () => {
  test('gives the picture that somebody sent', async () => {
    const { payload } = await sim.user('Alice').send({ msgtype: 'picture', file: { name: 'cat.png', bytes: png } })
    const file = await downloadFrom(contextOf(payload))
    expect(file.mimeType).toBe('image/png')
    expect(await file.buffer()).toEqual(png)
  })

  test('gives the file that somebody sent, with its name', async () => {
    const file = { name: '报表.pdf', bytes: pdf }
    const { payload } = await sim.user('Alice').send({ msgtype: 'file', file })
    const { fileName, mimeType, buffer } = await downloadFrom(contextOf(payload))
    expect(fileName).toBe('报表.pdf')
    expect(mimeType).toBe('application/pdf')
    expect(await buffer()).toEqual(pdf)
  })

  test('gives the file that was sent through the API, from the drive', async () => {
    const { payload } = await sim
      .user('Alice')
      .send({ msgtype: 'file', file: { name: 'a.pdf', bytes: pdf }, by: 'api' })
    const { fileName, buffer } = await downloadFrom(contextOf(payload))
    expect(fileName).toBe('a.pdf')
    expect(await buffer()).toEqual(pdf)
  })

  test('gives the quoted picture when the message has none of its own', async () => {
    const alice = sim.user('Alice')
    const { message } = await alice.send({ msgtype: 'picture', file: { bytes: png } })
    const { payload } = await alice.quote(message).say('what is this?')
    expect(await (await downloadFrom(contextOf(payload))).buffer()).toEqual(png)
  })

  describe('finds a file quoted in a group, of which the message tells', () => {
    /** Alice sends many files, and quotes one of them later. */
    async function quoteAmongMany(names: readonly string[], which: number): Promise<MediaContext> {
      const alice = sim.user('Alice')
      const team = alice.in(sim.group('Team'))
      const sent = []
      for (const [index, name] of names.entries()) {
        sent.push(await team.send({ msgtype: 'file', file: { name, bytes: `file ${index}` } }, { atBot: false }))
        await sim.clock.advance(60_000)
      }
      const quoted = sent[which]
      if (!quoted) throw new Error('there is no such file')
      const { payload } = await team.quote(quoted.message).say('sum it up')
      return contextOf(payload)
    }

    const contentOf = async (ctx: MediaContext): Promise<string> =>
      (await (await downloadFrom(ctx)).buffer()).toString()

    test('its name, on whatever page of the list it is', async () => {
      sim.switches.quotedFile = 'name'
      const names = Array.from({ length: 60 }, (_, index) => `${index}.pdf`)
      expect(await contentOf(await quoteAmongMany(names, 55))).toBe('file 55')
      const lists = sim.calls.filter(({ path }) => path.endsWith('/listAll'))
      expect(lists).toHaveLength(2)
    })

    test('a name that others have as well, by the time', async () => {
      sim.switches.quotedFile = 'name'
      expect(await contentOf(await quoteAmongMany(['a.pdf', 'a.pdf', 'a.pdf'], 1))).toBe('file 1')
    })

    test('nothing, by the time alone', async () => {
      sim.switches.quotedFile = 'none'
      expect(await contentOf(await quoteAmongMany(['a.pdf', 'b.pdf', 'c.pdf'], 2))).toBe('file 2')
    })

    test('a name that is not in the drive any more: an error says so', async () => {
      sim.switches.quotedFile = 'name'
      const ctx = await quoteAmongMany(['a.pdf'], 0)
      await expect(downloadFrom(ctx, { kind: 'file', fileName: 'gone.pdf' })).rejects.toMatchObject({
        code: 'ERR_MEDIA_REF',
        message: expect.stringMatching(/"gone\.pdf" was found among/),
      })
    })

    test('a name, quoted by somebody from outside: an error says whom the drive wants', async () => {
      sim.switches.quotedFile = 'name'
      const ctx = { ...(await quoteAmongMany(['a.pdf'], 0)), from: {} }
      await expect(downloadFrom(ctx)).rejects.toMatchObject({ code: 'ERR_MEDIA_REF', message: /`userId`/ })
    })
  })

  test('says what to do when there is nothing to download', async () => {
    const { payload } = await sim.user('Alice').say('hi')
    await expect(downloadFrom(contextOf(payload))).rejects.toMatchObject({
      code: 'ERR_MEDIA_REF',
      message: expect.stringMatching(/no picture and no file.*chatbot:picture/),
    })
  })

  test('tells what the platform says of a code that it does not know', async () => {
    const { payload } = await sim.user('Alice').say('hi')
    await expect(downloadFrom(contextOf(payload), 'made-up')).rejects.toMatchObject({
      name: 'ApiError',
      code: 'invalidParameter.robotCode.downloadCode',
    })
  })
})

describe('ctx.reuploadImages', () => {
  test('gives a media id for each picture, in their order', async () => {
    const picture = { name: 'cat.png', bytes: png }
    const parts = [{ text: 'look' }, { picture }, { picture: { name: 'dog.png', bytes: png } }]
    const { payload } = await sim.user('Alice').send({ msgtype: 'richText', parts })
    const mediaIds = await reuploadImages(contextOf(payload))
    expect(mediaIds).toHaveLength(2)
    expect(new Set(mediaIds).size).toBe(2)
    expect(mediaIds.every(id => /^[@$]/.test(id))).toBe(true)
    expect(sim.calls.filter(({ path }) => path === '/media/upload')).toMatchObject([
      { query: { type: 'image' }, answer: { errcode: 0, media_id: mediaIds[0] } },
      { query: { type: 'image' }, answer: { errcode: 0, media_id: mediaIds[1] } },
    ])
  })

  test('gives nothing for a message without pictures, and asks nobody', async () => {
    const { payload } = await sim.user('Alice').say('hi')
    expect(await reuploadImages(contextOf(payload))).toEqual([])
    expect(sim.calls).toEqual([])
  })

  test('refuses what calls itself a picture and is none, before anything is uploaded', async () => {
    const { payload } = await sim.user('Alice').send({ msgtype: 'picture', file: { name: 'cat.png', bytes: 'no cat' } })
    await expect(reuploadImages(contextOf(payload))).rejects.toMatchObject({ code: 'ERR_MEDIA_FORMAT' })
    expect(sim.calls.map(({ path }) => path)).not.toContain('/media/upload')
  })
})
