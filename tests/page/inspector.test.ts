import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import type { Simulator } from '@dingware/simulator'
import type { Locator, Page } from 'playwright-core'
import { describe, expect, vi } from 'vitest'
import { WebSocket } from 'ws'
import { testInBrowser } from '../support/browser.ts'
import { caller } from './support/platform.ts'
import { type Opened, openChat, setStage } from './support/stage.ts'
import { faultsOfAccess, openWorkbench } from './support/workbench.ts'

// A browser on a busy machine takes its time.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })
const stage = setStage()
const hostile = "<img src=x onerror=\"document.title='pwned'\"><script>document.title='pwned'</script>"

/** A bot by hand: it acks at once, but what says `late`, and answers nothing. */
async function connectBot(sim: Simulator): Promise<WebSocket> {
  const response = await fetch(`${sim.url}/v1.0/gateway/connections/open`, {
    method: 'POST',
    // Not kept: another simulator may come to listen on the same port.
    headers: { 'content-type': 'application/json', accept: 'application/json', connection: 'close' },
    body: JSON.stringify({
      clientId: sim.clientId,
      clientSecret: sim.clientSecret,
      subscriptions: [{ type: 'CALLBACK', topic: '/v1.0/im/bot/messages/get' }],
      ua: 'hand/1.0.0',
    }),
  })
  const { endpoint, ticket } = Object(await response.json())
  const socket = new WebSocket(`${endpoint}?ticket=${ticket}`)
  socket.on('message', raw => {
    // What faults send is no frame.
    if (String(raw).startsWith('<')) return
    const { headers, data } = JSON.parse(String(raw))
    if (String(data).includes('late')) return
    const echo = headers.topic === 'ping' ? data : '{"response":null}'
    socket.send(JSON.stringify({ code: 200, headers: { messageId: headers.messageId }, message: 'OK', data: echo }))
  })
  await once(socket, 'open')
  return socket
}

async function openInspector(sim: Simulator, options: Parameters<typeof stage.open>[1] = {}): Promise<Opened> {
  const opened = await stage.open(sim, { viewport: { width: 1440, height: 900 }, ...options })
  await openChat(opened.page, '小钉')
  await openWorkbench(opened.page, 'inspector')
  return opened
}

const entries = (page: Page, more = '') => page.locator(`[data-testid=inspector-entry]${more}`)
const waitForCount = async (rows: Locator, count: number) => {
  await rows.nth(count - 1).waitFor()
  await rows.nth(count).waitFor({ state: 'detached' })
}

testInBrowser('a push, its ack and the answering call stand in one line of time, live', async () => {
  const sim = await stage.simulator()
  await connectBot(sim)
  const { page, problems } = await openInspector(sim)
  const { payload, delivery } = await sim.user('小钉').say('你好')
  // It comes over another connection than the call, so which is first has to be settled.
  await delivery.ack
  await sim.user('Alice').say('elsewhere')
  await fetch(payload.sessionWebhook, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ msgtype: 'text', text: { content: 'hello' } }),
  })
  await entries(page, '[data-kind=call]').waitFor()
  await waitForCount(entries(page), 3)
  await expect
    .poll(() => entries(page).evaluateAll(rows => rows.map(row => row.getAttribute('data-kind'))))
    .toEqual(['push', 'ack', 'call'])
  await expect.poll(() => entries(page).nth(0).textContent()).toContain('你好')
  await expect.poll(() => entries(page).nth(1).textContent()).toMatch(/\d+ ms/)
  await page.getByTestId('scope-all').click()
  await entries(page).filter({ hasText: 'elsewhere' }).first().waitFor()
  await entries(page).filter({ hasText: 'accessToken' }).waitFor({ state: 'detached' })
  expect(problems).toEqual([])
})

testInBrowser('late acks, acks that never came, refusals and violations are marked, and found by filter', async () => {
  const sim = await stage.simulator({ pushTimeout: 50 })
  const socket = await connectBot(sim)
  const { page } = await openInspector(sim)
  const { delivery } = await sim.user('小钉').say('late')
  await delivery.ack
  await entries(page, '[data-kind=push][data-state=failed]').waitFor()
  socket.send(JSON.stringify({ code: 200, headers: { messageId: delivery.messageId }, message: 'OK', data: '{}' }))
  await entries(page, '[data-kind=push][data-state=late]').waitFor()
  await entries(page, '[data-kind=ack][data-state=late]').waitFor()
  socket.send('no JSON')
  const api = await caller(sim)
  sim.faults.api({ fault: 'qps' })
  await expect(api.send('小钉', 'sampleText', { content: 'refused' })).rejects.toThrow()
  await entries(page, '[data-kind=call][data-state=failed]').waitFor()
  await page.getByTestId('only-late').click()
  await waitForCount(entries(page), 2)
  await page.getByTestId('only-failed').click()
  await waitForCount(entries(page), 3)
  await page.getByTestId('only-late').click()
  await expect.poll(() => entries(page).textContent()).toContain('fault: qps')
  await page.getByTestId('scope-all').click()
  await entries(page).filter({ hasText: 'the frame is not a JSON object' }).waitFor()
})

