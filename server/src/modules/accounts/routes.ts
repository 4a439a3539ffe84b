import type { FastifyReply, FastifyRequest } from 'fastify'
import Type from 'typebox'
import { type App, SESSION_COOKIE } from '../../platform/http.ts'
import { Session, SignIn } from './schema.ts'
import { closeSession, signIn, throttleSignIn } from './service.ts'

/** The cookie for browsers: out of reach of scripts, not sent from other sites, and only over https when we have it. */
export const setSessionCookie = (
  reply: FastifyReply,
  request: FastifyRequest,
  session: { token: string; expiresAt: Date },
) =>
  reply.setCookie(SESSION_COOKIE, session.token, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: request.ctx.services.origin.startsWith('https:'),
    expires: session.expiresAt,
  })

export const routes = async (app: App) => {
  app.post(
    '/sessions',
    {
      config: {
        permission: null,
        scope: 'anyone',
        before: (ctx, request) => throttleSignIn(ctx, (request.body as SignIn).login),
      },
      schema: {
        operationId: 'signIn',
        tags: ['accounts'],
        summary: 'Staff sign in with a login and a password',
        body: SignIn,
        response: { 201: Session },
      },
    },
    async (request, reply) => {
      const session = await signIn(request.ctx, request.body)
      setSessionCookie(reply, request, session)
      reply.code(201)
      return session
    },
  )

  app.delete(
    '/sessions/current',
    {
      config: { permission: 'me.read', scope: 'own' },
      schema: {
        operationId: 'signOut',
        tags: ['accounts'],
        summary: 'End this session',
        response: { 204: Type.Null() },
      },
    },
    async ({ ctx }, reply) => {
      await closeSession(ctx)
      reply.clearCookie(SESSION_COOKIE, { path: '/' })
    },
  )
}
