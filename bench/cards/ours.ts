import { cardClient } from '@dingware/cards'
import type { Way } from './scenario.ts'

export const ours: Way = {
  name: 'dingware',
  bot: perSecond => ({ throttle: { perSecond, cardsPerSecond: perSecond } }),
  async show(bot, userId, source) {
    const client = cardClient(bot.api, { robotCode: 'ding-simulator' })
    return client.to({ users: userId }).aiCard().stream(source)
  },
}
