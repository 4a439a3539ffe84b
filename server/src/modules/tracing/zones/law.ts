import { readdirSync, readFileSync } from 'node:fs'
import { Check, Errors } from 'typebox/value'
import type { Context } from '../../../platform/context.ts'
import { dayIn } from '../../../platform/days.ts'
import { type ZoneRules, ZoneRulesFile } from './schema.ts'

const FOLDER = new URL('../../../../../data/zones/', import.meta.url)

/** Every version, checked when the server starts. The newest first. */
const versions: readonly ZoneRules[] = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.json'))
  .map((file) => {
    const rules = JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8'))
    if (Check(ZoneRulesFile, rules) && `${rules.version}.json` === file) return rules
    const [fault] = Errors(ZoneRulesFile, rules)
    throw new Error(`data/zones/${file} is not as it should be: ${fault?.instancePath} ${fault?.message}`)
  })
  .sort((one, other) => other.version - one.version)

/** The rules by which a zone is drafted today. Before the first of them, that one: there is no other. */
export function rulesInForce(ctx: Context): ZoneRules {
  const today = dayIn(ctx.services.timeZone, ctx.now)
  return (
    versions.find(({ validFrom, validTo }) => validFrom <= today && (validTo === null || today < validTo)) ??
    versions.at(-1)!
  )
}

/** The version under which a zone was drafted. */
export function rulesOf(version: number): ZoneRules {
  const rules = versions.find((one) => one.version === version)
  if (!rules) throw new Error(`data/zones/${version}.json is gone, and zones rest on it`)
  return rules
}
