import { expect, test } from 'vitest'
import { createSimulator, type Simulator } from '../../simulator.ts'
import { caller } from '../../testing/api.ts'
import { connect } from '../../testing/client.ts'

const prompt = { contents: [{ type: 'markdown', text: '下班了' }] }

async function setPrompt(sim: Simulator): Promise<void> {
  const call = await caller(sim)
  const body = { robotCode: sim.clientId, cardTemplateId: 'StandardCard', cardData: JSON.stringify(prompt) }
  expect(await call('POST', '/v1.0/innerApi/robot/stream/away/template/update', body)).toMatchObject({ status: 200 })
}

test('who writes to a bot that is offline reads its prompt, alone and in a group', async () => {
  await using sim = await createSimulator()
  await setPrompt(sim)
  const alice = sim.user('Alice')
  for (const said of [await alice.say('hi'), await alice.in(sim.group('Team')).say('hi')]) {
    expect((await said.reply()).content).toEqual({ kind: 'other', msgtype: 'interactiveCard', body: prompt })
  }
})

test('not while it is online, not for what it is not told, and not without a prompt', async () => {
  await using sim = await createSimulator()
  const alice = sim.user('Alice')
  await alice.say('hi')
  await setPrompt(sim)
  await alice.in(sim.group('Team')).say('among ourselves', { atBot: false })
  await connect(sim)
  await alice.say('hi')
  expect(sim.messages.filter(({ from }) => from.kind === 'bot')).toEqual([])
})
