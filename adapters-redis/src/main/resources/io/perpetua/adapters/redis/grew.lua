-- Gives a conversation a place in the order of growth if it has none yet. KEYS: its scope's order. ARGV: it, the place.
local grown = redis.call('ZSCORE', KEYS[1], ARGV[1])
if grown and tonumber(grown) < 0 then
  redis.call('ZADD', KEYS[1], ARGV[2], ARGV[1])
  return 1
end
return 0
