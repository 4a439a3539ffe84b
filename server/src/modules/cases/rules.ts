import { addDays, dayIn, startOfDay } from '../../platform/days.ts'
import type { Words } from '../../platform/problem.ts'
import type { Ventilation } from '../places/index.ts'
import { caseProblem } from './problems.ts'
import type { Anchor, DiseaseProfile } from './schema.ts'

export type CaseDates = { onsetOn: string | null; sampledOn: string | null; isolatedAt: Date | null }

type WindowRule = Pick<
  DiseaseProfile,
  | 'version'
  | 'name'
  | 'anchors'
  | 'onsetLabel'
  | 'windowDaysBefore'
  | 'windowEnd'
  | 'windowDaysAfter'
  | 'sources'
>

/** The first of the profile's anchors that is known of the case. */
export const findAnchor = (profile: Pick<DiseaseProfile, 'anchors'>, dates: Pick<CaseDates, Anchor>) =>
  profile.anchors.find((anchor) => dates[anchor] !== null)

const labels: Record<Anchor, (profile: Pick<DiseaseProfile, 'onsetLabel'>) => Words> = {
  onsetOn: ({ onsetLabel }) => ({ vi: onsetLabel.vi.toLowerCase(), en: onsetLabel.en.toLowerCase() }),
  sampledOn: () => ({ vi: 'ngày lấy mẫu', en: 'day of the sample' }),
}

const spokenDay = (day: string) => day.split('-').reverse().join('/')

function spokenMoment(at: Date, timeZone: string) {
  const time = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(at)
  return `${time} ${spokenDay(dayIn(timeZone, at))}`
}

/**
 * When a case could infect others: whole days of the site's zone, as a half-open interval of moments, and why.
 * A case that is isolated stops there when the profile says so; one that was isolated before could infect nobody.
 */
export function window(
  profile: WindowRule,
  dates: CaseDates,
  timeZone: string,
): { from: Date; to: Date; reason: Words } {
  const anchor = findAnchor(profile, dates)
  if (!anchor) throw caseProblem.anchorMissing()
  const day = dates[anchor]!
  const { windowDaysBefore: before, windowDaysAfter: after } = profile
  const from = startOfDay(timeZone, addDays(day, -before))
  const lastDay = addDays(day, after)
  const end = startOfDay(timeZone, addDays(lastDay, 1))
  const { isolatedAt } = dates
  const isolated =
    profile.windowEnd === 'untilIsolated' && isolatedAt !== null && isolatedAt < end ? isolatedAt : null
  const to = isolated ? new Date(Math.max(from.getTime(), isolated.getTime())) : end

  const label = labels[anchor](profile)
  const until: Words = isolated
    ? {
        vi: `đến khi cách ly lúc ${spokenMoment(isolated, timeZone)}`,
        en: `to isolation at ${spokenMoment(isolated, timeZone)}`,
      }
    : {
        vi: `đến hết ngày ${spokenDay(lastDay)} (${after} ngày sau${profile.windowEnd === 'untilIsolated' ? ', khi chưa cách ly' : ''})`,
        en: `to the end of ${spokenDay(lastDay)} (${after} days after${profile.windowEnd === 'untilIsolated' ? ', without isolation' : ''})`,
      }
  const source = profile.sources[0]!
  return {
    from,
    to,
    reason: {
      vi: `Từ ${before} ngày trước ${label.vi} ${spokenDay(day)}, ${until.vi}. Hồ sơ ${profile.name.vi}, bản ${profile.version}. Nguồn: ${source}`,
      en: `From ${before} days before the ${label.en}, ${spokenDay(day)}, ${until.en}. Profile ${profile.name.en}, version ${profile.version}. Source: ${source}`,
    },
  }
}

/** Until when a case stays at home: as long as it could infect others, isolated or not. */
export const stayHomeUntil = (profile: WindowRule, dates: CaseDates, timeZone: string) =>
  window(profile, { ...dates, isolatedAt: null }, timeZone).to

const YEAR_DAYS = 365

