import { error, redirect } from '@sveltejs/kit'

export interface FieldProblem {
  field: string
  reason: string
}

/** What a form gets back when the API refused it: plain data, so that it survives the way to the page. */
export interface ProblemBody {
  code: string
  title: string
  status: number
  detail?: string | undefined
  fields?: FieldProblem[] | undefined
  retryAfter?: number | undefined
}

/** A refusal of the API, in the reader's language. */
export class Problem extends Error {
  readonly code: string
  readonly title: string
  readonly status: number
  readonly detail: string | undefined
  readonly fields: FieldProblem[]
  readonly retryAfter: number | undefined

  constructor(body: Partial<ProblemBody> & { status: number }) {
    super(body.title ?? `HTTP ${body.status}`)
    this.code = body.code ?? 'request.failed'
    this.title = body.title ?? ''
    this.status = body.status
    this.detail = body.detail
    this.fields = body.fields ?? []
    this.retryAfter = body.retryAfter
  }

  toJSON(): ProblemBody {
    const { code, title, status, detail, fields, retryAfter } = this
    return { code, title, status, detail, fields, retryAfter }
  }
}

type Scalar = string | number | boolean
export interface Options {
  params?: {
    path?: Record<string, Scalar>
    query?: Record<string, Scalar | readonly Scalar[] | null | undefined>
  }
  body?: unknown
  headers?: Record<string, string>
  signal?: AbortSignal
}
type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** The address of an operation: `{name}` replaced by its value, empty questions left out. */
export function apiUrl(path: string, params: Options['params'] = {}): string {
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

/**
 * The client of the public API. `fetch` is the one that SvelteKit hands to a load function or an action (in-process on the
 * server, over the network in the browser). Answers are the parsed body; refusals are thrown as {@link Problem}.
 */
export function api(fetch: typeof globalThis.fetch) {
  const call =
    (method: Method) =>
    async <T = any>(path: string, options: Options = {}): Promise<T> => {
      const { body, headers, signal } = options
      const response = await fetch(apiUrl(path, options.params), {
        method,
        headers: {
          accept: 'application/json',
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
      return parsed as T
    }
  return {
    get: call('GET'),
    post: call('POST'),
    put: call('PUT'),
    patch: call('PATCH'),
    delete: call('DELETE'),
  }
}

type Attempt<T> = { data: T; problem?: undefined } | { data?: undefined; problem: ProblemBody }

/** For form actions: a refusal comes back as a value, to be handed to `fail(problem.status, { problem, values })`. */
export async function attempt<T>(answer: Promise<T>): Promise<Attempt<T>> {
  try {
    return { data: await answer }
  } catch (caught) {
    if (caught instanceof Problem) return { problem: caught.toJSON() }
    throw caught
  }
}

/** For load functions: a refusal becomes the error page, and "who are you?" the way to the sign-in page and back. */
export async function orErrorPage<T>(answer: Promise<T>, url?: URL): Promise<T> {
  try {
    return await answer
  } catch (caught) {
    if (!(caught instanceof Problem)) throw caught
    if (caught.status === 401 && url) {
      const door = url.pathname.startsWith('/console') ? '/console/signin' : '/signin'
      redirect(303, `${door}?next=${encodeURIComponent(url.pathname + url.search)}`)
    }
    error(caught.status as 400, { message: caught.title, code: caught.code, detail: caught.detail })
  }
}

/** What was wrong with one field of a refused form, for `<Field error={fieldError(form?.problem, 'phone')}>`. */
export function fieldError(problem: ProblemBody | null | undefined, field: string): string | undefined {
  return problem?.fields?.find((item) => item.field === field)?.reason
}
