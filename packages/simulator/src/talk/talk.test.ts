import { expect, test } from 'vitest'
import { createSimulator } from '../simulator.ts'
import { echoBot, post } from '../testing/client.ts'

test('saying and hearing, in private and in a group', async () => {
  await using sim = await createSimulator()
  await echoBot(sim)
  const alice = sim.user('Alice')
  const team = sim.group('Team', [alice])
  const inPrivate = await alice.say('hi')
  const inGroup = await alice.in(team).say('hello')
  expect((await inPrivate.reply()).content).toEqual({ kind: 'text', text: 'echo hi' })
  expect((await inGroup.reply()).content).toEqual({ kind: 'text', text: 'echo hello' })
  expect((await inGroup.reply()).conversationId).toBe(team.conversationId)
  expect(await inPrivate.ack).toMatchObject({ status: 'acked', code: 200 })
  expect(sim.violations).toEqual([])
})

test('people and groups are found again by name', async () => {
  await using sim = await createSimulator()
  const [alice, bob] = [sim.user('Alice'), sim.user('Bob')]
  expect(sim.user('Alice').userId).toBe(alice.userId)
  expect(bob.userId).not.toBe(alice.userId)
  expect(sim.group('Team', [alice]).memberIds).toEqual([alice.userId])
  expect(sim.group('Team', [bob]).memberIds).toEqual([alice.userId, bob.userId])
  expect(sim.group('Team').memberIds).toHaveLength(2)
})

test('ids are the same in another simulator', async () => {
  await using one = await createSimulator()
  await using other = await createSimulator()
  expect(one.user('Alice').userId).toBe(other.user('Alice').userId)
  expect(one.group('Team').conversationId).toBe(other.group('Team').conversationId)
})

test('expectReply takes the oldest that fits, each once', async () => {
  await using sim = await createSimulator()
  const { payload, message } = await sim.user('Alice').say('hi')
  const answer = (content: string) => post(payload.sessionWebhook, { msgtype: 'text', text: { content } })
  await answer('one')
  await answer('two')
  await answer('one')
  const first = await sim.expectReply('one')
  const second = await sim.expectReply(/^one$/, { in: message })
  expect(second.sequence).toBeGreaterThan(first.sequence)
  expect(await sim.expectReply(({ from }) => from.kind === 'bot')).toMatchObject({ content: { text: 'two' } })
  await expect(sim.expectReply('one', { timeout: 1 })).rejects.toThrow('Expected a bot to say "one"')
})

test('expectReply waits for what comes', async () => {
  await using sim = await createSimulator()
  const { payload } = await sim.user('Alice').say('hi')
  const [reply] = await Promise.all([
    sim.expectReply(/later/),
    post(payload.sessionWebhook, { msgtype: 'markdown', markdown: { title: 't', text: '# later' } }),
  ])
  expect(reply.content).toMatchObject({ kind: 'markdown' })
})

test('a reply that does not come tells what was asked, what came, and who is there', async () => {
  await using sim = await createSimulator()
  const alice = sim.user('Alice')
  const inPrivate = await alice.say('private words')
  const inGroup = await alice.in(sim.group('Team')).say('group words')
  await post(inPrivate.payload.sessionWebhook, { msgtype: 'text', text: { content: 'wrong place' } })
  const error = await inGroup.reply({ timeout: 1 }).catch(String)
  expect(error).toContain('No reply to "group words" of Alice')
  expect(error).toContain('Bot: "wrong place"')
  expect(error).toContain('Open bot connections: 0. Nobody is there')
})

test('waits end with their signal and with the simulator', async () => {
  const sim = await createSimulator()
  const said = await sim.user('Alice').say('hi')
  const stopped = new AbortController()
  const waits = [
    said.reply({ signal: stopped.signal }),
    said.reply(),
    sim.expectReply('x'),
    sim.connected(),
    sim.until(() => false),
  ]
  const ends = waits.map(wait => wait.catch(String))
  stopped.abort(new Error('enough'))
  expect(await ends[0]).toBe('Error: enough')
  await sim.close()
  for (const end of ends.slice(1)) expect(await end).toBe('Error: The simulator was closed')
  await expect(said.reply()).rejects.toThrow('closed')
})

test('until passes on what its look throws', async () => {
  await using sim = await createSimulator()
  const look = () => {
    throw new Error('broken look')
  }
  await expect(sim.until(look)).rejects.toThrow('broken look')
})
