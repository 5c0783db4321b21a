import type { Page } from 'playwright-core'
import { expect, vi } from 'vitest'
import { testInBrowser } from '../support/browser.ts'
import { caller } from './support/platform.ts'
import { setStage } from './support/stage.ts'
import { faultsOfAccess, openWorkbench } from './support/workbench.ts'

// A browser on a busy machine takes its time.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })
const stage = setStage()
const armed = (page: Page) => page.getByTestId('armed-fault')

async function openFaults(options: Parameters<typeof stage.open>[1] = {}) {
  const sim = await stage.simulator()
  const opened = await stage.open(sim, { viewport: { width: 1440, height: 900 }, ...options })
  await openWorkbench(opened.page, 'faults')
  await opened.page.getByTestId('faults').waitFor()
  const section = (id: string) => opened.page.locator(`[data-testid=section-${id}] > summary`).click()
  return { sim, section, ...opened }
}

testInBrowser('a fault armed with a click strikes, is counted, and is gone', async () => {
  const { sim, page, problems } = await openFaults()
  const api = await caller(sim)
  await page.getByTestId('preset-rateLimited').click()
  await armed(page).getByText('3 times more').waitFor()
  const send = () => api.send('Alice', 'sampleText', { content: 'x' })
  await expect(send()).rejects.toThrow('Too many requests')
  await armed(page).getByText('struck once').waitFor()
  await page.getByTestId('disarm').click()
  await armed(page).waitFor({ state: 'detached' })
  await send()
  expect(problems).toEqual([])
})

testInBrowser('a fault of one’s own: path, name, times', async () => {
  const { sim, page, section } = await openFaults()
  await section('api')
  await page.getByTestId('api-path').fill('/v1.0/robot/*')
  await page.getByTestId('api-fault').selectOption('serverError')
  await page.getByTestId('api-times').fill('2')
  await page.getByTestId('api-arm').click()
  await armed(page).getByText('serverError').waitFor()
  const api = await caller(sim)
  await expect(api.send('Alice', 'sampleText', { content: 'x' })).rejects.toThrow('系统繁忙')
  await armed(page).getByText('once more').waitFor()
})

testInBrowser('what was armed in code is shown too, and all is cleared at once', async () => {
  const { sim, page } = await openFaults()
  sim.faults.push({ fault: 'duplicate', probability: 0.25 })
  sim.faults.gateway.answer({ status: 503, times: 2 })
  sim.faults.api({ path: /<b>/, fault: 'html' })
  await armed(page).nth(2).waitFor()
  await expect.poll(() => page.getByTestId('armed').textContent()).toMatch(/<b>[\s\S]*duplicate[\s\S]*25 %[\s\S]*503/)
  await page.getByTestId('clear').click()
  await armed(page).first().waitFor({ state: 'detached' })
})

testInBrowser('the clock is moved on', async () => {
  const { sim, page, section } = await openFaults()
  const before = sim.clock.now()
  await section('clock')
  await page.getByTestId('advance-7200000').click()
  await page.getByTestId('section-clock').getByText('2 hr ahead').waitFor()
  expect(sim.clock.now() - before).toBeGreaterThanOrEqual(7_200_000)
})

testInBrowser('permissions, quotas, throttles and behaviour are set', async () => {
  const { sim, page, section } = await openFaults()
  await section('permissions')
  await page.getByTestId('permission-Card.Streaming.Write').uncheck()
  await section('limits')
  await page.getByTestId('quota-api-limit').fill('5000')
  await page.getByTestId('quota-api-set').click()
  await page.getByTestId('section-limits').getByText('5,000').waitFor()
  await page.getByTestId('throttle-value').fill('20')
  await page.getByTestId('throttle-set').click()
  await page.getByTestId('throttle-general').getByText('20').waitFor()
  await section('behaviour')
  await page.getByTestId('switch-quoteText').selectOption('content')
  await page.getByTestId('switch-finishedCardIsFrozen').click()
  await page.getByLabel('Messages come again after, ms').fill('1000, 2000')
  await page.keyboard.press('Tab')
  await page.getByTestId('switch-finishedCardIsFrozen').and(page.locator(':checked')).waitFor()
  await expect
    .poll(() => sim.switches)
    .toMatchObject({
      quoteText: 'content',
      finishedCardIsFrozen: true,
      robotRedelivery: [1_000, 2_000],
    })
  await expect.poll(() => sim.quota.api.limit).toBe(5_000)
  await expect.poll(() => sim.permissions.revoked).toEqual(['Card.Streaming.Write'])
})

