-- Changes what has been learnt, unless somebody else has since it was read. KEYS as of standings.lua.
-- ARGV: the version that was read; then for each change the number of its key, its field, and its value, "" to delete it
-- Answers whether it was changed.
if (redis.call('HGET', KEYS[1], 'version') or '0') ~= ARGV[1] then return 0 end
redis.call('HINCRBY', KEYS[1], 'version', 1)
for i = 2, #ARGV, 3 do
  local key = KEYS[tonumber(ARGV[i])]
  if ARGV[i + 2] == '' then
    redis.call('HDEL', key, ARGV[i + 1])
  else
    redis.call('HSET', key, ARGV[i + 1], ARGV[i + 2])
  end
end
return 1
