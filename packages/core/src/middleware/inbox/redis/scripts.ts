import { type RedisScript, redisScript } from '../../../store/redis-client.ts'

/*
 * All keys of an inbox begin with KEYS[1]:
 *   members          when each instance counts as dead, by the clock of the server
 *   leaving          those that are stopping and take no more
 *   owners, terms    who runs a partition, and how often it has changed hands
 *   part:<number>    the stream of a partition
 *   marks            up to where each was read once
 *   seen:<key>       the nonce of what came in under that key
 *   runs             how often an entry was begun, beyond the first time
 *   notes:<member>   what a member runs although it belongs to no partition
 *   dead             dead letters
 */

const TIME = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)`

const ADD = `
local function add(part, payload)
  local stream = KEYS[1] .. 'part:' .. part
  redis.call('XADD', stream, '*', 'u', payload)
end`

/** Saves updates, each unless it came before: max length, milliseconds, then (part, key, nonce, payload)… */
export const WRITE: RedisScript = redisScript(`${ADD}
local answers = {}
for i = 3, #ARGV, 4 do
  local part, seen, nonce, payload = ARGV[i], KEYS[1] .. 'seen:' .. ARGV[i + 1], ARGV[i + 2], ARGV[i + 3]
  local held = redis.call('GET', seen)
  local answer = 'kept'
  if held and held ~= nonce then answer = 'done'
  elseif not held and redis.call('XLEN', KEYS[1] .. 'part:' .. part) >= tonumber(ARGV[1]) then answer = 'refused'
  elseif not held then
    add(part, payload)
    redis.call('SET', seen, nonce, 'PX', ARGV[2])
  end
  answers[#answers + 1] = answer
end
return answers`)

/**
 * Renews a membership, and assigns partitions: member, lease, partitions, whether it is leaving, partitions that it
 * gives back… Returns the number that it should have, and (partition, term)… of those that it has.
 */
export const TICK: RedisScript = redisScript(`${TIME}
${ADD}
local members, owners, leaving = KEYS[1] .. 'members', KEYS[1] .. 'owners', KEYS[1] .. 'leaving'
local me, lease, parts = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
redis.call('ZADD', members, now + lease, me)
for _, dead in ipairs(redis.call('ZRANGEBYSCORE', members, '-inf', '(' .. now)) do
  local notes = redis.call('HGETALL', KEYS[1] .. 'notes:' .. dead)
  for i = 2, #notes, 2 do
    local part, payload = string.match(notes[i], '^(%d+) (.*)$')
    add(part, payload)
  end
  redis.call('DEL', KEYS[1] .. 'notes:' .. dead)
  redis.call('ZREM', members, dead)
  redis.call('SREM', leaving, dead)
end
if ARGV[4] == '1' then redis.call('SADD', leaving, me) else redis.call('SREM', leaving, me) end
for i = 5, #ARGV do
  if redis.call('HGET', owners, ARGV[i]) == me then redis.call('HDEL', owners, ARGV[i]) end
end
local share = 0
if ARGV[4] ~= '1' then share = math.ceil(parts / (redis.call('ZCARD', members) - redis.call('SCARD', leaving))) end
local mine, free = {}, {}
for part = 0, parts - 1 do
  local owner = redis.call('HGET', owners, part)
  if owner == me then mine[#mine + 1] = part
  elseif not owner or not redis.call('ZSCORE', members, owner) then free[#free + 1] = part end
end
for _, part in ipairs(free) do
  if #mine >= share then break end
  redis.call('HSET', owners, part, me)
  redis.call('HINCRBY', KEYS[1] .. 'terms', part, 1)
  mine[#mine + 1] = part
end
local answer = { share }
for _, part in ipairs(mine) do
  answer[#answer + 1] = part
  answer[#answer + 1] = tonumber(redis.call('HGET', KEYS[1] .. 'terms', part))
end
return answer`)

/** Removes a member: member, partitions. */
export const LEAVE: RedisScript = redisScript(`
for part = 0, tonumber(ARGV[2]) - 1 do
  if redis.call('HGET', KEYS[1] .. 'owners', part) == ARGV[1] then redis.call('HDEL', KEYS[1] .. 'owners', part) end
end
redis.call('SREM', KEYS[1] .. 'leaving', ARGV[1])
-- What it has noted is found with the next tick of another.
if redis.call('EXISTS', KEYS[1] .. 'notes:' .. ARGV[1]) == 1 then redis.call('ZADD', KEYS[1] .. 'members', 0, ARGV[1])
else redis.call('ZREM', KEYS[1] .. 'members', ARGV[1]) end
return 1`)

/**
 * Reads entries of partitions: member, count, then (partition, term, after)… Skips partitions that the member does not
 * own any more. Returns (partition, id, payload, runs, whether it was read before) each.
 *
 * Reading removes nothing, since a partition has one reader. So a lost answer loses nothing; a consumer group would not
 * hand out the same entries again.
 */
export const READ: RedisScript = redisScript(`${TIME}
local function isUpTo(id, mark)
  local a, b = string.match(id, '^(%d+)-(%d+)$')
  local c, d = string.match(mark, '^(%d+)-(%d+)$')
  a, b, c, d = tonumber(a), tonumber(b), tonumber(c), tonumber(d)
  return a < c or (a == c and b <= d)
end
local answer = {}
local due = redis.call('ZSCORE', KEYS[1] .. 'members', ARGV[1])
if not due or tonumber(due) < now then return answer end
for i = 3, #ARGV, 3 do
  local part, term, after = ARGV[i], ARGV[i + 1], ARGV[i + 2]
  local isMine = redis.call('HGET', KEYS[1] .. 'owners', part) == ARGV[1]
  if isMine and redis.call('HGET', KEYS[1] .. 'terms', part) == term then
    local mark = redis.call('HGET', KEYS[1] .. 'marks', part) or '0-0'
    local last = mark
    for _, entry in ipairs(redis.call('XRANGE', KEYS[1] .. 'part:' .. part, '(' .. after, '+', 'COUNT', ARGV[2])) do
      local old = isUpTo(entry[1], mark)
      local runs = old and redis.call('HGET', KEYS[1] .. 'runs', part .. ' ' .. entry[1]) or '0'
      answer[#answer + 1] = { part, entry[1], entry[2][2], runs, old and '1' or '0' }
      if not old then last = entry[1] end
    end
    if last ~= mark then redis.call('HSET', KEYS[1] .. 'marks', part, last) end
  end
end
return answer`)

/** Removes a finished entry: partition, id; and, if it becomes a dead letter, its payload. */
export const DONE: RedisScript = redisScript(`
redis.call('HDEL', KEYS[1] .. 'runs', ARGV[1] .. ' ' .. ARGV[2])
local existed = redis.call('XDEL', KEYS[1] .. 'part:' .. ARGV[1], ARGV[2])
if ARGV[3] and existed == 1 then redis.call('XADD', KEYS[1] .. 'dead', 'MAXLEN', '~', '10000', '*', 'u', ARGV[3]) end
return existed`)

/** Restores a dead letter: partition, id, payload. */
export const REQUEUE: RedisScript = redisScript(`${ADD}
if redis.call('XDEL', KEYS[1] .. 'dead', ARGV[2]) == 1 then add(ARGV[1], ARGV[3]) end
return 1`)

/** Counts the entries: partitions. */
export const SIZE: RedisScript = redisScript(`
local size = 0
for part = 0, tonumber(ARGV[1]) - 1 do size = size + redis.call('XLEN', KEYS[1] .. 'part:' .. part) end
for _, member in ipairs(redis.call('ZRANGE', KEYS[1] .. 'members', 0, -1)) do
  size = size + redis.call('HLEN', KEYS[1] .. 'notes:' .. member)
end
return size`)
