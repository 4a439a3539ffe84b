import type { components, paths } from './types.ts'

export interface FieldProblem {
  field: string
  reason: string
}

/** A refusal as plain data, so that it survives the way from a form action to its page. */
export interface ProblemBody {
  code: string
  title: string
  status: number
  detail?: string | undefined
  fields?: FieldProblem[] | undefined
  retryAfter?: number | undefined
  /** Facts that the page can use, such as how many minutes are left. */
  details?: Record<string, unknown> | undefined
}

/** A refusal of the API, in the reader's language. */
export class Problem extends Error {
  readonly code: string
  readonly title: string
  readonly status: number
  readonly detail: string | undefined
  readonly fields: FieldProblem[]
  readonly retryAfter: number | undefined
  readonly details: Record<string, unknown> | undefined

  constructor(body: Partial<ProblemBody> & { status: number }) {
    super(body.title ?? `HTTP ${body.status}`)
    this.code = body.code ?? 'request.failed'
    this.title = body.title ?? ''
    this.status = body.status
    this.detail = body.detail
    this.fields = body.fields ?? []
    this.retryAfter = body.retryAfter
    this.details = body.details
  }

  toJSON(): ProblemBody {
    const { code, title, status, detail, fields, retryAfter, details } = this
    return { code, title, status, detail, fields, retryAfter, details }
  }
}

type Scalar = string | number | boolean
interface Options {
  params?: {
    path?: Record<string, Scalar>
    query?: Record<string, Scalar | readonly Scalar[] | null | undefined>
  }
  body?: unknown
  headers?: Record<string, string>
  signal?: AbortSignal
}
type Method = 'get' | 'post' | 'put' | 'patch' | 'delete'

/** The operations of the contract, without the part that all addresses begin with. */
export type PathOf<M extends Method> = {
  [P in keyof paths]: P extends `/api/v1${infer Rest}` ? (paths[P][M] extends object ? Rest : never) : never
}[keyof paths]
type BodyOf<R> = R extends { content: { 'application/json': infer Body } } ? Body : undefined
type AnswerOf<P extends string, M extends Method> = `/api/v1${P}` extends keyof paths
  ? paths[`/api/v1${P}`][M] extends { responses: infer R }
    ? { [S in keyof R & (200 | 201 | 202 | 204)]: BodyOf<R[S]> }[keyof R & (200 | 201 | 202 | 204)]
    : never
  : never
interface Call<M extends Method> {
  /** Answers what the contract says. */
  <P extends PathOf<M>>(path: P, options?: Options): Promise<AnswerOf<P, M>>
  /** Answers a shape that the page names itself. */
  <T>(path: PathOf<M>, options?: Options): Promise<T>
}

/** The address of an operation: `{name}` replaced by its value, empty questions left out. */
function apiUrl(path: string, params: Options['params'] = {}): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String(params.path?.[name])),
  )
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(params.query ?? {})) {
    for (const item of Array.isArray(value) ? value : [value]) {
      if (item !== undefined && item !== null && item !== '') query.append(name, String(item))
    }
  }
  return `/api/v1${filled}${query.size > 0 ? `?${query}` : ''}`
}

type Settings = {
  /** The server, e.g. `https://lachan.example`; nothing for pages of its own. */
  origin?: string
  fetch?: typeof globalThis.fetch
  /** Headers of every call, asked for each time: a bearer token, the reader's language. */
  headers?: () => Record<string, string>
}

/**
 * A client of the whole API: paths are checked against the contract, answers have its types, refusals are thrown as
 * {@link Problem}. `createClient({ origin, headers: () => ({ authorization }) }).get('/me/places')`.
 */
export function createClient({
  origin = '',
  fetch = globalThis.fetch,
  headers: always = () => ({}),
}: Settings = {}) {
  const call = <M extends Method>(method: M): Call<M> =>
    (async (path: string, options: Options = {}) => {
      const { body, headers, signal } = options
      const response = await fetch(origin + apiUrl(path, options.params), {
        method: method.toUpperCase(),
        headers: {
          accept: 'application/json',
          ...always(),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        ...(signal ? { signal } : {}),
      })
      const text = await response.text()
      const parsed =
        /json/.test(response.headers.get('content-type') ?? '') && text ? JSON.parse(text) : undefined
      if (!response.ok) throw new Problem({ ...parsed, status: response.status })
      return parsed
    }) as Call<M>
  return {
    get: call('get'),
    post: call('post'),
    put: call('put'),
    patch: call('patch'),
    delete: call('delete'),
  }
}

export type Schemas = components['schemas']
