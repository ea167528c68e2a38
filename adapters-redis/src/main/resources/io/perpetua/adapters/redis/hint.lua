-- Puts the place of a turn before those that have its fingerprint, or takes it away.
-- KEYS: bucket. ARGV: fingerprint's name in it, place, how many places are kept, 0 to take it away.
local most = tonumber(ARGV[3])
local kept = most > 0 and {ARGV[2]} or {}
for place in string.gmatch(redis.call('HGET', KEYS[1], ARGV[1]) or '', '[^,]+') do
  if place ~= ARGV[2] and (most == 0 or #kept < most) then
    kept[#kept + 1] = place
  end
end
if #kept > 0 then
  redis.call('HSET', KEYS[1], ARGV[1], table.concat(kept, ','))
else
  redis.call('HDEL', KEYS[1], ARGV[1])
end
return #kept
