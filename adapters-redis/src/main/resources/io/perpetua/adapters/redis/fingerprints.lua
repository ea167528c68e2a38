-- The fingerprints of some turns. KEYS: their branch's list. ARGV: the first one's place in it and the last one's.
local fingerprints = {}
for i, turn in ipairs(redis.call('LRANGE', KEYS[1], ARGV[1], ARGV[2])) do
  fingerprints[i] = string.sub(turn, 21, 36)
end
return fingerprints
