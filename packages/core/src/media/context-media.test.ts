import { createSimulator, type Simulator } from '@dingware/simulator'
import { createDownloader, createHttpClient, createNetwork, type Network } from '@dingware/transport'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createCaller } from '../api/caller.ts'
import { filesOf, imagesOf } from '../message/media-of.ts'
import { parseMessage } from '../message/message.ts'
import { quotedOf } from '../message/quoted.ts'
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
    quoted: quotedOf(message),
    images: () => imagesOf(message),
    files: () => filesOf(message),
  }
}

describe('ctx.download', () => {
  test('gives the picture that somebody sent', async () => {
    const { payload } = await sim.user('Alice').send({ msgtype: 'picture', file: { name: 'cat.png', bytes: png } })
    const file = await downloadFrom(contextOf(payload))
    expect([file.mimeType, await file.buffer()]).toEqual(['image/png', png])
  })

  test('gives the file that somebody sent, with its name', async () => {
    const file = { name: '报表.pdf', bytes: pdf }
    const { payload } = await sim.user('Alice').send({ msgtype: 'file', file })
    const { fileName, mimeType, buffer } = await downloadFrom(contextOf(payload))
    expect([fileName, mimeType, await buffer()]).toEqual(['报表.pdf', 'application/pdf', pdf])
  })

  test('gives the file that was sent through the API, from the drive', async () => {
    const { payload } = await sim
      .user('Alice')
      .send({ msgtype: 'file', file: { name: 'a.pdf', bytes: pdf }, by: 'api' })
    const { fileName, buffer } = await downloadFrom(contextOf(payload))
    expect([fileName, await buffer()]).toEqual(['a.pdf', pdf])
  })

  test('gives the quoted picture when the message has none of its own', async () => {
    const alice = sim.user('Alice')
    const { message } = await alice.send({ msgtype: 'picture', file: { bytes: png } })
    const { payload } = await alice.quote(message).say('what is this?')
    expect(await (await downloadFrom(contextOf(payload))).buffer()).toEqual(png)
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
