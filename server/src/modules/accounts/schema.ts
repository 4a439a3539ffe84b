import Type from 'typebox'
import { AreaRef, Id, Moment, orNull, Text } from '../../platform/shapes.ts'

export const SignIn = Type.Object({ login: Text(100), password: Text(200) }, { additionalProperties: false })
export type SignIn = Type.Static<typeof SignIn>

export const Account = Type.Object(
  {
    id: Id,
    login: Type.String(),
    name: Type.String(),
    roles: Type.Array(Type.Object({ role: Type.String(), area: AreaRef, sector: orNull(Type.String()) })),
  },
  { title: 'Account' },
)
export type Account = Type.Static<typeof Account>

export const Session = Type.Object(
  { token: Type.String(), expiresAt: Moment, account: Account },
  { title: 'Session' },
)