testInBrowser('what is no number changes nothing, and a word beside the field says so', async () => {
  const { sim, page, section } = await openFaults()
  await section('behaviour')
  const { robotRedelivery, streamContentLimit } = sim.switches
  for (const [label, text] of [
    ['Messages come again after, ms', '60s'],
    ['Characters a streaming call', 'abc'],
  ] as const) {
    const field = page.getByLabel(label)
    await field.fill(text)
    await field.press('Tab')
    await page.getByTestId('section-behaviour').getByRole('alert').getByText('hole number').waitFor()
    await expect.poll(() => field.getAttribute('aria-invalid')).toBe('true')
    await field.fill('')
    await field.fill('5')
    await field.press('Tab')
    await page.getByRole('alert').waitFor({ state: 'detached' })
  }
  await expect.poll(() => sim.switches).toMatchObject({ robotRedelivery: [5], streamContentLimit: 5 })
  expect(robotRedelivery).toEqual([60_000])
  expect(streamContentLimit).toBe(20_000)
})

testInBrowser('a throttle for several APIs is set, and removed', async () => {
  const { sim, page, section } = await openFaults()
  await section('limits')
  await page.getByLabel('For one API').fill('/v1.0/robot/*')
  await page.getByTestId('throttle-value').fill('0')
  await page.getByTestId('throttle-set').click()
  await page.getByTestId('throttle-release').waitFor()
  const api = await caller(sim)
  const send = () => api.send('Alice', 'sampleText', { content: 'x' })
  await expect(send()).rejects.toThrow('QPS')
  await page.getByTestId('throttle-release').click()
  await page.getByTestId('throttle-release').waitFor({ state: 'detached' })
  await send()
})

testInBrowser('what one seldom needs is there too', async () => {
  const { sim, page, section } = await openFaults()
  for (const id of ['api', 'clock', 'permissions', 'limits']) await section(id)
  await page.getByTestId('api-more').press('Enter')
  await page.getByTestId('api-method').selectOption('POST')
  await page.getByTestId('api-fault').selectOption('serverError')
  await page.getByTestId('api-status').fill('599')
  await page.getByTestId('api-arm').click()
  await armed(page).getByText('serverError').waitFor()
  const before = sim.clock.now()
  await page.getByTestId('advance-by').fill('soon')
  await page.getByTestId('advance').click()
  await page.getByRole('alert').getByText('1h 30m').waitFor()
  await page.getByTestId('advance-by').fill('1h 30m')
  await page.getByTestId('advance').click()
  await page.getByRole('alert').waitFor({ state: 'detached' })
  await page.getByTestId('permission-other').fill('Own.Scope')
  await page.getByTestId('permission-revoke').click()
  await page.getByTestId('permission-Own.Scope').waitFor()
  sim.quota.api.limit = 5_000
  await page.getByTestId('quota-api-used').fill('4999')
  await page.getByTestId('quota-api-set').click()
  await page.getByTestId('quota-api').getByText('4,999').waitFor()
  expect(sim.clock.now() - before).toBeGreaterThanOrEqual(5_400_000)
  expect(sim.quota.api.used).toBe(4_999)
  expect(sim.quota.api.limit).toBe(5_000)
  expect(sim.permissions.revoked).toEqual(['Own.Scope'])
  const { status } = await fetch(`${sim.url}/v1.0/robot/plugins/query`, { method: 'POST' })
  expect(status).toBe(599)
})

testInBrowser('a wish that the server refuses is told, and nothing is armed', async () => {
  const { page, section } = await openFaults()
  await section('api')
  await page.getByTestId('api-path').fill('x'.repeat(300))
  await page.getByTestId('api-arm').click()
  await page.getByRole('alert').getByText('path').waitFor()
  await expect.poll(() => armed(page).count()).toBe(0)
})

testInBrowser('all of it goes by keyboard', async () => {
  const { page } = await openFaults()
  await page.getByTestId('preset-pushTwice').focus()
  await page.keyboard.press('Enter')
  await armed(page).waitFor()
  await page.getByTestId('disarm').focus()
  await page.keyboard.press('Space')
  await armed(page).waitFor({ state: 'detached' })
  await page.locator('[data-testid=section-api] > summary').focus()
  await page.keyboard.press('Enter')
  await page.getByTestId('api-path').waitFor()
  await page.getByTestId('api-path').focus()
  await page.keyboard.press('Enter')
  await armed(page).getByText('qps').waitFor()
})

for (const [colorScheme, locale] of [
  ['light', 'zh-CN'],
  ['dark', 'en'],
] as const) {
  testInBrowser(`axe finds nothing wrong in the fault panel: ${colorScheme}, ${locale}`, async () => {
    const { page, section } = await openFaults({ colorScheme, locale })
    await page.getByTestId('preset-slow').click()
    await page.getByTestId('preset-gatewayDown').click()
    await armed(page).nth(1).waitFor()
    for (const id of ['api', 'push', 'connection', 'clock', 'permissions', 'limits', 'behaviour']) await section(id)
    for (const id of ['api-more', 'strike-more']) await page.getByTestId(id).click()
    const field = page.getByTestId('section-behaviour').getByRole('textbox').first()
    await field.fill('60s')
    await field.press('Tab')
    await page.getByRole('alert').waitFor()
    await expect.poll(() => faultsOfAccess(page)).toEqual([])
  })
}
