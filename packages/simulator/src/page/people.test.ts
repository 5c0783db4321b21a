import { describe, expect, test } from 'vitest'
import { createSimulator } from '../simulator.ts'
import { post } from '../testing/client.ts'

describe('users', () => {
  test('are made with their chat', async () => {
    await using sim = await createSimulator()
    const answer = await post(`${sim.url}/_sim/users`, { nick: ' 王小雨 ' })
    const said = await sim.user('王小雨').say('hi')
    const { conversationId } = said.message
    expect(answer).toEqual({ status: 201, body: { userId: sim.user('王小雨').userId, nick: '王小雨', conversationId } })
    expect(said.message.from.nick).toBe('王小雨')
  })

  test.each([{ nick: ' ' }, { nick: 'x'.repeat(101) }, {}, null])('%j is no name', async body => {
    await using sim = await createSimulator()
    expect(await post(`${sim.url}/_sim/users`, body)).toMatchObject({ status: 400 })
  })

  test('are not more than a thousand', async () => {
    await using sim = await createSimulator()
    for (let count = 0; count < 1_000; count++) sim.user(`user ${count}`)
    const error = expect.stringContaining('1000 users already')
    expect(await post(`${sim.url}/_sim/users`, { nick: 'one more' })).toMatchObject({ status: 400, body: { error } })
  })

  test('are one of a name', async () => {
    await using sim = await createSimulator()
    expect(await post(`${sim.url}/_sim/users`, { nick: ' Alice' })).toEqual({
      status: 409,
      body: { error: 'There is somebody called Alice already', zh: '已经有叫 Alice 的用户了' },
    })
  })

  test.each([
    [{ nick: ' ' }, 'nick: a name is needed', 'nick: 需要一个名字'],
    [{ nick: 1 }, 'nick: Invalid type: Expected string but received 1', 'nick: 应为 string，实际是 1'],
    [{ nick: 'x'.repeat(101) }, 'nick: a name has up to 100 characters', 'nick: 名字最多 100 个字符'],
  ])('%j is refused in both languages', async (body, error, zh) => {
    await using sim = await createSimulator()
    expect(await post(`${sim.url}/_sim/users`, body)).toEqual({ status: 400, body: { error, zh } })
  })
})

describe('groups', () => {
  test('are made, and get more members', async () => {
    await using sim = await createSimulator()
    const [alice, bob] = [sim.user('Alice'), sim.user('Bob')]
    await post(`${sim.url}/_sim/groups`, { title: 'Team', memberIds: [alice.userId] })
    const answer = await post(`${sim.url}/_sim/groups`, { title: 'Team', memberIds: [bob.userId] })
    expect(answer).toMatchObject({
      status: 201,
      body: { title: 'Team', memberIds: [alice.userId, bob.userId], bots: ['Bot'] },
    })
  })

  test.each<[string, object, number]>([
    ['nobody in it', { title: 'Team', memberIds: [] }, 400],
    ['somebody who is not there', { title: 'Team', memberIds: ['nobody'] }, 404],
    ['no title', { title: '', memberIds: ['x'] }, 400],
  ])('with %s: none', async (_, body, status) => {
    await using sim = await createSimulator()
    expect(await post(`${sim.url}/_sim/groups`, body)).toMatchObject({ status })
  })
})

test('what is read is read by that user, and of that conversation', async () => {
  await using sim = await createSimulator()
  const [alice, ding] = [sim.user('Alice'), sim.user('小钉')]
  const { message } = await ding.in(sim.group('开发群')).say('hello')
  const { conversationId } = sim.group('开发群')
  const reads: string[] = []
  sim.on(event => event.type === 'read' && reads.push(`${event.userId} ${event.message.id}`))
  const read = (userId: string) =>
    fetch(`${sim.url}/_sim/read`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ userId, conversationId }),
    })
  expect((await read(alice.userId)).status).toBe(204)
  expect((await read(alice.userId)).status).toBe(204)
  expect((await read(ding.userId)).status).toBe(204)
  expect((await read('nobody')).status).toBe(404)
  // Nobody reads what they have said themselves.
  expect(reads).toEqual([`${alice.userId} ${message.id}`])
})
