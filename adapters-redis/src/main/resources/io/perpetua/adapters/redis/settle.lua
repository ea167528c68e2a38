-- Replaces what was reserved by what was spent. KEYS as of reserve.lua; ARGV: id, amount.
local spent, reserved, order = KEYS[1], KEYS[2], KEYS[3]
local kept = redis.call('HGET', reserved, ARGV[1])
if not kept then return 0 end
local period, amount = string.match(kept, '^(%S+) (%d+)$')
redis.call('HDEL', reserved, ARGV[1])
redis.call('ZREM', order, ARGV[1])
if amount ~= '0' then redis.call('HINCRBY', spent, period, '-' .. amount) end
if ARGV[2] ~= '0' then
  local sum = redis.pcall('HINCRBY', spent, period, ARGV[2])
  if type(sum) == 'table' then redis.call('HSET', spent, period, '9223372036854775807') end
end
return 1
