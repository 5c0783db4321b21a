import { describe, expect, test } from 'vitest'
import type { AiCardOptions } from '../ai-card/options.ts'
import { aiTemplate8aebdfb9, aiTemplate02fcf2f4, aiTemplate675cde2f } from '../template/presets.ts'
import { createFaucet, createStage, type Stage } from '../testing/stage.ts'

/** Streams with a stop button, until the card shows something. */
async function streaming(stage: Stage, options: AiCardOptions = {}) {
  const faucet = createFaucet()
  const outcome = stage.answer(ctx => ctx.aiCard({ stopButton: true, ...options }).stream(faucet))
  faucet.give('正在回答')
  const card = await stage.shows(({ variables }) => Object.values(variables).includes('正在回答'))
  return { faucet, outcome, card, alice: stage.sim.user('Alice 1') }
}

describe.concurrent('a stop button', () => {
  test('of the template shows while the text comes, stops it, and is gone', async () => {
    await using stage = await createStage({ cards: { templates: { ai: aiTemplate675cde2f } } })
    const { faucet, outcome, card, alice } = await streaming(stage)
    expect(card.buttonsFor(alice)).toMatchObject([{ text: '停止', id: 'btn_stop' }])
    await alice.click(card, '停止')
    expect(await outcome).toMatchObject({ status: 'stopped', endedBy: 'abort', text: '正在回答' })
    const shown = await stage.shows(({ status }) => status === 'finished')
    expect(shown.buttonsFor(alice)).toEqual([])
    expect(shown.variables.stop_action).toBe('false')
    expect(faucet.isReturned).toBe(true)
  })

  test('of the template stops the card that was clicked, and no other', async () => {
    await using stage = await createStage({ cards: { templates: { ai: aiTemplate675cde2f } } })
    const first = await streaming(stage)
    const second = await streaming(stage)
    await first.alice.click(first.card, '停止')
    expect(await first.outcome).toMatchObject({ status: 'stopped' })
    second.faucet.end()
    expect(await second.outcome).toMatchObject({ status: 'finished' })
  })

  test('is not there without the option', async () => {
    await using stage = await createStage({ cards: { templates: { ai: aiTemplate675cde2f } } })
    const { faucet, outcome, card, alice } = await streaming(stage, { stopButton: false })
    expect(card.buttonsFor(alice)).toEqual([])
    faucet.end()
    await outcome
  })

  test('comes from data on a template that shows such buttons by then', async () => {
    const mine = { id: 'mine', buttonsIn: ['inputting', 'finished'] } as const
    await using stage = await createStage({ cards: { templates: { ai: mine } } })
    const { outcome, alice } = await streaming(stage, {
      stopButton: { text: '别说了' },
      buttons: [{ text: '打开', url: 'https://example.com' }],
    })
    const card = await stage.shows(it => it.buttonsFor(alice).length === 2)
    await alice.click(card, '别说了')
    expect(await outcome).toMatchObject({ status: 'stopped' })
    const shown = await stage.shows(({ status }) => status === 'finished')
    expect(shown.buttonsFor(alice).map(({ text }) => text)).toEqual(['打开'])
  })

  test.each([
    ['382e4302, the default', undefined],
    ['02fcf2f4', aiTemplate02fcf2f4],
    ['8aebdfb9', aiTemplate8aebdfb9],
  ])('is not drawn on %s, which shows none by then: one warning says what to do', async (_name, ai) => {
    const warnings: string[] = []
    const logger = { debug() {}, info() {}, warn: (text: string) => void warnings.push(text), error() {} }
    await using stage = await createStage({ cards: { templates: { ai } }, bot: { logger } })
    for (let times = 0; times < 2; times++) {
      const { faucet, outcome, card, alice } = await streaming(stage)
      expect(card.buttonsFor(alice)).toEqual([])
      faucet.end()
      expect(await outcome).toMatchObject({ status: 'finished' })
    }
    expect(warnings.filter(text => /stop button.*is not drawn.*aiTemplate675cde2f/.test(text))).toHaveLength(1)
  })
})
