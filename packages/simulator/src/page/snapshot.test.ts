import * as v from 'valibot'
import { expect, test } from 'vitest'
import { createSimulator } from '../simulator.ts'
import { pageEvents } from '../testing/page-events.ts'

const told = v.object({
  type: v.string(),
  messages: v.array(v.object({ conversationId: v.string(), content: v.object({ text: v.string() }) })),
})
const [ALICE, BOB] = [5_150, 30]

test('the newest messages of each chat come first, the older ones follow in parts', async () => {
  await using sim = await createSimulator()
  const [alice, bob] = [sim.user('Alice'), sim.user('Bob')]
  for (let n = 0; n < BOB; n++) await bob.say(`b${n}`)
  for (let n = 0; n < ALICE; n++) await alice.say(`a${n}`)

  const stream = pageEvents(sim)
  const next = async () => v.parse(told, (await stream.next()).value)
  const parts = [await next(), await next(), await next(), await next()]
  await stream.return(undefined)

  expect(parts.map(({ type, messages }) => [type, messages.length])).toEqual([
    ['snapshot', BOB + 100],
    ['older', 2_500],
    ['older', 2_500],
    ['older', 50],
  ])
  const texts = parts.toReversed().flatMap(({ messages }) => messages.map(({ content }) => content.text))
  const numbered = (letter: string, count: number) => Array.from({ length: count }, (_, n) => `${letter}${n}`)
  expect(texts.filter(text => text.startsWith('b'))).toEqual(numbered('b', BOB))
  expect(texts.filter(text => text.startsWith('a'))).toEqual(numbered('a', ALICE))
})
