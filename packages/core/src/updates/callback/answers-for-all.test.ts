import { type Card, createSimulator, type Simulator } from '@dingware/simulator'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { recordingLogger } from '../../../fixtures/recording-logger.ts'
import { type Bot, createBot } from '../../bot/bot.ts'
import type { ClickContext } from '../../composer/action/action.ts'
import { createUpdate, TOPICS } from '../update.ts'

const INSTANCES = '/v1.0/card/instances'

let sim: Simulator
let bot: Bot
let logger: ReturnType<typeof recordingLogger>
let onClick: (ctx: ClickContext) => unknown

beforeEach(async () => {
  sim = await createSimulator()
  const { clientId, clientSecret, url } = sim
  logger = recordingLogger()
  bot = createBot({ clientId, clientSecret, endpoint: url, oapiEndpoint: url, logger, autoRetry: { base: 1 } })
  bot.on('card', ctx => onClick(ctx))
  onClick = () => {}
})

afterEach(async () => {
  await bot.stop()
  await sim.close()
})

/** A card in a group of Alice and Bob, or in Alice's chat with the bot. */
async function shown(where: 'group' | 'private', variables: object = { title: '甲' }): Promise<Card> {
  await bot.start()
  const [alice, bob] = [sim.user('Alice'), sim.user('Bob')]
  const { robotCode } = { robotCode: sim.clientId }
  const supportForward = true
  const place =
    where === 'group'
      ? {
          openSpaceId: `dtv1.card//IM_GROUP.${sim.group('Team', [alice, bob]).conversationId}`,
          imGroupOpenSpaceModel: { supportForward },
          imGroupOpenDeliverModel: { robotCode },
        }
      : {
          openSpaceId: `dtv1.card//IM_ROBOT.${alice.userId}`,
          imRobotOpenSpaceModel: { supportForward },
          imRobotOpenDeliverModel: { spaceType: 'IM_ROBOT', robotCode },
        }
  const body = {
    outTrackId: 'card',
    cardTemplateId: 'own.schema',
    callbackType: 'STREAM',
    cardData: { cardParamMap: variables },
    ...place,
  }
  await bot.api.call({ method: 'POST', path: `${INSTANCES}/createAndDeliver`, body })
  const card = sim.cards.get('card')
  if (!card) throw new Error('There is no card.')
  return card
}

const updates = () => sim.calls.filter(({ method, path }) => method === 'PUT' && path === INSTANCES)
const seenBy = (nick: string) => sim.cards.get('card')?.viewFor(sim.user(nick)) ?? {}

