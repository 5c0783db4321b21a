import { createClient } from 'redis'
import { expect, onTestFinished } from 'vitest'
import { startRedis, testWithRedis } from './support/redis.ts'

testWithRedis('a private redis-server keeps what was written across a crash and a restart', async () => {
  const server = await startRedis()
  onTestFinished(server.close)
  for (const end of [server.kill, server.stop]) {
    const client = await createClient({ socket: { path: server.path, tls: false } })
      .on('error', () => {})
      .connect()
    await client.incr('count')
    client.destroy()
    await end()
    await server.start()
  }
  const client = await createClient({ socket: { path: server.path, tls: false } }).connect()
  onTestFinished(() => client.destroy())
  expect(await client.get('count')).toBe('2')
})
