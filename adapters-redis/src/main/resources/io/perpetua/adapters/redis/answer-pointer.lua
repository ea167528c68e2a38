-- Replaces the pointer to an answer. KEYS: the pointer. ARGV: its value, '' for none; milliseconds. Answers what it was.
local before = redis.call('GET', KEYS[1])
if ARGV[1] == '' then
  redis.call('DEL', KEYS[1])
else
  redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
end
return before