testInBrowser('a search looks through everything that went over the wire', async () => {
  const sim = await stage.simulator()
  await connectBot(sim)
  const { page } = await openInspector(sim)
  const api = await caller(sim)
  await sim.user('小钉').say('hay')
  await api.card({ user: '小钉' }, 'x.schema', { hidden: 'needle in a variable' })
  await waitForCount(entries(page), 3)
  await page.getByTestId('inspector-search').fill('NEEDLE')
  await waitForCount(entries(page), 1)
  await expect.poll(() => entries(page).textContent()).toContain('createAndDeliver')
  await page.getByTestId('inspector-search').fill('')
  await waitForCount(entries(page), 3)
  await page.getByTestId('kind-call').click()
  await waitForCount(entries(page), 2)
})

describe('an entry in full', () => {
  testInBrowser('is copied as JSON and as curl, without its secrets', async () => {
    const sim = await stage.simulator()
    await connectBot(sim)
    const { page, problems } = await openInspector(sim, { permissions: ['clipboard-read', 'clipboard-write'] })
    const api = await caller(sim)
    await api.send('小钉', 'sampleText', { content: `token? secret? ${sim.clientSecret}` })
    await entries(page, '[data-kind=call]').click()
    await page.getByTestId('copy-curl').click()
    await page.getByText('Copied').waitFor()
    const curl = await page.evaluate<string>('navigator.clipboard.readText()')
    expect(curl).toContain(`curl -X POST '${sim.url}/v1.0/robot/oToMessages/batchSend'`)
    expect(curl).toContain('"$ACCESS_TOKEN"')
    await page.getByTestId('copy-json').click()
    const json = await page.evaluate<string>('navigator.clipboard.readText()')
    expect(JSON.parse(json)).toMatchObject({ body: { msgKey: 'sampleText' }, code: 200 })
    const token = sim.calls.map(({ headers }) => headers['x-acs-dingtalk-access-token']).find(it => it) ?? '?'
    for (const text of [curl, json, await page.getByTestId('workbench').innerHTML()]) {
      expect(text).not.toContain(token)
      expect(text).not.toContain(sim.clientSecret)
    }
    expect(problems).toEqual([])
  })

  testInBrowser('of a push is pushed again', async () => {
    const sim = await stage.simulator()
    await connectBot(sim)
    const { page } = await openInspector(sim)
    await sim.user('小钉').say('once')
    await entries(page, '[data-kind=push]').click()
    await page.getByTestId('replay').click()
    await page.getByText('Pushed again').waitFor()
    await waitForCount(entries(page, '[data-kind=push]'), 2)
    await waitForCount(entries(page, '[data-kind=ack]'), 2)
  })

  testInBrowser('goes when the simulator starts anew on its port, where its number is that of another', async () => {
    const first = await stage.simulator()
    const bot = await connectBot(first)
    const { page } = await openInspector(first)
    await first.user('小钉').say('FIRST')
    await entries(page, '[data-kind=push]').click()
    const detail = page.getByTestId('inspector-detail')
    await detail.getByText('"FIRST"').waitFor()
    bot.terminate()
    await first.close()
    const second = await stage.simulator({ port: Number(new URL(first.url).port) })
    await connectBot(second)
    await second.user('小钉').say('SECOND')
    await entries(page, '[data-kind=push]').filter({ hasText: 'SECOND' }).waitFor()
    await expect.poll(() => detail.count()).toBe(0)
    await entries(page, '[data-kind=push]').click()
    await detail.getByText('"SECOND"').waitFor()
  })

  testInBrowser('is reached, changed and left by keyboard', async () => {
    const sim = await stage.simulator()
    await connectBot(sim)
    const { page } = await openInspector(sim)
    for (const text of ['one', 'two']) await (await sim.user('小钉').say(text)).ack
    await waitForCount(entries(page), 4)
    await page.getByTestId('inspector-entries').focus()
    await page.keyboard.press('Home')
    const detail = page.getByTestId('inspector-detail')
    await detail.getByText('"one"').waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    await detail.getByText('"two"').waitFor()
    await page.getByTestId('inspector-close').focus()
    await page.keyboard.press('Enter')
    await detail.waitFor({ state: 'detached' })
  })
})

