import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { lmdbStore, type Store } from '@dingware/core'
import { type Card, createSimulator, type Simulator } from '@dingware/simulator'
import { afterEach, expect, test } from 'vitest'
import { STREAM } from '../testing/stage.ts'

/** Milliseconds. Longer than a busy machine keeps a process from running, for then its lease would end while it lives. */
const LEASE = 4_000
const program = fileURLToPath(new URL('../testing/programs/streaming-bot.ts', import.meta.url))
const tidy: (() => unknown)[] = []

/** Runs a bot in a process of its own; resolves when it is online. */
async function start(sim: Simulator, path: string, userId = ''): Promise<ChildProcessWithoutNullStreams> {
  const env = { ...process.env, ...sim.environment, NODE_OPTIONS: undefined }
  const flags = ['--import', 'tsx', '--conditions=@dingware/source']
  const child = spawn(process.execPath, [...flags, program, path, String(LEASE), userId], { env })
  tidy.push(() => child.kill('SIGKILL'))
  child.stderr.pipe(process.stderr)
  await once(child.stdout, 'data')
  return child
}

function cardOf(sim: Simulator, { userId }: { readonly userId: string }): Card | undefined {
  return [...sim.cards.values()].find(({ spaces }) => spaces.some(({ spaceId }) => spaceId === userId))
}

afterEach(async () => {
  while (tidy.length > 0) await tidy.pop()?.()
})

test('of two processes on one store one is killed with -9: its card is ended by another, and the stream of the living is left alone', {
  timeout: 120_000,
}, async () => {
  await using sim = await createSimulator()
  const folder = await mkdtemp(join(tmpdir(), 'dingware-kill-'))
  tidy.push(() => rm(folder, { recursive: true, force: true }))
  const path = join(folder, 'bot.mdb')
  await using store = lmdbStore({ path })
  const [alice, bob] = [sim.user('Alice'), sim.user('Bob')]
  const [dying, living] = await Promise.all([start(sim, path, alice.userId), start(sim, path, bob.userId)])
  const shows = (user: typeof alice, text: string): Promise<Card> =>
    sim.until(
      () => {
        const card = cardOf(sim, user)
        return card?.variables.msgContent === text ? card : undefined
      },
      { timeout: 30_000 },
    )

  dying.stdin.write('一半的**回答\n')
  living.stdin.write('慢慢写的\n')
  await Promise.all([shows(alice, '一半的**回答**'), shows(bob, '慢慢写的')])
  dying.kill('SIGKILL')
  await once(dying, 'close')
  // One that starts later looks for open cards too.
  await start(sim, path)

  expect(await shows(alice, '一半的**回答**\n\n（中断）')).toMatchObject({ status: 'failed' })
  const { now } = sim.clock
  const since = now()
  // By now a lease that nobody renews is over, and the next look comes within another; nothing is written meanwhile.
  await expect.poll(() => now() - since, { timeout: 30_000 }).toBeGreaterThan(LEASE * 1.5)
  const card = cardOf(sim, bob)
  expect(card).toMatchObject({ status: 'inputting', variables: { msgContent: '慢慢写的' } })
  living.stdin.end('回答\n')
  expect((await once(living, 'close'))[0]).toBe(0)
  expect(cardOf(sim, bob)).toMatchObject({ status: 'finished', variables: { msgContent: '慢慢写的回答' } })

  const ends = sim.calls.filter(
    ({ path: called, body }) => called === STREAM && /"is(Finalize|Error)":true/.test(JSON.stringify(body)),
  )
  expect(ends.filter(({ body }) => JSON.stringify(body).includes(card?.outTrackId ?? 'none'))).toHaveLength(1)
  await expect.poll(() => leasesIn(store)).toEqual([])
})

/** Before their names stands the clientId of the bot. */
async function leasesIn(store: Store): Promise<string[]> {
  const keys: string[] = []
  for await (const { key } of store.list('')) if (key.includes('cards:lease:')) keys.push(key)
  return keys
}