/** A day of illness is not in the future, not more than a year ago and not before birth. */
export function assertLikelyDays(
  days: Readonly<Record<string, string | null | undefined>>,
  { today, born }: { today: string; born: string | null },
) {
  const earliest = [addDays(today, -YEAR_DAYS), born ?? ''].sort().at(-1)!
  const wrong = Object.entries(days).filter(([, day]) => day && (day > today || day < earliest))
  if (wrong.length > 0)
    throw caseProblem.dayUnlikely({
      fields: wrong.map(([field]) => ({ field, reason: `${earliest} – ${today}` })),
    })
}

/** Nobody is a contact of a case that turned out to be none, nor warned of it. */
export function assertStands({ classification }: { classification: string }) {
  if (classification === 'discarded') throw caseProblem.discarded()
}

// — who is a contact

export type ContactRule = {
  /** Whether being at the same place at the same time can make a contact at all. */
  sameSpaceCounts: boolean
  minOverlapSeconds: number
  airingSeconds: number
  /** Which of the two rules of masks it is. */
  maskedAs: 'masked' | 'unmasked'
  reason: Words
}

type Air = { ventilation: Ventilation }

/**
 * The rule for one kind of place. `masked`: both wore masks; null: nobody knows, which counts as the profile says.
 * A profile without rules by place has one rule for all, as its file says.
 */
export function ruleFor(
  profile: Pick<DiseaseProfile, 'version' | 'name' | 'minOverlapSeconds' | 'airingSeconds' | 'contactRules'>,
  { ventilation }: Air,
  masked: boolean | null,
): ContactRule {
  const { contactRules: rules } = profile
  const of = {
    vi: `Hồ sơ ${profile.name.vi}, bản ${profile.version}.`,
    en: `Profile ${profile.name.en}, version ${profile.version}.`,
  }
  if (!rules) {
    const { minOverlapSeconds, airingSeconds } = profile
    const reason = {
      vi: `Ở cùng nơi ${spokenSeconds(minOverlapSeconds).vi}, mọi nơi như nhau. ${of.vi}`,
      en: `At the same place ${spokenSeconds(minOverlapSeconds).en}, everywhere alike. ${of.en}`,
    }
    return { sameSpaceCounts: true, minOverlapSeconds, airingSeconds, maskedAs: 'masked', reason }
  }
  const maskedAs = masked === null ? rules.unknownMaskAs : masked ? 'masked' : 'unmasked'
  const minOverlapSeconds = maskedAs === 'masked' ? rules.maskedSeconds : rules.unmaskedSeconds
  const sameSpaceCounts = !rules.closedSpaceOnly || ventilation !== 'open'
  const mask = (masked === null ? unknownMasks : masks)[maskedAs]
  const reason = sameSpaceCounts
    ? {
        vi: `Cùng không gian kín ${spokenSeconds(minOverlapSeconds).vi}, ${mask.vi}. ${of.vi}`,
        en: `The same closed space ${spokenSeconds(minOverlapSeconds).en}, ${mask.en}. ${of.en}`,
      }
    : {
        vi: `Nơi ngoài trời: chỉ người ở gần mới là tiếp xúc, ở cùng nơi thì không. ${of.vi}`,
        en: `In the open: only who was near is a contact, not who was at the same place. ${of.en}`,
      }
  const airingSeconds = rules.airingSeconds[ventilation]
  return { sameSpaceCounts, minOverlapSeconds, airingSeconds, maskedAs, reason }
}

const masks = {
  masked: { vi: 'có khẩu trang', en: 'masked' },
  unmasked: { vi: 'không khẩu trang', en: 'unmasked' },
} as const

const unknownMasks = {
  masked: { vi: 'không rõ khẩu trang, tính như có', en: 'masks not known, counted as worn' },
  unmasked: { vi: 'không rõ khẩu trang, tính như không', en: 'masks not known, counted as not worn' },
} as const

const spokenSeconds = (seconds: number): Words =>
  seconds === 0
    ? { vi: 'bất kể bao lâu', en: 'for any time' }
    : { vi: `từ ${Math.round(seconds / 60)} phút`, en: `for ${Math.round(seconds / 60)} minutes or more` }

/** `22366-2026-0001`: the unit of residence, the year, and a running number that grows past four digits. */
export const caseNumber = (areaCode: string, year: number, running: number) =>
  `${areaCode}-${year}-${String(running).padStart(4, '0')}`
