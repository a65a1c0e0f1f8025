-- What wrk asks and tells. RIKTIG_ASKED: a file of lines "path<tab>cookie"; RIKTIG_PAUSE: mean pause of a connection in
-- milliseconds, 0 for none. Pauses are random, so that connections do not ask in step.
local asked = {}
for line in io.lines(os.getenv("RIKTIG_ASKED")) do
  local path, cookie = line:match("^(%S+)\t(.*)$")
  asked[#asked + 1] = wrk.format("GET", path, { Host = wrk.host .. ":" .. wrk.port, Cookie = cookie, ["Accept-Encoding"] = "gzip" })
end
local pause = tonumber(os.getenv("RIKTIG_PAUSE"))
local at = 0

function request()
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
