import type { Locator } from 'playwright-core'
import { expect } from 'vitest'
import { startEcho } from '../../scripts/echo.ts'
import { testInBrowser } from '../support/browser.ts'
import { showMessages } from './support/gallery.ts'
import { caller } from './support/platform.ts'
import { png } from './support/png.ts'
import { lastOf, openChat, say, setStage } from './support/stage.ts'

const stage = setStage()
const picture = { name: 'cat.png', mimeType: 'image/png', buffer: Buffer.from(png(40, 30, [200, 80, 80])) }

testInBrowser('a message typed on the page is answered there by the bot', async () => {
  const sim = await stage.simulator()
  const bot = await startEcho(sim)
  const { page, problems } = await stage.open(sim)
  await page.locator('[data-testid=connection][data-state=bot]').waitFor()
  await say(page, '你好，浏览器')
  const answer = page.locator('[data-testid=message][data-from=bot]').last()
  await answer.getByText('你好，浏览器').waitFor()
  expect(problems).toEqual([])
  await bot.stop()
})

testInBrowser('every kind of message is drawn, and nothing is loaded from elsewhere', async () => {
  const sim = await stage.simulator()
  const { page, problems } = await stage.open(sim, { viewport: { width: 1280, height: 4_000 } })
  await openChat(page, '小钉')
  await showMessages(sim, await caller(sim))
  const bubble = (kind: string, from = 'bot') => lastOf(page, kind, from).locator('.bubble')

  await bubble('file').getByText('会议纪要.pdf').waitFor()
  await expectText(bubble('markdown').getByRole('heading'), '上线进度')
  await expect.poll(() => bubble('markdown').locator('strong, em').allInnerTexts()).toEqual(['完成', '进行中'])
  await expect
    .poll(() => bubble('markdown').locator('.missing-image').getAttribute('href'))
    .toBe('https://img.example.com/a.png')
  await expect.poll(() => loaded(bubble('markdown').locator('img'))).toBe(true)
  await expect.poll(() => loaded(bubble('image', 'user').locator('img'))).toBe(true)
  await expect.poll(() => loaded(bubble('richText', 'user').locator('img'))).toBe(true)
  await expectText(bubble('richText', 'user').locator('.plain-text'), '看这张图')
  await expectText(bubble('audio', 'user').locator('blockquote'), '帮我订明天下午三点的会议室')
  await expect.poll(() => bubble('file', 'user').getByRole('link').getAttribute('download')).toBe('第三季度预算.xlsx')
  await expect.poll(() => bubble('link').locator('.link-title').getAttribute('href')).toBe('https://example.com/notes')
  await expect.poll(() => bubble('actionCard').getByRole('link').allInnerTexts()).toEqual(['发布', '再等等'])
  await expect.poll(() => bubble('feedCard').locator('.feed-title').allInnerTexts()).toEqual(['本周要闻', '新人指南'])
  await expect
    .poll(() => bubble('chatRecord', 'user').locator('li').allInnerTexts())
    .toEqual(['小李 接口又超时了', '小王 [picture]'])
  await expect
    .poll(() => bubble('link', 'user').locator('.link-title').getAttribute('href'))
    .toBe('https://alidocs.example/i/nodes/1')
  await expectText(bubble('interactiveCard').getByRole('heading'), '今日待办')
  await expectText(bubble('interactiveCard').locator('strong'), '12')
  await expect.poll(() => bubble('interactiveCard').getByRole('link', { name: '打开' }).count()).toBe(2)
  await expect.poll(() => bubble('interactiveCard').getByRole('link', { name: '忽略' }).count()).toBe(0)
  await expect.poll(() => loaded(bubble('interactiveCard').locator('.interactive-images img').last())).toBe(true)
  await expect.poll(() => bubble('interactiveCard').locator('.json pre').textContent()).toContain('chart')
  await expectText(page.locator('.reaction'), '🤔思考中')
  expect(problems).toEqual([])
})

