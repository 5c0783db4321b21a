import { expect } from 'vitest'
import { testInBrowser } from '../support/browser.ts'
import { caller } from './support/platform.ts'
import { lastOf, openChat, say, setStage } from './support/stage.ts'

const stage = setStage()

testInBrowser('a user and a group are made from the page, and more members join', async () => {
  const sim = await stage.simulator()
  const { page, problems } = await stage.open(sim)
  await page.getByTestId('new-user').click()
  await page.getByTestId('user-nick').fill('王小雨')
  await page.getByTestId('dialog-submit').click()
  await openChat(page, '王小雨')
  await say(page, '我来了')
  expect((await sim.until(() => sim.messages[0])).from.nick).toBe('王小雨')

  await page.getByTestId('new-group').click()
  await page.getByTestId('group-title').fill('新项目')
  await page.getByRole('checkbox', { name: '王小雨' }).check()
  await page.getByTestId('dialog-submit').click()
  await page.locator('.chat-title', { hasText: '新项目' }).waitFor()
  await page.getByTestId('add-members').click()
  await page.getByRole('checkbox', { name: 'Alice' }).check()
  await page.getByTestId('dialog-submit').click()
  await page.getByText('2 members').waitFor()
  expect(sim.group('新项目').memberIds).toEqual([sim.user('王小雨').userId, sim.user('Alice').userId])
  expect(problems).toEqual([])
})

testInBrowser('in a group the bot hears what @s it, others are picked by typing an @', async () => {
  const sim = await stage.simulator()
  sim.group('开发群', [{ nick: 'Bob' }])
  const { page } = await stage.open(sim)
  await openChat(page, '开发群')
  const box = page.getByTestId('composer-input')
  await box.fill('hello ')
  await box.press('End')
  await page.keyboard.type('@bo')
  const list = page.getByTestId('mention-list')
  await expect
    .poll(() => list.getByRole('option').allInnerTexts())
    .toEqual([expect.stringContaining('Bot'), expect.stringContaining('Bob')])
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect.poll(() => page.getByTestId('mention-chips').textContent()).toMatch(/@Bot\s*@Bob/)
  await page.keyboard.press('Enter')
  const first = await sim.until(() => sim.messages[0])
  expect(first).toMatchObject({ mentions: ['Bot', 'Bob'], content: { text: 'hello' } })
  expect(first.body).toMatchObject({ isInAtList: true, atUsers: [{ staffId: sim.user('Bob').userId }, {}] })

  await page.getByRole('button', { name: 'Do not mention Bot' }).click()
  await say(page, 'just us')
  await page.getByTestId('untold').waitFor()
  expect(sim.messages[1]).toMatchObject({ untold: true })
})

testInBrowser('two tabs stay in step: users, messages, and what is read', async () => {
  const sim = await stage.simulator()
  const api = await caller(sim)
  const { page: one } = await stage.open(sim)
  const { page: other } = await stage.open(sim)
  await openChat(one, '小钉')
  await openChat(other, '小钉')
  await api.send('Alice', 'sampleText', { content: 'for Alice' })
  const badge = (page: typeof one) =>
    page.locator('.conversation', { hasText: 'Alice' }).locator('.conversation-unread')
  await badge(one).waitFor()
  await badge(other).waitFor()

  await openChat(one, 'Alice')
  await badge(other).waitFor({ state: 'detached' })
  const read = await api.call(
    'GET',
    `/v1.0/robot/oToMessages/readStatus?robotCode=${sim.clientId}&processQueryKey=${encodeURIComponent(sim.messages[0]?.processQueryKey ?? '')}`,
    undefined,
  )
  expect(read).toMatchObject({ messageReadInfoList: [{ name: 'Alice', readStatus: 'READ' }] })

  await say(one, 'from the first tab')
  await openChat(other, 'Alice')
  await lastOf(other, 'text', 'user').getByText('from the first tab').waitFor()
  sim.user('新同事')
  await sim.user('新同事').say('hi')
  await one.locator('.conversation', { hasText: '新同事' }).waitFor()
  await other.locator('.conversation', { hasText: '新同事' }).waitFor()
})

testInBrowser('who has read a message of the bot in a group is told', async () => {
  const sim = await stage.simulator()
  const group = sim.group('开发群')
  const api = await caller(sim)
  const { page } = await stage.open(sim)
  await openChat(page, '开发群')
  const body = {
    robotCode: sim.clientId,
    openConversationId: group.conversationId,
    msgKey: 'sampleText',
    msgParam: '{"content":"news"}',
  }
  await api.call('POST', '/v1.0/robot/groupMessages/send', body)
  await page.getByTestId('read-state').getByText('Read 1/2').waitFor()
  await page.getByTestId('composer-speaker').selectOption('Alice')
  await page.getByTestId('read-state').getByText('Read 2/2').waitFor()
})

testInBrowser(
  'a dialog begins in its first field and gives the focus back; a new user is opened, a known one refused',
  async () => {
    const sim = await stage.simulator()
    for (let count = 0; count < 20; count++) sim.user(`User ${count}`)
    const { page } = await stage.open(sim)
    const focused = (testid: string) => page.locator(`[data-testid=${testid}]:focus`).waitFor()
    await page.getByTestId('new-user').click()
    await focused('user-nick')
    await page.getByRole('button', { name: 'Cancel' }).click()
    await focused('new-user')

    await page.keyboard.press('Enter')
    await focused('user-nick')
    await page.keyboard.type('Alice')
    await page.keyboard.press('Enter')
    await page.getByRole('alert').getByText('There is somebody called Alice already').waitFor()
    await page.getByTestId('user-nick').fill('Zed')
    await page.keyboard.press('Enter')
    await page.locator('.chat-title', { hasText: 'Zed' }).waitFor()
    await focused('composer-input')
  },
)

testInBrowser('the list shows the open chat, however one came to it', async () => {
  const sim = await stage.simulator()
  for (let count = 0; count < 30; count++) sim.group(`Group ${count}`)
  const { page } = await stage.open(sim, {}, `#/chat/${encodeURIComponent(sim.group('Group 29').conversationId)}`)
  await page.locator('.chat-title', { hasText: 'Group 29' }).waitFor()
  const chosen = page.locator('.conversation[aria-current]')
  const isInSight = () =>
    chosen.evaluate(link => {
      const list = link.closest('.conversations-scroll')?.getBoundingClientRect()
      const { top, bottom } = link.getBoundingClientRect()
      return list !== undefined && top >= list.top && bottom <= list.bottom
    })
  await expect.poll(isInSight).toBe(true)
  await page.keyboard.press('Alt+ArrowDown')
  await page.locator('.chat-title', { hasText: '小钉' }).waitFor()
  await expect.poll(isInSight).toBe(true)
})
