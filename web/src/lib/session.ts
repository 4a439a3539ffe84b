type SameSite = 'lax' | 'strict' | 'none'

export interface SetCookie {
  name: string
  value: string
  path: string
  httpOnly: boolean
  secure: boolean
  sameSite: SameSite
  maxAge?: number
  expires?: Date
}

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Reads one Set-Cookie line of the API, so that a form action can hand the cookie on to the browser. */
export function parseSetCookie(line: string): SetCookie {
  const [pair = '', ...attributes] = line.split(';').map((part) => part.trim())
  const at = pair.indexOf('=')
  const cookie: SetCookie = {
    name: pair.slice(0, at),
    value: decode(pair.slice(at + 1)),
    path: '/',
    httpOnly: false,
    secure: false,
    sameSite: 'lax',
  }
  for (const attribute of attributes) {
    const [key = '', value = ''] = attribute.split(/=(.*)/s)
    if (/^path$/i.test(key)) cookie.path = value || '/'
    else if (/^httponly$/i.test(key)) cookie.httpOnly = true
    else if (/^secure$/i.test(key)) cookie.secure = true
    else if (/^max-age$/i.test(key)) cookie.maxAge = Number(value)
    else if (/^expires$/i.test(key)) cookie.expires = new Date(value)
    else if (/^samesite$/i.test(key)) cookie.sameSite = value.toLowerCase() as SameSite
  }
  return cookie
}

/** A way back inside this site, or `otherwise`: never another host, never a protocol. */
export function safeNext(next: string | null | undefined, otherwise = '/'): string {
  if (!next?.startsWith('/') || /^\/[/\\]/.test(next) || /[\r\n\t\\]/.test(next)) return otherwise
  return next
}
