-- Replaces what a key holds if it is what was seen. KEYS: the key. ARGV: what was seen, what comes.
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2])
return 1
