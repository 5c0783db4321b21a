import { expectTypeOf, test } from 'vitest'
import { createBot } from '../../bot/bot.ts'
import { type InteractiveCardData, interactiveCard, interactiveLines } from './card-data.ts'
import type { InteractiveCard } from './interactive-card.ts'

test('interactiveCard() and interactiveLines() make what the senders take', () => {
  expectTypeOf(interactiveCard({ title: 't' }, [{ type: 'divider' }])).toEqualTypeOf<InteractiveCardData>()
  expectTypeOf(interactiveLines({ title: 't', texts: ['a'] })).toEqualTypeOf<InteractiveCardData>()
  const bot = createBot()
  bot.on('chatbot', async ctx => {
    const card = await ctx.replyInteractiveCard(interactiveLines({ title: 't', texts: [] }), { at: 'all' })
    expectTypeOf(card).toEqualTypeOf<InteractiveCard>()
    // @ts-expect-error: a card is not updated by text
    await card.update('done')
  })
  // @ts-expect-error: a picture is a mediaId
  interactiveCard({ title: 't' }, [{ type: 'image', image: 1 }])
  // @ts-expect-error: texts are a list
  interactiveLines({ title: 't', texts: 'a' })
  // @ts-expect-error: these cards go to one person
  bot.api.sendInteractiveCard({ users: ['a', 'b'] }, interactiveLines({ title: 't', texts: [] }))
})
