import type { CodeDecision, CodeReason, Hint, ReadCode } from '@lachan/contract/codes.ts'
import { minimise, recognise, type Why } from '@lachan/contract/documents.ts'
import { formatTime } from '#lib/format.ts'
import type { Clock } from '#lib/offline/clock.ts'
import type { Direction } from '#lib/offline/outbox.ts'
import type { RevokedCodes } from '#lib/offline/revoked.ts'
import type { SeenCodes } from '#lib/offline/seen.ts'
import type { GateFacts } from '#lib/offline/told.ts'
import { m } from '#paraglide/messages.js'

export type Kind = 'phone' | 'server' | 'paper' | 'own' | 'cccd' | 'bhyt' | 'mic' | 'tel'

/** What a text is, as far as this device can tell. Only `code` of it leaves the device. */
export type Reading =
  | {
      is: 'person'
      kind: Kind
      code: string
      /** The same for the same person, whichever of their codes this one is. */
      who: string
      /** How the guard may call them meanwhile: never more than a masked name. */
      label: string
      birthYear: number | null
      decision: CodeDecision | null
      /** The gate has checked the signatures itself. */
      isProven: boolean
      /** A rotating code is known by this, wherever it is shown. */
      stepKey?: string
    }
  | { is: 'refused'; reason: string }
  | { is: 'place' }
  | { is: 'strange'; why: Why }

interface Gate {
  facts: GateFacts | undefined
  revoked: RevokedCodes
  seen: SeenCodes
  direction: Direction
  at: Date
  /** False: its clock leapt, and the server was not heard since. */
  knowsTime: boolean
  clock: Pick<Clock, 'contradict'>
}

const OF_TIME: readonly unknown[] = ['code.expired', 'code.notYetValid'] satisfies CodeReason[]

export async function read(text: string, gate: Gate): Promise<Reading> {
  const recognised = recognise(text)
  const code = minimise(recognised)
  if (recognised.kind === 'unknown') return { is: 'strange', why: recognised.why }
  if (recognised.kind === 'place' || code === null) return { is: 'place' }
  if (recognised.kind === 'own') return readOwn(code, gate)
  const isPhone = recognised.kind === 'phone'
  return {
    is: 'person',
    kind: isPhone ? 'tel' : recognised.kind,
    code,
    who: code,
    label: isPhone ? maskPhone(recognised.phone) : maskName(recognised.name),
    birthYear: isPhone ? null : recognised.birthYear,
    decision: null,
    isProven: false,
  }
}

async function readOwn(code: string, gate: Gate): Promise<Reading> {
  const { facts, seen, direction } = gate
  const unread = {
    is: 'person',
    kind: 'own',
    code,
    who: code,
    label: '',
    birthYear: null,
    decision: null,
  } as const
  // Before the server has once told its keys the gate cannot judge: the server will.
  if (!facts?.serverKeys?.length) return { ...unread, isProven: false }
  const found = await check(code, facts, gate)
  if (!found || found === 'code.keyUnknown') return { ...unread, isProven: false }
  if (typeof found === 'string') return { is: 'refused', reason: reasonWords[found]() }
  if (found.kind === 'paper')
    return { ...unread, kind: 'paper', who: found.cardId, label: m.gate_paper_card(), isProven: true }
  const stepKey = stepOf(found)
  const before = seen.find(stepKey, direction)
  if (before !== null)
    return { is: 'refused', reason: m.gate_code_replayed({ time: formatTime(new Date(before)) }) }
  const { hint, decision } = found
  const who = found.personId
  return { ...unread, kind: found.kind, who, ...called(hint), decision, isProven: true, stepKey }
}

/** Undefined where this gate cannot judge, as without https or without the time: then the server will. */
async function check(code: string, { serverKeys }: GateFacts, gate: Gate) {
  const { revoked, at, knowsTime, clock } = gate
  try {
    // Not before the first code of ours is held up: the camera has to show soon.
    const [{ readCode, readSaid }, { verify }] = await Promise.all([
      import('@lachan/contract/codes.ts'),
      import('#lib/offline/verify.ts'),
    ])
    const found = await readCode(code, {
      serverKeys: new Map(serverKeys.map(({ id, publicKey }) => [Number(id), fromBase64(publicKey)])),
      revoked,
      at,
      verify,
    })
    if (!OF_TIME.includes(found)) return found
    const said = readSaid(code)
    const isUnsure =
      !knowsTime || (said && clock.contradict(said.personId, at.getTime() - said.issuedAt.getTime()))
    return isUnsure ? undefined : found
  } catch {
    return undefined
  }
}

/** The same picture of a code, on whatever phone it is shown. */
const stepOf = (code: Extract<ReadCode, { issuedAt: Date }>) =>
  `${'deviceId' in code ? code.deviceId : code.personId} ${code.issuedAt.getTime()}`

/** As a code of ours calls its bearer. */
export const called = ({ initials, birthYear }: Hint) => ({
  label: [...initials].map((letter) => `${letter}.`).join(' '),
  birthYear,
})

const reasonWords: Record<CodeReason, () => string> = {
  'code.unknown': m.gate_code_unknown,
  'code.altered': m.gate_code_altered,
  'code.expired': m.gate_code_expired,
  'code.revoked': m.gate_code_revoked,
  'code.notYetValid': m.gate_code_not_yet,
  'code.keyUnknown': m.gate_code_unknown,
}

const fromBase64 = (text: string) =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (one) => one.charCodeAt(0))

/** As the server masks: enough for the guard to recognise a person who says their name. */
export function maskName(name: string | null): string {
  const words = name?.split(' ') ?? []
  const last = words.pop()
  return last ? [...words, `${[...last][0]}***`].join(' ') : ''
}

const maskPhone = (phone: string) => phone.replace(/^\+84/, '0').replace(/^(.{4}).*(..)$/, '$1***$2')

const kindWords: Record<Kind, () => string> = {
  phone: m.gate_kind_phone,
  server: m.gate_kind_phone,
  own: m.gate_kind_phone,
  paper: m.gate_paper_card,
  cccd: m.gate_kind_cccd,
  bhyt: m.gate_kind_bhyt,
  mic: m.gate_kind_mic,
  tel: m.gate_kind_tel,
}

/** The words of a kind that the store remembers. */
export const wordsOfKind = (kind: string): string => (kindWords[kind as Kind] ?? kindWords.own)()
