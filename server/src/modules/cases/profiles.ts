import { readdirSync, readFileSync } from 'node:fs'
import { Check, Errors } from 'typebox/value'
import type { Context } from '../../platform/context.ts'
import { dayIn } from '../../platform/days.ts'
import { findArea } from '../areas/index.ts'
import { caseProblem } from './problems.ts'
import { type DiseaseProfile, ProfileFile } from './schema.ts'

const FOLDER = new URL('../../../../data/diseases/', import.meta.url)

/** One file of data/diseases: `<id>/<version>.json`, whose name says what is in it. */
export function readProfile(id: string, file: string, text: string): DiseaseProfile {
  const profile = JSON.parse(text)
  const at = `data/diseases/${id}/${file}`
  if (!Check(ProfileFile, profile))
    throw new Error(
      `${at}: ${Errors(ProfileFile, profile)
        .map((fault) => `${fault.instancePath} ${fault.message}`)
        .join('; ')}`,
    )
  if (profile.id !== id || `${profile.version}.json` !== file)
    throw new Error(`${at} says that it is version ${profile.version} of ${profile.id}`)
  if (profile.validTo !== null && profile.validTo <= profile.validFrom)
    throw new Error(`${at} ends before it begins`)
  // No scan knows about masks: a trace goes by `minOverlapSeconds`.
  const rules = profile.contactRules
  if (rules && profile.minOverlapSeconds !== rules[`${rules.unknownMaskAs}Seconds`])
    throw new Error(`${at}: minOverlapSeconds is not what unknownMaskAs says`)
  return profile
}

/** Every version of every profile, checked when the server starts. The newest of a disease first. */
const profiles: readonly DiseaseProfile[] = readdirSync(FOLDER)
  .filter((id) => !id.includes('.'))
  .sort()
  .flatMap((id) =>
    readdirSync(new URL(`${id}/`, FOLDER))
      .filter((file) => file.endsWith('.json'))
      .map((file) => readProfile(id, file, readFileSync(new URL(`${id}/${file}`, FOLDER), 'utf8')))
      .sort((one, other) => other.version - one.version),
  )

const isInForce = ({ validFrom, validTo }: DiseaseProfile, day: string) =>
  validFrom <= day && (validTo === null || day < validTo)

/** What is in force on a day: of each disease and area the newest version. */
export function listProfiles(day: string): DiseaseProfile[] {
  const inForce = profiles.filter((profile) => isInForce(profile, day))
  return inForce.filter(
    ({ id, area }, at) => inForce.findIndex((other) => other.id === id && other.area === area) === at,
  )
}

/** Every version, also of what is no longer in force: records rest on them. */
export const listProfileVersions = () => profiles

/** The version under which something was recorded. It stays, whatever came later. */
export function getProfile(id: string, version: number): DiseaseProfile {
  const profile = profiles.find((one) => one.id === id && one.version === version)
  if (!profile) throw new Error(`data/diseases/${id}/${version}.json is gone, and records rest on it`)
  return profile
}

/** The profile in force on a day (today) where somebody lives: one made for a unit around them comes before the general one. */
export async function profileInForce(
  ctx: Context,
  diseaseId: string,
  areaId: number,
  day = dayIn(ctx.services.timeZone, ctx.now),
): Promise<DiseaseProfile> {
  const candidates = listProfiles(day).filter(({ id }) => id === diseaseId)
  for (const profile of candidates) {
    const area = profile.area === null ? undefined : await findArea(ctx.sql, profile.area, day)
    if (area && (await ctx.services.isWithin(ctx.sql, [area.id], areaId))) return profile
  }
  const general = candidates.find(({ area }) => area === null)
  if (!general) throw caseProblem.diseaseUnknown({ fields: [{ field: 'diseaseId', reason: 'unknown' }] })
  return general
}
