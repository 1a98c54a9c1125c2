-- wrk: one page, over and over.
function done(summary, latency)
  io.write(string.format("RESULT %d %d %d %d\n", summary.requests, summary.duration, summary.errors.status, latency:percentile(99)))
end
