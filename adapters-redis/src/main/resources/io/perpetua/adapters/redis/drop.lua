-- Deletes a key if this is what it holds. KEYS: the key. ARGV: the value.
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('DEL', KEYS[1])
