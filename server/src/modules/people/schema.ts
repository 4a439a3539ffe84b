import Type from 'typebox'
import {
  AreaCode,
  AreaRef,
  Day,
  Id,
  Moment,
  MomentIn,
  oneOf,
  orNull,
  Page,
  PageQuery,
  Phone,
  Text,
} from '../../platform/shapes.ts'
import { Account } from '../accounts/index.ts'

/** `claimed`: somebody typed the number, nobody confirmed it; `contested`: and a card leads to somebody else by it. */
const DocumentStanding = orNull(oneOf(['confirmed', 'claimed', 'contested']))
const Sex = oneOf(['male', 'female', 'other'])

export const Person = Type.Object(
  {
    id: Id,
    name: orNull(Type.String()),
    birthYear: orNull(Type.Integer()),
    sex: orNull(Sex),
    phone: orNull(Type.String()),
    documentNumber: orNull(Type.String()),
    // For officials: whoever types a number is not told whether it is known.
    documentStanding: Type.Optional(DocumentStanding),
    healthInsuranceNumber: orNull(Type.String()),
    nationality: orNull(Type.String()),
    area: orNull(AreaRef),
    areaCode: orNull(Type.String()),
    address: orNull(Type.String()),
    isHolder: Type.Boolean({ description: 'The first person on this phone.' }),
    complete: Type.Boolean({ description: 'Name, birth year and residence are known.' }),
  },
  { title: 'Person' },
)
export type Person = Type.Static<typeof Person>

export const MaskedPerson = Type.Object(
  {
    id: Id,
    maskedName: Type.String(),
    birthYear: orNull(Type.Integer()),
    maskedPhone: orNull(Type.String()),
  },
  { title: 'MaskedPerson' },
)
export type MaskedPerson = Type.Static<typeof MaskedPerson>

const details = {
  name: Text(255),
  birthYear: Type.Integer({ description: '1900 to now.' }),
  birthOn: Day,
  sex: Sex,
  areaCode: AreaCode,
  address: Text(500),
  phone: Phone,
  documentNumber: Type.String({ pattern: '^[A-Za-z0-9]{4,20}$' }),
  healthInsuranceNumber: Type.String({ pattern: '^[A-Za-z0-9]{8,17}$' }),
  nationality: Type.String({ pattern: '^[A-Z]{2}$', description: 'ISO 3166-1, e.g. VN.' }),
}

export const NewPerson = Type.Object(
  {
    name: details.name,
    ...Type.Partial(Type.Omit(Type.Object(details), ['name'])).properties,
    relation: Type.Optional(oneOf(['self', 'child', 'parent', 'other'])),
  },
  { additionalProperties: false },
)
export type NewPerson = Type.Static<typeof NewPerson>

export const PersonChange = Type.Partial(Type.Omit(Type.Object(details), ['phone']), {
  additionalProperties: false,
})
export type PersonChange = Type.Static<typeof PersonChange>

export const Me = Type.Object(
  {
    kind: oneOf(['nobody', 'citizen', 'account', 'key']),
    permissions: Type.Array(Type.String()),
    account: orNull(Account),
    person: orNull(Person),
  },
  { title: 'Me' },
)

export const PhoneCodeRequest = Type.Object({ phone: Phone }, { additionalProperties: false })
export type PhoneCodeRequest = Type.Static<typeof PhoneCodeRequest>
export const PhoneChallenge = Type.Object(
  { challengeId: Id, expiresAt: Moment, resendAfterSeconds: Type.Integer() },
  { title: 'PhoneChallenge' },
)
export const PhoneCode = Type.Object(
  { challengeId: Id, code: Type.String({ pattern: '^[0-9]{6}$' }) },
  { additionalProperties: false },
)
export type PhoneCode = Type.Static<typeof PhoneCode>
export const PhoneSession = Type.Object(
  { token: Type.String(), expiresAt: Moment, person: Person },
  { title: 'PhoneSession' },
)

