-- Takes an amount from every meter, or corrects what was taken.
-- KEYS: the meters, each "start left": when its window began, in microseconds, and what is left of it
-- ARGV: now, amount, "all" to take it from all or none | "any" to take it whatever is left, milliseconds that clocks are
--       apart; then for each meter its limit, its window's length, and when a window begins that is begun now
-- Answers whether it was taken, and start and left of each meter. All numbers are whole and far below 2^53.
local now, amount, all = tonumber(ARGV[1]), tonumber(ARGV[2]), ARGV[3] == 'all'
local apart = tonumber(ARGV[4])
local MOST_OWED = 4000000000000000

local function read(key, most, length, fresh)
  local kept = redis.call('GET', key)
  if not kept then return fresh, most, false end
  local space = string.find(kept, ' ', 1, true)
  local start, left = tonumber(string.sub(kept, 1, space - 1)), tonumber(string.sub(kept, space + 1))
  local ends = start + math.max(1, math.ceil((most - left) / most)) * length
  if ends <= now then return fresh, most, false end
  if now < start - length then return fresh, left, true end
  local windows = math.max(0, math.floor((now - start) / length))
  return start + windows * length, math.min(most, left + windows * most), true
end

local meters, taken = {}, true
for i, key in ipairs(KEYS) do
  local at = 4 + (i - 1) * 3
  local most, length = tonumber(ARGV[at + 1]), tonumber(ARGV[at + 2])
  local start, left, used = read(key, most, length, tonumber(ARGV[at + 3]))
  meters[i] = {key = key, most = most, length = length, start = start, left = left, used = used}
  if all and amount > left then taken = false end
end

local answer = {taken and 1 or 0}
for _, meter in ipairs(meters) do
  if taken and (amount > 0 or meter.used) then
    meter.left = math.max(-MOST_OWED, math.min(meter.most, meter.left - amount))
    local windows = math.max(1, math.ceil((meter.most - meter.left) / meter.most))
    local ttl = math.ceil((meter.start + windows * meter.length - now) / 1000) + apart
    redis.call('SET', meter.key, string.format('%.0f %.0f', meter.start, meter.left), 'PX',
      string.format('%.0f', ttl))
  end
  answer[#answer + 1] = meter.start
  answer[#answer + 1] = meter.left
end
return answer
