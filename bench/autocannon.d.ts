/** What we use of autocannon, which ships no types. */
declare module 'autocannon' {
  namespace autocannon {
    type Request = {
      method?: string
      path?: string
      headers?: Record<string, string>
      body?: string
      setupRequest?: (request: Request) => Request
    }
    type Options = { url: string; duration: number; connections: number; requests: Request[] }
    type Result = {
      non2xx: number
      requests: { average: number; total: number }
      latency: { p50: number; p99: number }
    }
  }
  function autocannon(options: autocannon.Options): Promise<autocannon.Result>
  export = autocannon
}
