import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createSimulator, type Simulator } from '../../simulator.ts'
import { plainText, typed } from './mentions.ts'
import type { SpeakOptions } from './speech.ts'

async function said(sim: Simulator, text: string, options: SpeakOptions = {}) {
  const { payload, message } = await sim.user('Alice').in(sim.group('Team')).say(text, options)
  return { text: payload.text?.content, nodes: Object(payload.content).richText, message, payload }
}

describe('in a plain text', () => {
  test.each<[string, string[], string]>([
    ['@Bot 给 @王五 发', ['王五'], ' 给 发'],
    ['/server', [], ' /server'],
    ['偷鱼 @Bot', [], '偷鱼 '],
    ['@Bot @all 和 a@b.cn', [], ' @all 和 a@b.cn'],
    ['@Bot 提醒 @李四', [], ' 提醒 @李四'],
    ['@Bot 写给 me@王五 的 @王五', ['王五'], ' 写给 me@王五 的 '],
    ['@Bot @王五二 @王五 hi', ['王五', '王五二'], ' hi'],
  ])('%j picked for %j is %j', async (text, names, wire) => {
    await using sim = await createSimulator()
    expect((await said(sim, text, { at: names.map(nick => ({ nick })) })).text).toBe(wire)
  })

  test.each<[string, string[], string]>([
    ['@Bot 给 @王五 发', ['王五'], ' 给  发'],
    ['哈哈哈', ['王五'], '  哈哈哈'],
  ])('both blanks are left on wish: %j', async (text, names, wire) => {
    await using sim = await createSimulator({ switches: { mentionBlanks: 'both' } })
    expect((await said(sim, text, { at: names.map(nick => ({ nick })) })).text).toBe(wire)
  })

  test('the chat shows what was typed, and in front of it who does not stand in it', async () => {
    await using sim = await createSimulator()
    const { message } = await said(sim, '给 @王五 发', { at: [{ nick: '王五' }] })
    expect(message.content).toEqual({ kind: 'text', text: '给 @王五 发' })
    expect(message.mentions).toEqual(['Bot'])
  })

  test('in private nobody is mentioned', async () => {
    await using sim = await createSimulator()
    const { payload } = await sim.user('Alice').say('@Bot hi')
    expect(payload.text?.content).toBe('@Bot hi')
    expect(payload).not.toHaveProperty('atUsers')
  })
})

describe('in a rich text', () => {
  test('from HarmonyOS every text is one, and names are nodes of their own without a type', async () => {
    await using sim = await createSimulator({ botName: 'My Helper' })
    const { payload, nodes } = await said(sim, '@My Helper 给 @王五 发', {
      at: [{ nick: '王五' }],
      client: 'HarmonyOS',
    })
    expect(payload).toMatchObject({ msgtype: 'richText', senderPlatform: 'HarmonyOS' })
    expect(nodes).toEqual([{ text: '@My Helper' }, { text: '给' }, { text: '@王五' }, { text: '发' }])
  })

  test('names are glued to the words behind them on wish', async () => {
    await using sim = await createSimulator({ switches: { mentionNodes: 'glued' } })
    expect((await said(sim, '/clear', { client: 'HarmonyOS' })).nodes).toEqual([{ text: '@Bot /clear' }])
    const parts = [{ picture: {} }, { text: '看图' }]
    const { payload } = await sim.user('Alice').in(sim.group('Team')).send({ msgtype: 'richText', parts })
    expect(Object(payload.content).richText).toEqual([
      { text: '@Bot ' },
      { type: 'picture', downloadCode: expect.any(String) },
      { text: '看图' },
    ])
  })

  test('whoever stands in a part is in the list too, and the bot in front unless it stands somewhere', async () => {
    await using sim = await createSimulator()
    const alice = sim.user('Alice').in(sim.group('Team'))
    const bob = sim.user('Bob')
    const { payload } = await alice.send({ msgtype: 'richText', parts: [{ text: 'ask' }, { at: bob }] })
    expect(Object(payload.content).richText).toEqual([{ text: '@Bot' }, { text: 'ask' }, { text: '@Bob' }])
    expect(payload.atUsers?.map(({ staffId }) => staffId)).toEqual([bob.userId, undefined])
    const last = await alice.send({ msgtype: 'richText', parts: [{ text: '/new' }, { at: { nick: 'Bot' } }] })
    expect(Object(last.payload.content).richText).toEqual([{ text: '/new' }, { text: '@Bot' }])
  })
})

test('a card that is a message has the @ in front, as words like all others', async () => {
  await using sim = await createSimulator()
  const alice = sim.user('Alice').in(sim.group('Team'))
  const { payload } = await alice.send({ msgtype: 'interactiveCard', elements: [' 请从 1 数到 10'] })
  expect(Object(payload.content).cardContent[0].children).toEqual([
    { elementType: 'TEXT', value: '@Bot' },
    { elementType: 'TEXT', value: ' 请从 1 数到 10' },
  ])
})

test('no text loses anything but the names that were picked', () => {
  const words = fc.stringMatching(/^[a-z @王五]{0,20}$/u)
  const holds = (text: string, names: readonly string[]) => {
    const { runs, front } = typed(text, names)
    const whole = runs.map(run => ('text' in run ? run.text : `@${run.mention}`)).join('')
    expect(whole).toBe(front.map(name => `@${name} `).join('') + text)
    expect(plainText(runs, { mentionBlanks: 'both' }).length).toBeLessThanOrEqual(whole.length)
  }
  fc.assert(fc.property(words, fc.uniqueArray(fc.constantFrom('王五', 'a b', 'x', '王')), holds))
})
