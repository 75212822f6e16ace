-- Counts the answers that are not 200, and prints the figures of wrk as JSON.
local threads = {}

function setup(thread)
  table.insert(threads, thread)
end

function init()
  bad = 0
end

function response(status)
  if status ~= 200 then bad = bad + 1 end
end

function done(summary, latency)
  local errors = summary.errors
  local failed = errors.connect + errors.read + errors.write + errors.timeout
  for _, thread in ipairs(threads) do failed = failed + thread:get('bad') end
  local figures = '\n{"answered":%d,"failed":%d,"microseconds":%d,"p50":%d,"p99":%d}\n'
  local p50, p99 = latency:percentile(50), latency:percentile(99)
  io.write(figures:format(summary.requests, failed, summary.duration, p50, p99))
end
