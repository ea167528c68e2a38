-- Replaces an open job, or ends it. KEYS: the open jobs, the ended one. ARGV: its name, itself, milliseconds that it is kept
-- for once it has ended, 0 while it is open.
if redis.call('HEXISTS', KEYS[1], ARGV[1]) == 0 then return 0 end
if ARGV[3] == '0' then
  redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
else
  redis.call('HDEL', KEYS[1], ARGV[1])
  redis.call('SET', KEYS[2], ARGV[2], 'PX', ARGV[3])
end
return 1
