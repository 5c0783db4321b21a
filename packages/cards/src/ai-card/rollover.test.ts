import { describe, expect, test } from 'vitest'
import { createStage } from '../testing/stage.ts'

const paragraph = (index: number): string => `第 ${index} 段：${'字'.repeat(30)}`

describe.concurrent('a text that is longer than a card', () => {
  test('goes on in another one, between paragraphs; the earlier are finished, buttons stand on the last', async () => {
    await using stage = await createStage({ cards: { aiCard: { maxLength: 100 } } })
    const text = [0, 1, 2, 3, 4].map(paragraph).join('\n\n')
    const result = await stage.answer(ctx =>
      ctx.aiCard({ title: '长文', tips: '' }).stream([text], { buttons: [{ text: '好', id: 'ok' }] }),
    )
    const cards = [...stage.sim.cards.values()]
    expect(result.cards.map(({ outTrackId }) => outTrackId)).toEqual(cards.map(({ outTrackId }) => outTrackId))
    expect(cards.map(({ variables }) => variables.msgContent)).toEqual([
      [0, 1].map(paragraph).join('\n\n'),
      [2, 3].map(paragraph).join('\n\n'),
      paragraph(4),
    ])
    expect(cards.map(({ status }) => status)).toEqual(['finished', 'finished', 'finished'])
    const hasButtons = cards.map(({ variables }) => (variables.sys_full_json_obj ?? '').includes('"msgButtons":'))
    expect(hasButtons).toEqual([false, false, true])
    expect(result.text).toBe(text)
  })

  test('within a block of code goes on as code while it is written, and the result is as the source wrote it', async () => {
    await using stage = await createStage({ cards: { aiCard: { maxLength: 100 } } })
    const lines = Array.from({ length: 12 }, (_, index) => `const line${index} = ${index}\n`)
    const text = ['```ts\n', ...lines, '```\n', '完。'].join('')
    const result = await stage.answer(async ctx => {
      const card = ctx.aiCard()
      for (const [index, piece] of ['```ts\n', ...lines, '```\n', '完。'].entries()) {
        card.append(piece)
        if (index === 8) await stage.sim.until(() => stage.sim.cards.size === 2)
      }
      return card.finish()
    })
    const shown = [...stage.sim.cards.values()].map(({ variables }) => variables.msgContent ?? '')
    for (const part of shown) expect(part).toMatch(/^```ts\n(const line\d+ = \d+\n)+```(\n完。)?$/)
    expect(shown.join('\n').match(/const line\d+/g)).toEqual(text.match(/const line\d+/g))
    expect(result.text).toBe(text)
  })

  test('is taken back with all its cards', async () => {
    await using stage = await createStage({ cards: { aiCard: { maxLength: 100 } } })
    await stage.answer(async ctx => {
      const card = ctx.aiCard()
      await card.finish([0, 1, 2].map(paragraph).join('\n\n'))
      await card.recall()
    })
    const shown = stage.sim.messages.filter(({ content }) => content.kind === 'card')
    expect(shown.filter(message => !('recalled' in message && message.recalled))).toEqual([])
  })

  test('can have its end replaced: replace() and finish() are for the last card', async () => {
    await using stage = await createStage({ cards: { aiCard: { maxLength: 100 } } })
    await stage.answer(async ctx => {
      const card = ctx.aiCard()
      card.append([0, 1, 2].map(paragraph).join('\n\n'))
      await stage.sim.until(() => stage.sim.cards.size === 2)
      await card.finish('结尾')
    })
    expect([...stage.sim.cards.values()].map(({ variables }) => variables.msgContent)).toEqual([
      [0, 1].map(paragraph).join('\n\n'),
      '结尾',
    ])
  })

  test('says the rest as a message when the next card is refused', async () => {
    await using stage = await createStage({ cards: { aiCard: { maxLength: 100 } } })
    const result = await stage.answer(async ctx => {
      const card = ctx.aiCard()
      await card.start()
      stage.sim.faults.api({ path: '*createAndDeliver', fault: 'permission', times: 2 })
      return card.finish([0, 1, 2].map(paragraph).join('\n\n'))
    })
    expect(stage.messages()).toEqual([paragraph(2)])
    expect(result.cards).toHaveLength(1)
    expect(result.fallback).toBeDefined()
  })
})
