/** What we use of libsodium. */
declare module 'sodium-native' {
  /** Ed25519; throws where key or signature have another length than 32 and 64 bytes. */
  export function crypto_sign_verify_detached(
    signature: Uint8Array,
    message: Uint8Array,
    publicKey: Uint8Array,
  ): boolean
}