testInBrowser('nothing that came over the wire runs in the page', async () => {
  const sim = await stage.simulator()
  const socket = await connectBot(sim)
  const { page, problems } = await openInspector(sim)
  await page.getByTestId('scope-all').click()
  await sim.user(hostile).say(hostile)
  sim.faults.garbage(hostile)
  socket.send(hostile)
  const api = await caller(sim)
  await fetch(`${sim.url}/${encodeURIComponent(hostile)}?${encodeURIComponent(hostile)}=1`, {
    headers: { 'x-evil': hostile },
  })
  await api.card({ user: hostile }, hostile, { [hostile]: hostile, json: JSON.stringify({ [hostile]: hostile }) })
  await entries(page).filter({ hasText: 'createAndDeliver' }).waitFor()
  for (const row of await entries(page).all()) {
    await row.click()
    await page.locator('[data-testid=inspector-detail] .json').first().waitFor()
    await expect.poll(() => page.locator('.inspector img, .inspector script').count()).toBe(0)
  }
  await expect.poll(() => page.title()).not.toContain('pwned')
  expect(problems).toEqual([])
})

testInBrowser('the session is exported as a file that another simulator replays', async () => {
  const sim = await stage.simulator()
  await connectBot(sim)
  const { page } = await openInspector(sim)
  await sim.user('小钉').say('remember me')
  await sim.user('Alice').say('not me')
  await entries(page).first().waitFor()
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByTestId('export').click()])
  const fixture: unknown = JSON.parse(await readFile(await download.path(), 'utf8'))
  const other = await stage.simulator()
  await connectBot(other)
  await other.replay(fixture)
  expect(other.messages.map(({ content }) => Object(content).text)).toEqual(['remember me'])
})

testInBrowser('quotas are live', async () => {
  const sim = await stage.simulator({ switches: { webhookPerMinute: 20 } })
  await connectBot(sim)
  sim.quota.push.limit = 3
  const { page } = await openInspector(sim)
  await sim.user('小钉').say('one')
  await page.getByTestId('meter-push').getByText('1 / 3').waitFor()
  sim.quota.push.used = 3
  await page.locator('[data-testid=meter-push][data-level=full]').waitFor()
  sim.throttle.limit(20)
  await (await caller(sim)).send('小钉', 'sampleText', { content: 'x' })
  await page
    .getByTestId('meter-api')
    .getByText(/1 \/ ∞/)
    .waitFor()
})

testInBrowser('five thousand entries are a few dozen elements, and the newest is in view', async () => {
  const sim = await stage.simulator()
  const socket = await connectBot(sim)
  for (let index = 0; index < 5_000; index += 1) socket.send(`{"n":${index}}`)
  await sim.until(() => sim.frames.some(({ raw }) => raw === '{"n":4999}'), { timeout: 10_000 })
  const { page } = await openInspector(sim)
  await page.getByTestId('scope-all').click()
  await entries(page).filter({ hasText: '{"n":4999}' }).waitFor()
  await expect.poll(() => entries(page).count()).toBeLessThan(60)
  await page.getByTestId('inspector-entries').focus()
  await page.keyboard.press('Home')
  await page.locator('[data-testid=inspector-entry][aria-posinset="1"]').waitFor()
})

for (const [colorScheme, locale] of [
  ['light', 'en'],
  ['dark', 'zh-CN'],
] as const) {
  testInBrowser(`axe finds nothing wrong in the inspector: ${colorScheme}, ${locale}`, async () => {
    const sim = await stage.simulator({ switches: { webhookPerMinute: 1 } })
    const socket = await connectBot(sim)
    const { page } = await openInspector(sim, { colorScheme, locale })
    sim.quota.api.limit = 0
    const api = await caller(sim)
    await expect(api.send('小钉', 'sampleText', { content: 'x' })).rejects.toThrow()
    await sim.user('小钉').say('hello')
    socket.send('wrong')
    await page.getByTestId('scope-all').click()
    await entries(page, '[data-kind=push]').click()
    await page.getByTestId('copy-json').waitFor()
    await expect.poll(() => faultsOfAccess(page)).toEqual([])
  })
}
