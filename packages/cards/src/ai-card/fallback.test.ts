import { describe, expect, test, vi } from 'vitest'
import { cardClient } from '../plugin/client.ts'
import { CREATE, createStage } from '../testing/stage.ts'

function recordingLogger() {
  const lines: string[] = []
  const write = (message: string): void => void lines.push(message)
  return { lines, logger: { debug() {}, info() {}, warn: write, error: write } }
}

describe.concurrent('without a card, the same text goes out as a markdown message', () => {
  test('when the permission is missing: the result and one line of the log name it', async () => {
    const { lines, logger } = recordingLogger()
    await using stage = await createStage({ bot: { logger } })
    stage.sim.permissions.revoke('Card.Instance.Write')
    const result = await stage.answer(ctx => ctx.aiCard().stream(['# 标题\n', '正文']))
    expect(stage.messages()).toEqual(['# 标题\n正文'])
    expect(result).toMatchObject({ status: 'finished', cards: [], text: '# 标题\n正文' })
    expect(result.fallback?.reason).toMatchObject({ requiredScopes: ['Card.Instance.Write'] })
    expect(lines).toEqual([expect.stringContaining('Card.Instance.Write')])
  })

  test('when the template does not exist', async () => {
    await using stage = await createStage({ sim: { templates: {} } })
    const result = await stage.answer(ctx => ctx.aiCard().finish('正文'))
    expect(stage.messages()).toEqual(['正文'])
    expect(result.fallback?.reason).toMatchObject({ code: 'param.templateNotExist' })
  })

  test('when the platform answers 500 unknownError', async () => {
    await using stage = await createStage()
    stage.sim.faults.api({
      path: CREATE,
      fault: { status: 500, body: { code: 'unknownError', message: 'x' } },
      times: 9,
    })
    await stage.answer(ctx => ctx.aiCard().finish('正文'))
    expect(stage.messages()).toEqual(['正文'])
  })

  test('when a template does not stream: the card shows all of it at its end', async () => {
    const { lines, logger } = recordingLogger()
    const templates = { '382e4302-551d-4880-bf29-a30acfab2e71.schema': { streams: ['other'] } }
    await using stage = await createStage({ sim: { templates }, bot: { logger } })
    await stage.answer(async ctx => {
      const card = ctx.aiCard()
      card.append('正')
      await stage.sim.until(() => stage.sim.calls.some(({ status }) => status === 500))
      await card.finish('正文')
    })
    expect([...stage.sim.cards.values()]).toMatchObject([{ status: 'finished', variables: { msgContent: '正文' } }])
    expect(lines).toEqual([expect.stringContaining('Card.Streaming.Write')])
  })

  test('through the robot API, where there is no message to reply to', async () => {
    await using stage = await createStage({ group: 'Team' })
    const { conversationId } = stage.sim.group('Team')
    stage.sim.permissions.revoke('Card.Instance.Write')
    await using client = cardClient(stage.bot.api, { robotCode: stage.sim.clientId, ...recordingLogger() })
    await client.to({ group: conversationId }).aiCard().finish('公告')
    expect(stage.messages()).toEqual(['公告'])
  })

  test('in several messages when it is long', async () => {
    await using stage = await createStage()
    stage.sim.permissions.revoke('Card.Instance.Write')
    const paragraphs = Array.from({ length: 250 }, (_, index) => `第 ${index} 段：${'字'.repeat(100)}`)
    await stage.answer(ctx => ctx.aiCard().finish(paragraphs.join('\n\n')))
    expect(stage.messages().length).toBeGreaterThan(1)
    expect(stage.messages().join('\n\n')).toBe(paragraphs.join('\n\n'))
  })
})

test('without a card, the next ones are not tried for a while, until it is over', async () => {
  const sim = { switches: { grantNeedsNewToken: false } }
  const breaker = 600_000
  await using stage = await createStage({ cards: { breaker }, sim })
  stage.sim.permissions.revoke('Card.Instance.Write')
  const tries = () => stage.bodies(CREATE).length
  await stage.answer(ctx => ctx.aiCard().finish('一'))
  await stage.answer(ctx => ctx.aiCard().finish('二'))
  // Once more with a new token: the permission might have been granted since.
  expect(tries()).toBe(2)
  expect(stage.messages()).toEqual(['一', '二'])
  stage.sim.permissions.grant('Card.Instance.Write')
  const now = performance.now.bind(performance)
  vi.spyOn(performance, 'now').mockImplementation(() => now() + breaker)
  expect((await stage.answer(ctx => ctx.aiCard().finish('三'))).cards).toHaveLength(1)
  expect(stage.plugin.stats().fallbacks).toBeGreaterThanOrEqual(2)
})
