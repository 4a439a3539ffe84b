import type { Verify } from '@lachan/contract/codes.ts'

/** Browsers from about 2024 on know Ed25519 themselves; for the others it is loaded. */
export const ED25519 = { name: 'Ed25519' }

let native: Promise<boolean> | undefined

/** Whether this browser makes and checks Ed25519 signatures by itself. */
export function knowsEd25519(): Promise<boolean> {
  native ??= crypto.subtle.generateKey(ED25519, false, ['sign', 'verify']).then(
    () => true,
    () => false,
  )
  return native
}

/** What reading a code needs in a browser. Strict: a signature that another library would refuse is refused here. */
export const verify: Verify = async (publicKey, body, signature) => {
  // One that cannot be loaded is no answer about the code: it fails.
  const check = (await knowsEd25519()) ? verifyNative : await loadVerifier()
  try {
    return await check(publicKey, body, signature)
  } catch {
    // Bytes that are no key or no signature.
    return false
  }
}

const verifyNative: Verify = async (publicKey, body, signature) => {
  const key = await crypto.subtle.importKey('raw', bytes(publicKey), ED25519, false, ['verify'])
  return crypto.subtle.verify(ED25519, key, bytes(signature), bytes(body))
}

async function loadVerifier(): Promise<Verify> {
  const { verifyAsync } = await import('@noble/ed25519')
  return (publicKey, body, signature) => verifyAsync(signature, body, publicKey, { zip215: false })
}

/** Ours are never shared between threads, which is all that the browser's types want to know. */
export const bytes = (view: Uint8Array): Uint8Array<ArrayBuffer> => view as Uint8Array<ArrayBuffer>
