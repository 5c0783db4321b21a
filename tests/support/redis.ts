import { describeWith, testWith } from './program.ts'

export { type RedisServer, startRedis } from './redis-server.ts'

const INSTALL = 'apt-get install redis-server'

/** `test`, where Debian's redis-server is installed. */
export const testWithRedis = testWith('redis-server', INSTALL)
/** `describe`, where Debian's redis-server is installed. */
export const describeWithRedis = describeWith('redis-server', INSTALL)
