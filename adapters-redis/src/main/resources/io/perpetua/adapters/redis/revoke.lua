-- Revokes a key, for good. KEYS: keys by id, when they were revoked by id. ARGV: id, now.
if redis.call('HEXISTS', KEYS[1], ARGV[1]) == 0 then return 0 end
redis.call('HSETNX', KEYS[2], ARGV[1], ARGV[2])
return 1
