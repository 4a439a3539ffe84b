/** How a page's own fetch reaches the API without a trip over the network: the server that mounts us sets it on the request. */
type ApiCall = (
  request: Request,
  origin: { address: string; protocol: string; host: string },
) => Promise<Response>

declare global {
  namespace App {
    interface Error {
      message: string
      /** The stable code of the problem, such as `place.unknown`, when the API named one. */
      code?: string
      detail?: string | undefined
    }
  }
}

declare module 'http' {
  interface IncomingMessage {
    api?: ApiCall
  }
}

export {}
