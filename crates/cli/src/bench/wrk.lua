-- What wrk asks and tells. RIKTIG_ASKED: a file of lines "path<tab>cookie"; RIKTIG_PAUSE: mean pause of a connection in
-- milliseconds, 0 for none. Pauses are random, so that connections do not ask in step. RIKTIG_BODY: a file that is posted to the
-- first path instead, if there is something in it, with a number of 15 digits where RIKTIG_COUNTED stands.
local asked = {}
local first
for line in io.lines(os.getenv("RIKTIG_ASKED")) do
  local path, cookie = line:match("^(%S+)\t(.*)$")
  first = first or path
  asked[#asked + 1] = wrk.format("GET", path, { Host = wrk.host .. ":" .. wrk.port, Cookie = cookie, ["Accept-Encoding"] = "gzip" })
end
local pause = tonumber(os.getenv("RIKTIG_PAUSE"))
local at = 0

local body = io.open(os.getenv("RIKTIG_BODY")):read("*a")
local number = os.time() % 10000000 * 1000000 -- two runs share none
local head, tail
if #body > 0 then
  local whole = wrk.format("POST", first, { Host = wrk.host .. ":" .. wrk.port, ["Content-Type"] = "application/json" }, body)
  local from, to = whole:find(os.getenv("RIKTIG_COUNTED"), 1, true)
  head, tail = whole:sub(1, from - 1), whole:sub(to + 1)
end

function request()
  if head then
    number = number + 1
    return head .. string.format("%015d", number) .. tail
  end
  at = at % #asked + 1
  return asked[at]
end

if pause > 0 then
  function delay() return math.random(0, 2 * pause) end
end

function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format(
    '\n{"requests":%d,"microseconds":%d,"bytes":%d,"p50":%d,"p99":%d,"most":%d,"refused":%d,"broken":%d}\n',
    summary.requests, summary.duration, summary.bytes, latency:percentile(50), latency:percentile(99), latency.max,
    errors.status, errors.connect + errors.read + errors.write + errors.timeout))
end
