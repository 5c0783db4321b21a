import { createBot } from '@dingware/core'
import { textOf } from '@dingware/simulator'
import { expect, vi } from 'vitest'
import type { Scenarios } from './stage.ts'

/** The beginning of a picture. */
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
const picture = { name: 'cat.png', bytes: png }

export const messages: Scenarios = {
  '14 16': [
    async ({ sim, start }) => {
      await start()
      const [alice, bob, team] = [sim.user('Alice'), sim.user('Bob'), sim.group('Team')]
      await alice.in(team).say('hi', { at: [bob] })
      await sim.expectReply('text by Alice to 2')
      await alice.send({ msgtype: 'picture', file: picture })
      await sim.expectReply('picture by Alice to 0')
      await alice.send({ msgtype: 'richText', parts: [{ text: 'hi' }] })
      await sim.expectReply('richText by Alice to 0')
      const conversationMsgContext = ['2', '1'].map(readStatus => ({ readStatus, senderUserId: alice.userId }))
      await alice.in(team).say('hi', { onBehalfOf: bob, fields: { conversationMsgContext } })
      await sim.expectReply('for Bob, who has read 1 of 2')
    },
  ],
  '14': [
    async ({ sim, start }) => {
      const { archive, replay } = (await start()) as unknown as {
        archive: string[]
        replay: (payload: string, to: unknown) => Promise<unknown>
      }
      const said = await sim.user('Alice').say('hi', { fields: { nobodyKnows: { yet: [1] } } })
      await vi.waitFor(() => expect(archive).toHaveLength(1))
      const [payload = ''] = archive
      expect(JSON.parse(payload)).toEqual(said.payload)
      const texts: string[] = []
      await replay(
        payload,
        createBot().on('chatbot:text', ctx => texts.push(ctx.text)),
      )
      expect(texts).toEqual(['hi'])
    },
  ],
  '15': [
    async ({ sim, start }) => {
      await start()
      const parts = [{ text: 'one' }, { picture }, { text: 'two' }]
      await sim.user('Alice').send({ msgtype: 'richText', parts })
      const text = textOf(await sim.expectReply(/^1 picture/))
      const [mediaId = ''] = /@lAL\w+/.exec(text) ?? []
      expect(text.split('\n\n')).toEqual(['1 picture(s)', 'one', 'two', `![](${mediaId})`])
      expect(Buffer.from(sim.media(mediaId)?.bytes ?? [])).toEqual(png)
    },
  ],
  '17': [
    async ({ sim, start }) => {
      await start()
      const [alice, team] = [sim.user('Alice'), sim.group('Team')]
      await alice.in(team).say('deploy')
      const text = await sim.expectReply(/^deployed/, { in: team })
      const markdown = await sim.expectReply(/^\*\*green\*\*/, { in: team })
      const at = { atUserIds: [alice.userId] }
      expect(text).toMatchObject({ via: 'webhook', body: { msgtype: 'text', at } })
      expect(text.body).toMatchObject({ text: { content: `deployed @${alice.userId}` } })
      expect(markdown).toMatchObject({ via: 'webhook', body: { msgtype: 'markdown', at } })
      expect(markdown.body).toMatchObject({ markdown: { title: 'Build 42' } })
    },
  ],
  '30': [
    async ({ sim, start }) => {
      await start()
      const [alice, team] = [sim.user('Alice'), sim.group('Team')]
      const shown = (): string[] =>
        sim.messages.flatMap(({ content }) =>
          content.kind === 'other' && content.msgtype === 'interactiveCard' ? [JSON.stringify(content.body)] : [],
        )
      await alice.say('/progress')
      await sim.until(() => shown().some(card => card.includes('"done"')))
      expect(shown()).toHaveLength(1)
      await alice.say('/gallery')
      await sim.until(() => shown().some(card => card.includes('"images":["@lADPDe7s2y","@lADPDf0i1b"]')))
      await alice.in(team).say('sample')
      await sim.until(() => shown().length === 3)
      expect(shown()[2]).toMatch(/"type":"section".*"actionType":"openLink"/)
      expect(sim.messages.at(-1)).toMatchObject({ via: 'card', body: { sendOptions: { atAll: true } } })
    },
  ],
  '31': [
    async ({ sim, start }) => {
      await start()
      await sim.user('Alice').send({ msgtype: 'picture', file: picture })
      await sim.expectReply(`http: image/png ${png.length} bytes`)
    },
  ],
}
