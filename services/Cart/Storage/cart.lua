-- A cart is a hash: version, currency, and for each SKU q:SKU (pieces), a:SKU (the version that added it) and s:SKU (what the
-- shopper was shown of it, as JSON). Redis runs a script alone, so two tabs or two replicas never lose a change to each other.
-- KEYS: the cart [, the guest's cart]. ARGV: the operation, the time in milliseconds, the lifetime in seconds, and its arguments.
local cart, operation, now, lifetime = KEYS[1], ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])

-- From the clock, so that a cart that is made anew never repeats a version of the one before it.
local function touch()
  local version = math.max(tonumber(redis.call('HGET', cart, 'version') or 0) + 1, now)
  redis.call('HSET', cart, 'version', version)
  redis.call('EXPIRE', cart, lifetime)
  return version
end

local function lines()
  local count = 0
  for _, field in ipairs(redis.call('HKEYS', cart)) do
    if string.sub(field, 1, 2) == 'q:' then count = count + 1 end
  end
  return count
end

local function put(sku, quantity, seen)
  local version = touch()
  redis.call('HSET', cart, 'q:' .. sku, quantity)
  redis.call('HSETNX', cart, 'a:' .. sku, version)
  if seen ~= '' then redis.call('HSET', cart, 's:' .. sku, seen) end
end

local function remove(sku)
  if redis.call('HDEL', cart, 'q:' .. sku, 'a:' .. sku, 's:' .. sku) > 0 then touch() end
end

local outcome = 'Done'
if operation == 'add' or operation == 'set' then
  local sku, quantity, mostPieces, mostLines, seen = ARGV[4], tonumber(ARGV[5]), tonumber(ARGV[6]), tonumber(ARGV[7]), ARGV[8]
  local present = tonumber(redis.call('HGET', cart, 'q:' .. sku) or 0)
  local wanted = operation == 'add' and present + quantity or quantity
  if wanted > mostPieces then outcome = 'TooManyPieces'
  elseif present == 0 and lines() >= mostLines then outcome = 'TooManyLines'
  else put(sku, wanted, seen) end
elseif operation == 'remove' then
  remove(ARGV[4])
elseif operation == 'currency' then
  touch()
  redis.call('HSET', cart, 'currency', ARGV[4])
elseif operation == 'show' then
  -- Only to lines that are still there: what was removed meanwhile must not come back as half a line.
  for index = 4, #ARGV, 2 do
    if redis.call('HEXISTS', cart, 'q:' .. ARGV[index]) == 1 then redis.call('HSET', cart, 's:' .. ARGV[index], ARGV[index + 1]) end
  end
elseif operation == 'clear' then
  -- With a version only the cart that the caller has seen.
  if ARGV[4] == '' or redis.call('HGET', cart, 'version') == ARGV[4] then redis.call('DEL', cart) end
elseif operation == 'merge' then
  local guest, mostPieces = KEYS[2], tonumber(ARGV[4])
  local brought = {}
  for _, field in ipairs(redis.call('HKEYS', guest)) do
    if string.sub(field, 1, 2) == 'q:' then
      local sku = string.sub(field, 3)
      table.insert(brought, { sku = sku, added = tonumber(redis.call('HGET', guest, 'a:' .. sku) or 0) })
    end
  end
  table.sort(brought, function(one, other) return one.added < other.added end)
  for _, line in ipairs(brought) do
    local present = tonumber(redis.call('HGET', cart, 'q:' .. line.sku) or 0)
    local quantity = tonumber(redis.call('HGET', guest, 'q:' .. line.sku))
    local seen = redis.call('HGET', cart, 's:' .. line.sku) or redis.call('HGET', guest, 's:' .. line.sku) or ''
    put(line.sku, math.min(present + quantity, mostPieces), seen)
  end
  local currency = redis.call('HGET', guest, 'currency')
  if currency and redis.call('EXISTS', cart) == 1 then redis.call('HSETNX', cart, 'currency', currency) end
  redis.call('DEL', guest)
elseif operation == 'read' then
  redis.call('EXPIRE', cart, lifetime)
else
  return redis.error_reply('unknown operation ' .. operation)
end

return { outcome, redis.call('HGETALL', cart) }
