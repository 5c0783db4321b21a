import { expect, test } from 'vitest'
import { createBot } from '../../bot/bot.ts'
import type { ApiCall } from '../api-call.ts'
import { STUB } from '../stub.ts'
import { interactiveLines } from './card-data.ts'

/** The bodies that a bot sends. */
async function bodiesOf(work: (api: ReturnType<typeof createBot>['api']) => Promise<unknown>): Promise<unknown[]> {
  const sent: ApiCall[] = []
  const bot = createBot({ robotCode: 'dingrobot' })
  bot[STUB](async call => {
    sent.push(call)
    return { processQueryKey: 'key' }
  })
  await work(bot.api)
  return sent.map(({ body }) => body)
}

const lines = interactiveLines({ title: '进度', texts: ['一'] })
const cardData = JSON.stringify(lines)

// The fields of the page robots-send-interactive-cards, all of them text but for the options.
test('an old card in a group is sent with the documented fields', async () => {
  const sent = await bodiesOf(api =>
    api.sendInteractiveCard({ group: 'cid' }, lines, {
      cardBizId: 'mine',
      at: [{ userId: 'staff-0001', nickName: '小雨' }],
      recipients: ['staff-0001'],
    }),
  )
  expect(sent).toEqual([
    {
      cardTemplateId: 'StandardCard',
      openConversationId: 'cid',
      cardBizId: 'mine',
      robotCode: 'dingrobot',
      cardData,
      sendOptions: {
        atUserListJson: '[{"userId":"staff-0001","nickName":"小雨"}]',
        receiverListJson: '[{"userId":"staff-0001"}]',
      },
    },
  ])
})

test('an old card to one person names that person as JSON text', async () => {
  const sent = await bodiesOf(api => api.sendInteractiveCard({ users: 'staff-0001' }, lines, { cardBizId: 'mine' }))
  expect(sent).toEqual([
    {
      cardTemplateId: 'StandardCard',
      singleChatReceiver: '{"userId":"staff-0001"}',
      cardBizId: 'mine',
      robotCode: 'dingrobot',
      cardData,
    },
  ])
})

// update-the-robot-to-send-interactive-cards
test('an old card is updated by its id and its whole content', async () => {
  const sent = await bodiesOf(api => api.updateInteractiveCard('mine', lines))
  expect(sent).toEqual([{ cardBizId: 'mine', cardData }])
})
