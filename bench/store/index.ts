import type { Store } from '@dingware/core'
import { findProgram } from '../../tests/support/find-program.ts'
import { startRedis } from '../../tests/support/redis-server.ts'
import { formatNumber, printTable } from '../lib/table.ts'
import { type Measured, storesOf } from './stores.ts'

const SESSIONS = 100_000
/** So many at once, as of a busy bot. */
const AT_ONCE = 100
/** One after the other. */
const ALONE = 500

/** A session as bots have them: some 300 bytes. */
const session = (n: number): object => ({
  version: 1,
  data: {
    n,
    name: '张三',
    history: Array.from({ length: 5 }, (_, i) => ({ role: 'user', text: `第 ${n + i} 条消息` })),
  },
})
const keyOf = (n: number): string => `session:chat:cid-${n % 1_000} person-${n}`

/** What 100,000 sessions cost in each store: time per operation, memory. */
export async function run(): Promise<void> {
  const server = findProgram('redis-server') ? await startRedis() : undefined
  if (!server) console.error('Without redis-server there are no figures of redisStore: apt-get install redis-server')
  const rows: string[][] = []
  try {
    for (const [name, create] of Object.entries(storesOf(server?.path)))
      rows.push([name, ...(await measure(await create()))])
  } finally {
    await server?.close()
  }
  console.log(`${formatNumber(SESSIONS, 0)} sessions; µs per operation, ${AT_ONCE} at once or one after the other`)
  printTable(
    [
      'store',
      'set',
      'get',
      'get + set ifVersion',
      'set alone',
      'get alone',
      'take',
      'take by ifVersion',
      'heap MB',
      'elsewhere MB',
    ],
    rows,
  )
}

async function measure({ store, held, close }: Measured): Promise<string[]> {
  const many = (work: (n: number) => Promise<unknown>): Promise<number> => timed(SESSIONS, AT_ONCE, work)
  const few = (work: (n: number) => Promise<unknown>): Promise<number> => timed(ALONE, 1, work)
  const window = { limit: 1_000, windowMs: 60_000 }
  const { take: _take, ...plain } = store
  const times = [
    await many(n => store.set(keyOf(n), session(n))),
    await many(n => store.get(keyOf(n))),
    await timed(SESSIONS / 10, AT_ONCE, async n => {
      const found = await store.get(keyOf(n))
      await store.set(keyOf(n), session(n + 1), { ifVersion: found?.version })
    }),
    await few(n => store.set(keyOf(n), session(n))),
    await few(n => store.get(keyOf(n))),
    store.take ? await timed(ALONE, 20, async () => store.take?.('calls', window)) : Number.NaN,
    await timed(ALONE, 20, () => takeByVersion(plain)),
  ]
  const { here, there } = await held()
  await close()
  return [...times.map(time => (Number.isNaN(time) ? '–' : formatNumber(time, 1))), megabytes(here), megabytes(there)]
}

/** The same as `take`, by what every store has: to see whether a script is worth having. */
async function takeByVersion(store: Store): Promise<void> {
  for (;;) {
    const found = await store.get('times')
    const times = Array.isArray(found?.value) ? found.value.slice(-20) : []
    const next = [...times, Date.now()]
    if (found ? await store.set('times', next, { ifVersion: found.version }) : await store.add('times', next)) return
  }
}

/** @returns µs per operation. */
async function timed(count: number, atOnce: number, work: (n: number) => Promise<unknown>): Promise<number> {
  let next = 0
  const worker = async (): Promise<void> => {
    while (next < count) await work(next++)
  }
  const start = performance.now()
  await Promise.all(Array.from({ length: atOnce }, worker))
  return ((performance.now() - start) * 1_000) / count
}

function megabytes(bytes: number): string {
  return formatNumber(bytes / 2 ** 20, 1)
}
