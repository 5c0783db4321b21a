import { expectTypeOf, test } from 'vitest'
import { definePlugin } from '../../composer/plugin/plugin.ts'
import type { Context } from '../../context/context.ts'
import { chatKeyOf, senderKeyOf } from '../../context/conversation-key.ts'
import { actionKey, cardKey } from './keys.ts'

test('host.wait() gives what `take` makes of the update', () => {
  definePlugin<{ ask(): Promise<number> }>({
    name: 'ask',
    install(host) {
      host.decorate({
        ask() {
          const keys = [cardKey('card'), chatKeyOf(this) ?? '', senderKeyOf(this) ?? '']
          const answer = host.wait(this, { keys, accepts: ctx => ctx.text !== '', take: ctx => ctx.text.length })
          expectTypeOf(answer).toEqualTypeOf<Promise<number>>()
          return answer
        },
      })
      // @ts-expect-error: without a predicate everything would be taken
      host.wait({} as Context, { keys: [], take: ctx => ctx })
    },
  })
})

test('keys are made of a card or of a context', () => {
  expectTypeOf(cardKey('card')).toBeString()
  expectTypeOf(chatKeyOf({ chat: { id: 'cid', type: 'group' } })).toEqualTypeOf<string | undefined>()
  // @ts-expect-error: a card has an outTrackId
  cardKey()
  // @ts-expect-error: an action has an id
  actionKey()
  // @ts-expect-error: a text is no context
  chatKeyOf('cid')
  // @ts-expect-error: a chat is private or a group
  senderKeyOf({ chat: { id: 'cid', type: 'room' } })
})
