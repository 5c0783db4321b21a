import { expectTypeOf, test } from 'vitest'
import type { ApiCall } from '../api/api-call.ts'
import { createBot } from '../bot/bot.ts'
import { createComposer } from '../composer/composer.ts'
import { type Actor, type CardButton, type TestBot, type TestCard, type Turn, testBot } from './index.ts'

test('testBot() takes a bot, whatever its context', () => {
  expectTypeOf(testBot(createBot())).toEqualTypeOf<TestBot>()
  testBot(createBot().derive(() => ({ user: 'x' })))
  // @ts-expect-error: a composer is no bot
  testBot(createComposer())
})

test('people say, send and click', () => {
  const { user, event, mock, card } = testBot(createBot())
  const alice = user('Alice')
  expectTypeOf(alice.in('Team')).toEqualTypeOf<Actor>()
  expectTypeOf(alice.say('hi')).toEqualTypeOf<Promise<Turn>>()
  alice.send({ msgtype: 'picture', content: { downloadCode: 'x' } })
  alice.click({ outTrackId: 'c' }, 'ok', { a: 1 })
  event('check_in', {})
  mock(/x/, call => expectTypeOf(call).toEqualTypeOf<ApiCall>())
  expectTypeOf(card()).toEqualTypeOf<Promise<TestCard>>()
  card().then(shown => {
    expectTypeOf(shown.buttons).toEqualTypeOf<readonly CardButton[]>()
    alice.click(shown, '同意')
    expectTypeOf(alice.submit(shown, { reason: 'x' })).toEqualTypeOf<Promise<Turn>>()
  })
  testBot(createBot(), { clickParams: 'text', formNoise: false })
  alice.say('hi', { at: [user('Bob')], client: 'HarmonyOS', outsider: true })
  alice.feedback('card', 'dislike')
  alice.submit('card', {}, { cancel: true })
  // @ts-expect-error: a switch has its ways
  testBot(createBot(), { clickParams: 'id' })
  // @ts-expect-error: a form has fields
  alice.submit('card', '提交')
  // @ts-expect-error: a message has a msgtype
  alice.send({ content: {} })
  // @ts-expect-error: a click is on a card, and on a button of it
  alice.click('card')
  // @ts-expect-error: a mock is a function
  mock('/v1.0/x', { ok: true })
})
