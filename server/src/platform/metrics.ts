import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client'

/** Numbers for Prometheus; labels are operation names, never addresses with ids in them. */
export function createMetrics() {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const requests = new Histogram({
    name: 'lachan_request_seconds',
    help: 'Time from request to reply',
    labelNames: ['operation', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [registry],
  })
  const failures = new Counter({
    name: 'lachan_failures_total',
    help: 'Replies of 500 and above, by problem code',
    labelNames: ['code'],
    registers: [registry],
  })
  return { registry, requests, failures }
}
