-- Counts an answer in, and whoever has to make room for it out.
-- KEYS: cache keys by when their answers expire; "bytes pointer" by cache key; bytes of all
-- ARGV: cache key, its pointer, '' where nothing is kept; its bytes; when it expires, and now; most answers, most bytes
-- Answers cache key and pointer of each that made room.
local order, kept, total = KEYS[1], KEYS[2], KEYS[3]
local MOST_CLEARED = 16

local function out(key)
  local known = redis.call('HGET', kept, key)
  redis.call('ZREM', order, key)
  if not known then return '' end
  local bytes, pointer = string.match(known, '^(%d+) (.*)$')
  redis.call('HDEL', kept, key)
  redis.call('DECRBY', total, bytes)
  return pointer
end

out(ARGV[1])
for _, key in ipairs(redis.call('ZRANGEBYSCORE', order, '-inf', ARGV[5], 'LIMIT', 0, MOST_CLEARED)) do out(key) end
if ARGV[2] == '' then return {} end
local left = tonumber(ARGV[7]) - tonumber(ARGV[3])
local gone = {}
while redis.call('ZCARD', order) >= tonumber(ARGV[6]) or tonumber(redis.call('GET', total) or '0') > left do
  local soonest = redis.call('ZRANGE', order, 0, 0)[1]
  if not soonest then break end
  gone[#gone + 1] = soonest
  gone[#gone + 1] = out(soonest)
end
redis.call('ZADD', order, ARGV[4], ARGV[1])
redis.call('HSET', kept, ARGV[1], ARGV[3] .. ' ' .. ARGV[2])
redis.call('INCRBY', total, ARGV[3])
return gone
