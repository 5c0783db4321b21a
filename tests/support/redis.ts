import { describeWith, testWith } from './program.ts'

export { type RedisServer, startRedis } from './redis-server.ts'

/**
 * A script that lets ARGV[1] milliseconds pass. The server has a clock of its own: so what is left of each span is made
 * shorter, and the times in lists, those of what passed a limit, are moved back.
 */
export const PASS_TIME: string = `
for _, key in ipairs(redis.call('KEYS', '*')) do
  if redis.call('TYPE', key).ok == 'list' then
    for index, time in ipairs(redis.call('LRANGE', key, 0, -1)) do
      redis.call('LSET', key, index - 1, string.format('%d', time - ARGV[1]))
    end
  end
  local left = redis.call('PTTL', key)
  if left > 0 then redis.call('PEXPIRE', key, left - ARGV[1]) end
end`

const INSTALL = 'apt-get install redis-server'

/** `test`, where Debian's redis-server is installed. */
export const testWithRedis = testWith('redis-server', INSTALL)
/** `describe`, where Debian's redis-server is installed. */
export const describeWithRedis = describeWith('redis-server', INSTALL)