testInBrowser('text, pictures, files, a video and a voice message go out as what they are', async () => {
  const sim = await stage.simulator()
  const { page, problems } = await stage.open(sim)
  await openChat(page, '小钉')
  const sent = async (msgtype: string) => sim.until(() => sim.messages.find(({ body }) => hasType(body, msgtype)))

  await page.getByTestId('add-picture').setInputFiles(picture)
  await page.getByTestId('composer-send').click()
  await sent('picture')

  await page.getByTestId('add-picture').setInputFiles(picture)
  await say(page, 'look at this')
  await expect
    .poll(async () => (await sent('richText')).content)
    .toMatchObject({
      body: { richText: [{ text: 'look at this' }, { type: 'picture', downloadCode: expect.any(String) }] },
    })

  const video = { name: 'clip.mp4', mimeType: 'video/mp4', buffer: Buffer.from('no film') }
  await page.getByTestId('add-file').setInputFiles([{ ...picture, name: 'a.zip', mimeType: 'application/zip' }, video])
  await page.getByTestId('composer-send').click()
  await expect.poll(async () => (await sent('file')).content).toMatchObject({ body: { fileName: 'a.zip' } })
  await sent('video')

  await page.getByTestId('add-voice').click()
  await page.getByTestId('voice-words').fill('book a room')
  await page.getByTestId('voice-send').click()
  await expect
    .poll(async () => (await sent('audio')).content)
    .toMatchObject({ body: { recognition: 'book a room', duration: 2_200 } })
  await lastOf(page, 'audio', 'user').getByText('book a room').waitFor()
  // The browser says of the film that is none that it is none; nothing else may go wrong.
  expect(problems.filter(problem => !problem.includes('media'))).toEqual([])
})

testInBrowser('a reply quotes, and its quote leads back', async () => {
  const sim = await stage.simulator()
  const api = await caller(sim)
  const { page } = await stage.open(sim)
  await openChat(page, 'Alice')
  await api.send('Alice', 'sampleText', { content: 'the question' })
  const question = lastOf(page, 'text')
  await question.hover()
  await question.getByTestId('reply').click()
  await page.getByTestId('quoting').getByText('the question').waitFor()
  await say(page, 'the answer')
  const answer = lastOf(page, 'text', 'user')
  await answer.getByText('the answer').waitFor()
  await expect.poll(() => page.getByTestId('quoting').count()).toBe(0)
  const said = sim.messages.at(-1)
  expect(said?.body).toMatchObject({ text: { isReplyMsg: true, repliedMsg: { msgId: sim.messages[0]?.id } } })
  await answer.getByTestId('quote').click()
  await page.locator(`[data-message-id="${sim.messages[0]?.id}"]:focus`).waitFor()
})

testInBrowser('what a bot takes back leaves a line and no reply to it, and those who listen are told', async () => {
  const sim = await stage.simulator()
  const api = await caller(sim)
  const { page } = await stage.open(sim)
  await openChat(page, 'Alice')
  const key = await api.send('Alice', 'sampleText', { content: 'oops' })
  await lastOf(page, 'text').hover()
  await page.getByTestId('reply').click()
  await page.getByTestId('quoting').waitFor()
  await api.call('POST', '/v1.0/robot/otoMessages/batchRecall', { robotCode: sim.clientId, processQueryKeys: [key] })
  await page.getByTestId('announcer').getByText('taken a message back').waitFor()
  await expect.poll(() => page.getByTestId('message').count()).toBe(0)
  await page.getByTestId('recalled').getByText('taken a message back').waitFor()
  await expect.poll(() => page.getByTestId('quoting').count()).toBe(0)
})

testInBrowser('a message that is refused comes back into the draft with the reason', async () => {
  const sim = await stage.simulator()
  const { page } = await stage.open(sim)
  await openChat(page, 'Alice')
  await page.route('**/_sim/messages', route => route.fulfill({ status: 400, json: { error: 'not today' } }))
  await say(page, 'hello')
  await page.getByTestId('composer-failure').getByText('not today').waitFor()
  await expect.poll(() => page.getByTestId('composer-input').inputValue()).toBe('hello')
})

testInBrowser('a group that was dissolved can be read, and not written to', async () => {
  const sim = await stage.simulator()
  const { page } = await stage.open(sim)
  await openChat(page, '开发群')
  sim.disband(sim.group('开发群'))
  await page.getByText('This group was dissolved').waitFor()
  await expect.poll(() => page.getByTestId('composer-input').count()).toBe(0)
})

function hasType(body: unknown, msgtype: string): boolean {
  return typeof body === 'object' && body !== null && 'msgtype' in body && body.msgtype === msgtype
}

async function expectText(locator: Locator, text: string): Promise<void> {
  await expect.poll(async () => (await locator.textContent())?.trim()).toBe(text)
}

/** Whether a picture is there: the browser gives one that is not no width. */
async function loaded(image: Locator): Promise<boolean> {
  return image.evaluate(async element => {
    await element.decode()
    return element.naturalWidth > 0
  })
}