describe('an answer to a click', () => {
  test.each([
    ['in the short form', { card: { title: '乙', count: 2 } }],
    [
      'in the platform’s form',
      { cardUpdateOptions: { updateCardDataByKey: true }, cardData: { cardParamMap: { title: '乙', count: 2 } } },
    ],
  ])('reaches the one who clicked at once, and a moment later everybody: %s', async (_, answer) => {
    const card = await shown('group', { title: '甲', rest: '丙' })
    onClick = ctx => ctx.respond(answer)
    const { response } = await sim.user('Alice').click(card, 'ok')
    expect(response?.cardData).toEqual({ title: '乙', count: '2' })
    expect(seenBy('Bob').title).toBe('甲')
    await sim.until(() => seenBy('Bob').title === '乙')
    expect(seenBy('Bob')).toEqual({ title: '乙', count: '2', rest: '丙' })
    await sim.until(() => updates().length === 1)
    expect(updates()[0]?.body).not.toHaveProperty('cardUpdateOptions.updatePrivateDataByKey')
    expect(sim.violations).toEqual([])
  })

  test('is all in the answer in a private chat, and where it is for one person alone', async () => {
    const card = await shown('private')
    onClick = ctx => ctx.respond({ card: { title: '乙' } })
    await sim.user('Alice').click(card, 'ok')
    expect(seenBy('Alice').title).toBe('乙')
    const { response } = await sim.user('Alice').click(card, 'ok')
    expect(response).toMatchObject({ updateCardDataByKey: true, updatePrivateDataByKey: false })
    await bot.stop()
    expect(updates()).toEqual([])
  })

  test('for one person alone is no update for all', async () => {
    const card = await shown('group')
    onClick = ctx => ctx.respond({ private: { voted: true } })
    await sim.user('Alice').click(card, 'ok')
    expect(seenBy('Alice').voted).toBe('true')
    await bot.stop()
    expect(updates()).toEqual([])
  })

  test('in which one of the two is null says the other', async () => {
    const card = await shown('group')
    onClick = ctx => Reflect.apply(ctx.respond, ctx, [{ card: null, private: { voted: true } }])
    await sim.user('Alice').click(card, 'ok')
    expect(seenBy('Alice').voted).toBe('true')
    onClick = ctx => Reflect.apply(ctx.respond, ctx, [{ card: { title: '乙' }, private: null }])
    await sim.user('Alice').click(card, 'ok')
    await sim.until(() => seenBy('Bob').title === '乙')
    expect(sim.violations).toEqual([])
  })

  test('that is late, to a click that names nobody, is for nobody alone', async () => {
    await shown('group')
    onClick = ctx => {
      ctx.respond({})
      ctx.respond({ card: { title: '乙' }, private: { voted: true } })
    }
    await bot.handle(createUpdate(TOPICS.card, { outTrackId: 'card' }))
    await sim.until(() => updates().length === 1)
    expect(updates()[0]?.body).not.toHaveProperty('privateData')
  })

  test.each([
    ['in the short form', { card: { title: '乙' }, private: { voted: 1 } }],
    [
      'in the platform’s form',
      {
        cardUpdateOptions: { updateCardDataByKey: true, updatePrivateDataByKey: true },
        cardData: { cardParamMap: { title: '乙' } },
        userPrivateData: { cardParamMap: { voted: 1 } },
      },
    ],
  ])('that comes too late reaches the card all the same: %s', async (_, answer) => {
    const card = await shown('private')
    onClick = ctx => {
      ctx.respond({})
      ctx.respond(answer)
    }
    await sim.user('Alice').click(card, 'ok')
    await sim.until(() => seenBy('Alice').title === '乙')
    expect(seenBy('Alice').voted).toBe('1')
    expect(sim.violations).toEqual([])
  })

  test('says the status of an AI card in both', async () => {
    const card = await shown('group', { flowStatus: '3', msgTitle: '甲' })
    onClick = ctx => ctx.respond({ card: { msgTitle: '乙' } })
    const { response } = await sim.user('Alice').click(card, 'ok')
    expect(response?.cardData).toEqual({ flowStatus: '3', msgTitle: '乙' })
    await sim.until(() => updates().length === 1)
    expect(updates()[0]?.body).toMatchObject({ cardData: { cardParamMap: { flowStatus: '3', msgTitle: '乙' } } })
  })

  test('says the status that an update beside it has set meanwhile', async () => {
    const card = await shown('group', { flowStatus: '2', msgTitle: '甲' })
    onClick = async ctx => {
      ctx.respond({ card: { msgTitle: '乙' } })
      const cardData = { cardParamMap: { flowStatus: '3' } }
      const cardUpdateOptions = { updateCardDataByKey: true }
      await ctx.api.call({ method: 'PUT', path: INSTANCES, body: { outTrackId: 'card', cardData, cardUpdateOptions } })
      ctx.respond({ card: { msgTitle: '丙' } })
    }
    await sim.user('Alice').click(card, 'ok')
    await sim.until(() => seenBy('Bob').msgTitle === '丙')
    expect(seenBy('Bob').flowStatus).toBe('3')
  })
})

describe('the update that follows an answer', () => {
  test('is tried again where the platform is busy', async () => {
    const card = await shown('group')
    onClick = ctx => ctx.respond({ card: { title: '乙' } })
    sim.faults.api({ path: INSTANCES, fault: 'cut', times: 2 })
    await sim.user('Alice').click(card, 'ok')
    await sim.until(() => seenBy('Bob').title === '乙')
    expect(logger.complaints).toEqual([])
  })

  test('is reported where it fails for good', async () => {
    const card = await shown('group')
    onClick = ctx => ctx.respond({ card: { title: '乙' } })
    sim.permissions.revoke('Card.Instance.Write')
    await sim.user('Alice').click(card, 'ok')
    await expect.poll(() => logger.complaints).toEqual([expect.stringContaining('Card.Instance.Write')])
    const errors: unknown[] = []
    bot.catch(error => void errors.push(error.cause))
    await sim.user('Alice').click(card, 'ok')
    await expect.poll(() => errors).toMatchObject([{ requiredScopes: ['Card.Instance.Write'] }])
    expect(seenBy('Alice').title).toBe('乙')
  })

  test('is waited for by a bot that stops', async () => {
    const card = await shown('group')
    onClick = ctx => ctx.respond({ card: { title: '乙' } })
    await sim.user('Alice').click(card, 'ok')
    expect(seenBy('Bob').title).toBe('甲')
    await bot.stop()
    expect(seenBy('Bob').title).toBe('乙')
    expect(sim.violations).toEqual([])
  })

  test('stays out of the time in which another click waits for its answer', async () => {
    const card = await shown('group')
    let goOn = (): void => {}
    const gate = new Promise<void>(resolve => {
      goOn = resolve
    })
    let clicks = 0
    onClick = async ctx => {
      const click = ++clicks
      if (click === 2) await gate
      ctx.respond({ card: { [`click${click}`]: 'x' } })
    }
    await sim.user('Alice').click(card, 'ok')
    const second = sim.user('Bob').click(card, 'ok')
    await sim.until(() => seenBy('Bob').click1 === 'x' && updates().length > 0)
    goOn()
    await second
    await sim.until(() => seenBy('Alice').click2 === 'x')
    expect(sim.violations).toEqual([])
  })
})
