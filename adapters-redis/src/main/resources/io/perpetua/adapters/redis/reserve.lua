-- Reserves an amount of an account's budget.
-- KEYS: what is spent, by period; reservations by id, each "period amount"; ids by when they were reserved
-- ARGV: id, period, amount, budget, now, when what is over is forgotten, all in microseconds; most that is forgotten at once
-- A period is "ends:name", or a name that never ends. Amounts fill 64 bits, which Lua's numbers do not: Redis adds them up,
-- and they are compared as the digits that they are written in.
local spent, reserved, order = KEYS[1], KEYS[2], KEYS[3]
local id, period, amount, budget = ARGV[1], ARGV[2], ARGV[3], ARGV[4]

local function more(one, other)
  return #one > #other or (#one == #other and one > other)
end

if redis.call('HEXISTS', reserved, id) == 1 then return 1 end
local before = redis.call('HGET', spent, period) or '0'
if more(amount, budget) or more(before, budget) then return 0 end
if amount ~= '0' then
  local sum = redis.pcall('HINCRBY', spent, period, amount)
  if type(sum) == 'table' then
    if string.find(sum.err, 'overflow', 1, true) then return 0 end
    return sum
  end
  if more(redis.call('HGET', spent, period), budget) then
    if before == '0' then
      redis.call('HDEL', spent, period)
    else
      redis.call('HSET', spent, period, before)
    end
    return 0
  end
end
redis.call('HSET', reserved, id, period .. ' ' .. amount)
redis.call('ZADD', order, ARGV[5], id)

for _, lost in ipairs(redis.call('ZRANGEBYSCORE', order, '-inf', ARGV[6], 'LIMIT', 0, ARGV[7])) do
  redis.call('HDEL', reserved, lost)
  redis.call('ZREM', order, lost)
end
if before == '0' then
  for _, each in ipairs(redis.call('HKEYS', spent)) do
    local ends = tonumber(string.match(each, '^(%-?%d+):'))
    if ends and ends <= tonumber(ARGV[6]) then redis.call('HDEL', spent, each) end
  end
end
return 1
