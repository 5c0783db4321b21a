import { expect } from 'vitest'
import { answers, TOKEN } from './connecting.ts'
import { callsOf, type Scenarios } from './stage.ts'

export const platform: Scenarios = {
  '6': [
    async ({ sim, start }) => {
      const { bot } = await start()
      const alice = sim.user('Alice')
      for (const text of ['/token', '/token']) {
        const said = await alice.say(text)
        expect(await said.reply()).toMatchObject({ content: { text: 'true' } })
      }
      expect(callsOf(sim, TOKEN)).toHaveLength(1)
      sim.clock.advance(7_200_000)
      await bot.api.send({ users: alice.userId }, 'with a new token')
      await sim.expectReply('with a new token')
      expect(callsOf(sim, TOKEN)).toHaveLength(2)
    },
  ],
  '7': [
    async ({ sim, start }) => {
      await start()
      await sim.user('Alice').say('/report')
      await sim.expectReply(/report\.pdf/)
      const [upload] = callsOf(sim, '/media/upload')
      const { media_id: mediaId = '' } = (upload?.answer ?? {}) as { media_id?: string }
      const file = sim.media(mediaId)
      expect(file?.name).toBe('report.pdf')
      expect(Buffer.from(file?.bytes ?? []).toString()).toBe('%PDF-1.4\n')
    },
  ],
  '32': [
    async stage => {
      await answers('on duty')(stage)
      const [call] = callsOf(stage.sim, '/v1.0/innerApi/robot/stream/away/template/update')
      const { cardData = '' } = (call?.body ?? {}) as { cardData?: string }
      expect(JSON.parse(cardData)).toMatchObject({
        header: { title: { text: 'Off duty' } },
        contents: [{ text: 'Back at nine.' }],
      })
      expect(call?.status).toBe(200)
    },
  ],
  '33': [
    async ({ sim, start }) => {
      const { announce } = await start()
      const alice = sim.user('Alice')
      const group = sim.group('Team', [alice])
      const said = await alice.in(group).say('where are we?')
      expect(await said.reply()).toMatchObject({ content: { text: group.conversationId } })
      await (announce as (userId: string, group: string) => Promise<void>)(alice.userId, group.conversationId)
      const direct = await sim.expectReply('Your build is green')
      expect(direct.conversationId).not.toBe(group.conversationId)
      expect(direct.via).toBe('api')
      await sim.expectReply('**1.4** is out', { in: group })
    },
  ],
}
