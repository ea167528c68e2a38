-- Tells of rungs that rest, and reads which rest by others' word.
-- KEYS: hints by rung, each "ends state teller" in milliseconds of this server's clock
-- ARGV: teller, then for each rung its name, its state and for how many milliseconds it rests
-- Answers for each rung that rests by others' word its name, its state and how many milliseconds are left.
local MOST = 1000
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
for i = 2, #ARGV, 3 do
  local kept = redis.call('HGET', KEYS[1], ARGV[i])
  local ends = now + tonumber(ARGV[i + 2])
  local longer = kept and tonumber(string.match(kept, '^%d+')) < ends
  if longer or (not kept and redis.call('HLEN', KEYS[1]) < MOST) then
    redis.call('HSET', KEYS[1], ARGV[i], string.format('%.0f %s %s', ends, ARGV[i + 1], ARGV[1]))
  end
end

local others, last = {}, 0
local all = redis.call('HGETALL', KEYS[1])
for i = 1, #all, 2 do
  local ends, state, teller = string.match(all[i + 1], '^(%d+) (%S+) (.*)$')
  local left = tonumber(ends) - now
  last = math.max(last, left)
  if left <= 0 then
    redis.call('HDEL', KEYS[1], all[i])
  elseif teller ~= ARGV[1] then
    others[#others + 1] = all[i]
    others[#others + 1] = state
    others[#others + 1] = string.format('%.0f', left)
  end
end
if last > 0 and #ARGV > 1 then redis.call('PEXPIRE', KEYS[1], string.format('%.0f', last)) end
return others
