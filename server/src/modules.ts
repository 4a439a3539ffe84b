import * as accounts from './modules/accounts/index.ts'
import * as areas from './modules/areas/index.ts'
import * as cases from './modules/cases/index.ts'
import * as declarations from './modules/declarations/index.ts'
import * as demo from './modules/demo/index.ts'
import * as people from './modules/people/index.ts'
import * as places from './modules/places/index.ts'
import * as privacy from './modules/privacy/index.ts'
import * as rollout from './modules/rollout/index.ts'
import * as tracing from './modules/tracing/index.ts'
import * as visits from './modules/visits/index.ts'
import { CLEAN, type Clean, cleanPlatform } from './platform/clean.ts'
import type { Routes } from './platform/http.ts'
import type { Jobs } from './platform/jobs.ts'

type Module = {
  routes: Routes
  jobs?: Jobs
  listeners?: Record<string, readonly string[]>
  /** Jobs that run every few minutes, when: what was missed is not made up for. */
  often?: Readonly<Record<string, string>>
  /** Deletes what the module has no more use for, once a night. */
  clean?: Clean
}

/**
 * The architecture on one screen: a module may use those above it, by their front door (index.ts).
 * One below hears of what happened above by listening for the action that was recorded.
 */
export const modules: Record<string, Module> = {
  areas,
  accounts,
  people,
  places,
  declarations,
  visits,
  cases,
  tracing,
  rollout,
  privacy,
  demo,
}

export const routes = Object.values(modules).map((module) => module.routes)

const cleaners = [cleanPlatform, ...Object.values(modules).flatMap(({ clean }) => clean ?? [])]
const cleanAll: Clean = async (ctx) => {
  for (const clean of cleaners) await clean(ctx)
}

export const jobs: Jobs = Object.assign(
  { [CLEAN]: cleanAll },
  ...Object.values(modules).map((module) => module.jobs ?? {}),
)

export const often: Record<string, string> = Object.assign(
  {},
  ...Object.values(modules).map((module) => module.often ?? {}),
)

export const listeners: Record<string, string[]> = {}
for (const module of Object.values(modules))
  for (const [action, names] of Object.entries(module.listeners ?? {}))
    listeners[action] = [...(listeners[action] ?? []), ...names]
