import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import swagger from '@fastify/swagger'
import { type TypeBoxTypeProvider, TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox'
import Fastify, { type FastifyError, type FastifyReply, type FastifyRequest, LogController } from 'fastify'
import Format from 'typebox/format'
import { type Actor, nobody } from './access.ts'
import type { Config } from './config.ts'
import { Context, type Services } from './context.ts'
import { isAway, type Sql, transact } from './database.ts'
import { createMetrics } from './metrics.ts'
import { document } from './openapi.ts'
import {
  accessProblem,
  type Language,
  Problem,
  requestProblem,
  serverProblem,
  type Words,
} from './problem.ts'
import { ProblemShape } from './shapes.ts'
import { asWritten } from './text.ts'

/**
 * To what a permission applies. `anyone` needs none; `own` is what hangs on the caller's phone or account;
 * `area` and `place` are decided by `ctx.assertReach` or `ctx.areaIds`, and a route that answers without having
 * asked fails; `all` is what has no area (the catalogue of forms, the audit of the installation).
 */
type Scope = 'anyone' | 'own' | 'area' | 'place' | 'all'

declare module 'fastify' {
  interface FastifyRequest {
    ctx: Context
  }
  interface FastifyContextConfig {
    /** What the caller must be allowed to do; `null` says, on purpose, anyone. */
    permission?: string | null
    scope?: Scope
    /** A GET that writes (a reading of personal data is recorded) runs in a transaction like a write. */
    writes?: boolean
    /** Written together with what others send at the same moment, in one transaction that is not this request's. */
    gathers?: boolean
    /** The body is a list whose items are refused one by one. */
    itemByItem?: boolean
    /** Runs before the transaction, on its own: what must stay even when the request fails (throttles, attempts). */
    before?: (ctx: Context, request: FastifyRequest) => Promise<unknown>
  }
}

/** What every operation answers when it refuses. */
const problemAnswer = {
  description: 'What went wrong, and what to do',
  content: { 'application/problem+json': { schema: ProblemShape } },
}

export const SESSION_COOKIE = 'lachan_session'

const YEARS = /^(19|20|21)\d\d-/
const isDateTime = Format.Get('date-time')!
const isDate = Format.Get('date')!
// Stricter than RFC 3339: years that a calendar of people can hold, and only what Date and PostgreSQL read alike.
Format.Set('date-time', (text) => YEARS.test(text) && isDateTime(text) && !Number.isNaN(Date.parse(text)))
Format.Set('date', (text) => YEARS.test(text) && isDate(text))

const fastify = (config: Config) =>
  Fastify({
    logger:
      config.logLevel === 'silent'
        ? false
        : {
            level: config.logLevel,
            // Operation and status only: addresses, queries and bodies may name people.
            serializers: {
              req: (request) => ({ method: request.method }),
              res: (reply) => ({ status: reply.statusCode }),
            },
          },
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: config.trustProxy ?? false,
    bodyLimit: 1024 * 1024,
    exposeHeadRoutes: false,
    // An address that cannot be decoded never reaches a route, nor its error handler.
    frameworkErrors: (_error, request, reply) => {
      const { code, status, words } = requestProblem.malformed()
      const body = { code, title: words[languageOf(request)], status }
      return (reply as FastifyReply)
        .code(status)
        .type('application/problem+json')
        .send(JSON.stringify(body)) as never
    },
    forceCloseConnections: true,
  }).withTypeProvider<TypeBoxTypeProvider>()

export type App = ReturnType<typeof fastify>
export type Routes = (app: App) => Promise<void>

type Credentials = { token: string | undefined; address: string }

type Options = {
  config: Config
  /** Looked at anew for each request; tests give each of theirs a transaction. */
  readonly sql: Sql
  services: Services
  routes: Routes[]
  authenticate: (sql: Sql, credentials: Credentials, now: Date) => Promise<Actor>
  /** The clock; tests set it. */
  now?: () => Date
}

export async function createApp(options: Options) {
  const { config, services, routes, authenticate, now = () => new Date() } = options
  const app = fastify(config)
  const metrics = createMetrics()
  app.removeContentTypeParser('text/plain')
  app.setValidatorCompiler(TypeBoxValidatorCompiler)
  app.decorateRequest('ctx', null as never)
  await app.register(cookie)
  // Pages carry SvelteKit's own policy. `same-origin`, because `no-referrer` makes plain forms send `Origin: null`.
  await app.register(helmet, {
    contentSecurityPolicy: false,
    referrerPolicy: { policy: 'same-origin' },
    strictTransportSecurity: config.origin.startsWith('https:'),
    crossOriginEmbedderPolicy: false,
  })
  await app.register(swagger, document)

  app.addHook('onRoute', (route) => {
    if (!route.url.startsWith('/api/v1')) return
    const { permission, scope } = route.config ?? {}
    const name = `${route.method} ${route.url}`
    if (permission === undefined || scope === undefined)
      throw new Error(`${name} names no permission or no scope`)
    if ((permission === null) !== (scope === 'anyone'))
      throw new Error(`${name}: scope "anyone" and no permission belong together`)
    if (!route.schema?.operationId) throw new Error(`${name} names no operationId`)
    route.schema = {
      ...route.schema,
      ...({ 'x-permission': permission, 'x-scope': scope } as object),
      response: { ...(route.schema.response as object), default: problemAnswer },
      // The contract asks for a token everywhere but here.
      ...(permission === null ? { security: [] } : {}),
    }
    const handler = route.handler
    const writes = route.method !== 'GET' || route.config?.writes
    route.handler = async (request, reply) => {
      const answer = (await handle(request, reply)) ?? null
      if (answer === null && reply.statusCode === 200) reply.code(204)
      return answer === null ? reply.send() : answer
    }

    /** A write is one transaction, committed before the reply is sent. */
    const handle = (request: FastifyRequest, reply: FastifyReply) => {
      const work = async (tx: Sql) => {
        request.ctx = request.ctx.within(tx)
        const answer = await handler.call(app as never, request, reply)
        if (reply.sent && writes)
          throw new Error('A handler returns its answer: sending it would outrun the commit.')
        if (scope !== 'anyone' && scope !== 'all' && !request.ctx.scopeDecided)
          throw new Error(`${name} answered without deciding its scope`)
        return answer
      }
      return writes && !route.config?.gathers ? transact(request.ctx.sql, work) : work(request.ctx.sql)
    }
  })

  app.addHook('onRequest', async (request, reply) => {
    const { permission } = request.routeOptions.config
    if (permission === undefined) return
    reply.header('cache-control', 'no-store')
    const { authorization } = request.headers
    const bearer = authorization?.startsWith('Bearer ') ? authorization.slice(7) : undefined
    const token = bearer ?? request.cookies[SESSION_COOKIE]
    if (!bearer && token && request.method !== 'GET') assertSameOrigin(request, config.origin)
    const at = now()
    const { sql } = options
    const actor = token ? await authenticate(sql, { token, address: request.ip }, at) : nobody
    request.ctx = new Context(sql, actor, services, at, {
      language: languageOf(request),
      address: networkOf(request.ip),
      permission,
    })
    if (permission === null) return
    if (actor.kind === 'nobody') throw accessProblem.signInNeeded()
    if (actor.kind !== 'system' && !actor.permissions.has(permission)) throw accessProblem.denied()
  })

  app.addHook('preValidation', async (request) => {
    request.body = asWritten(request.body, 'body', request.routeOptions.config.itemByItem)
    request.query = asWritten(request.query, 'query')
    request.params = asWritten(request.params, 'path') as never
  })

  app.addHook('preHandler', async (request) => {
    await request.routeOptions.config.before?.(request.ctx, request)
  })

  app.addHook('onResponse', async (request, reply) => {
    const operation = operationOf(request)
    metrics.requests.labels(operation, String(reply.statusCode)).observe(reply.elapsedTime / 1000)
    request.log.debug({ operation, res: reply, ms: Math.round(reply.elapsedTime) }, 'answered')
  })

  const sendProblem = (error: unknown, request: FastifyRequest, reply: FastifyReply) => {
    const language = languageOf(request)
    const problem = asProblem(error as FastifyError, language)
    if (problem.status >= 500) {
      metrics.failures.labels(problem.code).inc()
      request.log.error({ err: withoutData(error), operation: operationOf(request) }, problem.code)
    }
    const { code, status, words, extras } = problem
    if (extras.retryAfter) reply.header('retry-after', extras.retryAfter)
    const body = { code, title: words[language], status, ...extras }
    return reply.code(status).type('application/problem+json').serializer(JSON.stringify).send(body)
  }
  app.setErrorHandler(sendProblem)

  for (const module of routes) await app.register(module as never, { prefix: '/api/v1' })

  const hidden = { schema: { hide: true } } // not part of the API
  app.get('/healthz', hidden, async () => ({ ok: true }))
  app.get('/readyz', hidden, async (_request, reply) => {
    try {
      await options.sql`select 1`
      return { ok: true }
    } catch {
      return reply.code(503).send({ ok: false })
    }
  })
  app.get('/metrics', hidden, async (_request, reply) =>
    reply.type(metrics.registry.contentType).send(await metrics.registry.metrics()),
  )
  app.get('/api/openapi.json', hidden, async () => app.swagger())
  app.all('/api/*', hidden, async () => {
    throw requestProblem.unknownAddress()
  })
  return app
}

const operationOf = (request: FastifyRequest) =>
  (request.routeOptions?.schema as { operationId?: string } | undefined)?.operationId ?? 'page'

/** Calls the API of this process as the bearer of a token. */
export const askInProcess =
  (app: App) => async (token: string, method: 'POST' | 'PUT', path: string, body: unknown) => {
    const headers = { authorization: `Bearer ${token}` }
    const answer = await app.inject({ method, url: `/api/v1${path}`, payload: body as object, headers })
    return { status: answer.statusCode, body: answer.payload ? answer.json() : {} }
  }

/** Who may count as one caller: an IPv4 address, or the /64 of which a caller has every IPv6 address. */
const networkOf = (address: string) =>
  address.includes(':') && !address.startsWith('::ffff:') ? address.split(':').slice(0, 4).join(':') : address

/** The cookie set by the language switch, else the browser's wish, else Vietnamese. */
function languageOf(request: FastifyRequest): Language {
  const wish = request.cookies?.lang ?? request.headers['accept-language'] ?? 'vi'
  return /^en\b/i.test(wish) ? 'en' : 'vi'
}

/** A cookie is sent by the browser whoever asks; so a write with one must come from our own pages. */
function assertSameOrigin(request: FastifyRequest, origin: string) {
  const site = request.headers['sec-fetch-site']
  if (site && site !== 'same-origin' && site !== 'none') throw requestProblem.crossSite()
  const from = request.headers.origin
  if (from && from !== origin && from !== `${request.protocol}://${request.host}`)
    throw requestProblem.crossSite()
}

function asProblem(error: FastifyError, language: Language): Problem {
  if (error instanceof Problem) return error
  if (error.validation)
    return requestProblem.invalid({ fields: error.validation.map((e) => fieldAt(e as never, language)) })
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') return requestProblem.tooLarge()
  if (error.code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return requestProblem.unsupportedType()
  if (error.statusCode && error.statusCode >= 400 && error.statusCode < 500) return requestProblem.malformed()
  if (isAway(error)) return serverProblem.unavailable({ retryAfter: 5 })
  return serverProblem.failed()
}

type Fault = {
  keyword: string
  instancePath: string
  params: { requiredProperties?: string[]; additionalProperties?: string[]; limit?: number }
}

/** What a person reads beside a field; the shape itself stands in the contract, for those who program. */
const REASONS: Record<string, (limit: number | undefined) => Words> = {
  required: () => ({ vi: 'Còn thiếu.', en: 'Is missing.' }),
  additionalProperties: () => ({ vi: 'Không có ô này.', en: 'Is not known.' }),
  type: () => ({ vi: 'Chưa đúng kiểu.', en: 'Is of the wrong kind.' }),
  enum: () => ({ vi: 'Không có trong danh sách.', en: 'Is not one of the choices.' }),
  minLength: (limit) =>
    limit === 1
      ? { vi: 'Đang để trống.', en: 'Is empty.' }
      : { vi: `Cần ít nhất ${limit} ký tự.`, en: `Needs at least ${limit} characters.` },
  maxLength: (limit) => ({ vi: `Dài quá ${limit} ký tự.`, en: `Is longer than ${limit} characters.` }),
  minimum: (limit) => ({ vi: `Không được nhỏ hơn ${limit}.`, en: `Must not be below ${limit}.` }),
  maximum: (limit) => ({ vi: `Không được lớn hơn ${limit}.`, en: `Must not be above ${limit}.` }),
  minItems: (limit) => ({ vi: `Cần ít nhất ${limit} mục.`, en: `Needs at least ${limit} items.` }),
  maxItems: (limit) => ({ vi: `Nhiều quá ${limit} mục.`, en: `Has more than ${limit} items.` }),
}
const MISSHAPEN: Words = { vi: 'Chưa đúng dạng.', en: 'Is not in the right form.' }

function fieldAt({ keyword, instancePath, params }: Fault, language: Language) {
  const inner = params.requiredProperties ?? params.additionalProperties ?? []
  const field = [...instancePath.split('/').filter(Boolean), ...inner.slice(0, 3)].join('.')
  return { field: field.slice(0, 100), reason: (REASONS[keyword]?.(params.limit) ?? MISSHAPEN)[language] }
}

/** Database errors carry the values of the row at fault; a log keeps the code, the rule and where it happened. */
function withoutData(error: unknown) {
  const {
    name,
    code,
    constraint_name: constraint,
    routine,
    stack,
    message,
  } = error as Record<string, unknown>
  return { name, code, constraint, stack: code ? undefined : stack, message: code ? routine : message }
}