export const Reason = oneOf(['case', 'followUp', 'audit'])
export const PersonSearch = Type.Object(
  {
    phone: Type.Optional(Phone),
    documentNumber: Type.Optional(Text(20)),
    name: Type.Optional(Text(255)),
    reason: Reason,
    caseId: Type.Optional(Id),
    ...PageQuery,
  },
  { additionalProperties: false },
)
export type PersonSearch = Type.Static<typeof PersonSearch>
const FoundPerson = Type.Object(
  { ...MaskedPerson.properties, documentStanding: DocumentStanding, area: orNull(AreaRef) },
  { title: 'FoundPerson' },
)
export const FoundPeople = Page(FoundPerson)

export const Card = Type.Object({ text: Type.String(), expiresAt: Moment }, { title: 'Card' })

export const ShortId = Type.String({ pattern: '^[0-9a-f]{16}$', description: 'Of a phone or a paper card.' })

export const NewDevice = Type.Object(
  {
    publicKey: Type.String({
      pattern: '^[A-Za-z0-9+/]{43}=$',
      description: 'Ed25519, 32 bytes in base64. The other half never leaves the phone.',
    }),
    personIds: Type.Optional(
      Type.Array(Id, { maxItems: 100, description: 'Of my people; none named: all of them.' }),
    ),
    name: Type.Optional(Text(60)),
  },
  { additionalProperties: false },
)
export type NewDevice = Type.Static<typeof NewDevice>

export const DeviceCodes = Type.Object(
  {
    id: ShortId,
    certificates: Type.Array(
      Type.Object({
        personId: Id,
        certificate: Type.String({ description: 'Base64; contract/codes.ts reads it.' }),
        expiresAt: Moment,
      }),
    ),
    serverTime: Moment,
  },
  { title: 'DeviceCodes' },
)
export type DeviceCodes = Type.Static<typeof DeviceCodes>

export const Device = Type.Object(
  {
    id: ShortId,
    name: orNull(Type.String()),
    createdAt: Moment,
    renewedAt: Moment,
    current: Type.Boolean({ description: 'The phone that is asking.' }),
  },
  { title: 'Device' },
)
export type Device = Type.Static<typeof Device>

export const PaperCard = Type.Object(
  {
    id: ShortId,
    personId: Id,
    text: Type.String({ description: 'For a QR code; it names nobody.' }),
    issuedAt: Moment,
  },
  { title: 'PaperCard' },
)
export type PaperCard = Type.Static<typeof PaperCard>

export const CardSheet = Type.Object(
  {
    areaCode: Type.Optional(AreaCode),
    personIds: Type.Optional(Type.Array(Id, { minItems: 1, maxItems: 500 })),
    listName: Type.Optional(
      Type.Unsafe<string>({
        ...Text(120),
        description: 'What the named people are called together: by it they can be printed again.',
      }),
    ),
    listId: Type.Optional(
      Type.Unsafe<string>({
        ...Id,
        description: 'New cards for everybody of this list who has one in use; the old ones are revoked.',
      }),
    ),
    withPhones: Type.Optional(
      Type.Boolean({
        description: 'Of a unit also those who hold a phone; else only who has none of their own.',
      }),
    ),
    issuedAt: Type.Optional(
      Type.Unsafe<string>({
        ...MomentIn,
        description: 'Prints the cards of the unit that were made at that moment again, as they are.',
      }),
    ),
    renewed: Type.Optional(
      Type.Boolean({ description: 'With `issuedAt`: new cards instead, and those are revoked.' }),
    ),
  },
  { additionalProperties: false },
)
export type CardSheet = Type.Static<typeof CardSheet>

export const PrintedSheet = Type.Object(
  { issuedAt: Moment, cards: Type.Integer({ description: 'Of them, those that are still in use.' }) },
  { title: 'PrintedSheet' },
)

export const CardList = Type.Object(
  {
    id: Id,
    name: Type.String(),
    issuedAt: Moment,
    cards: Type.Integer({ description: 'Those that are still in use.' }),
  },
  { title: 'CardList' },
)

export const RevokedCodes = Type.Object(
  {
    codes: Type.Array(Type.Object({ id: ShortId, until: Type.Optional(Moment) }), {
      description:
        'Phones and paper cards that are no longer good. After `until` that phone makes no codes anyway.',
    }),
    version: Type.String({ description: 'To be sent as `since` the next time.' }),
    more: Type.Boolean({ description: 'Whether there are more after these: ask again at once.' }),
  },
  { title: 'RevokedCodes' },
)
export type RevokedCodes = Type.Static<typeof RevokedCodes>
