import { expectTypeOf, test } from 'vitest'
import type { LinkButton, Mentions, Outgoing, ReplyOptions, SayButton, Target } from '../../index.ts'
import { hasText, requireText, sayButton } from '../../index.ts'

test('texts', () => {
  expectTypeOf(hasText('a')).toBeBoolean()
  expectTypeOf(requireText('The card', 'its title', Math.random())).toBeVoid()
  // @ts-expect-error: whether there is a text is asked before
  hasText(undefined)
  // @ts-expect-error: the name of the text is needed
  requireText('The card', 'a')
})

test('buttons that say something', () => {
  expectTypeOf(sayButton('a', 'b')).toEqualTypeOf<SayButton>()
  expectTypeOf<SayButton>().toExtend<LinkButton>()
  // @ts-expect-error: what it says is needed
  sayButton('a')
})

test('mentions and custom robots', () => {
  expectTypeOf<ReplyOptions>().toExtend<Mentions>()
  expectTypeOf<{ msgtype: 'text'; text: 'a'; at: 'all'; atMobiles: string[] }>().toExtend<Outgoing>()
  expectTypeOf<{ webhook: string; secret: string | undefined }>().toExtend<Target>()
  // @ts-expect-error: links mention nobody
  const link: Outgoing = { msgtype: 'link', title: 'a', text: 'b', messageUrl: 'c', atMobiles: ['1'] }
  void link
})
