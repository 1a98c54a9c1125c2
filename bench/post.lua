-- wrk: posts into the topics by turns, as one member after the other, each with a key of its own, and counts what was not
-- acknowledged. TOPICS, TOKENS and RUN come from the environment.
local topics, tokens = {}, {}
for id in os.getenv("TOPICS"):gmatch("%d+") do topics[#topics + 1] = id end
for token in os.getenv("TOKENS"):gmatch("%S+") do tokens[#tokens + 1] = token end
local threads = 0

function setup(thread)
  thread:set("number", threads)
  threads = threads + 1
end

function init()
  count, refused = 0, 0
  headers = { ["Content-Type"] = "application/json" }
end

function request()
  count = count + 1
  headers["Authorization"] = "Bearer " .. tokens[(count + number * #tokens / 2) % #tokens + 1]
  headers["Idempotency-Key"] = os.getenv("RUN") .. "-" .. number .. "-" .. count
  local body = '{"body":"The ' .. count .. 'th word about the **harvest**, and what to bring: bread, cheese, apples."}'
  return wrk.format("POST", "/api/v1/topics/" .. topics[count % #topics + 1] .. "/posts", headers, body)
end

function response(status)
  if status ~= 201 then refused = refused + 1 end
end

function done(summary, latency)
  io.write(string.format("RESULT %d %d %d %d\n", summary.requests, summary.duration, summary.errors.status, latency:percentile(99)))
end
