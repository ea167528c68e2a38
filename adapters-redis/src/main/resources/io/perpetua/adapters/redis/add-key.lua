-- Adds a key, unless there is one of its id. KEYS: keys by id. ARGV: id, key. Keys are never deleted: their count numbers them.
if redis.call('HEXISTS', KEYS[1], ARGV[1]) == 1 then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], redis.call('HLEN', KEYS[1]) .. ' ' .. ARGV[2])
return 1
