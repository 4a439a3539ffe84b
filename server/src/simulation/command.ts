import type { Installation } from '../installation.ts'
import type { Language, Words } from '../platform/problem.ts'
import { AlreadyLoaded, type Simulation, UnknownArea, type Written, writeFiles } from './index.ts'

type Options = Record<string, string | boolean | undefined>
type Terminal = {
  say: (line: string) => void
  misused: (words: Words) => Error
  language: Language
  /** The database to load, when that is asked for. */
  installation?: Installation | undefined
}

/** The default first day; a Monday, as weeks of shifts and schools begin on. */
const FIRST_DAY = '2026-01-05'
const KHANH_HOA = '56'

/** `lachan simulate`, once its words are read. */
export async function runSimulation(options: Options, terminal: Terminal): Promise<Written> {
  const { say, misused, installation, language } = terminal
  const simulation = readSimulation(options, misused)
  const folder = options.out as string | undefined
  if (folder === '' || (!folder && !(installation && simulation.outbreak === 0)))
    throw misused({ vi: '--out cần tên một thư mục.', en: '--out needs the name of a folder.' })
  try {
    if (!installation) return await writeFiles(simulation, folder!, say)
    const { loadProvince } = await import('./load.ts')
    return await loadProvince(simulation, installation, { say, language, truth: folder })
  } catch (error) {
    if (error instanceof AlreadyLoaded)
      throw misused({
        vi: 'Cơ sở dữ liệu này đã có một tỉnh tưởng tượng.',
        en: 'This database holds an imaginary province already.',
      })
    if (!(error instanceof UnknownArea)) throw error
    const { area } = simulation
    throw misused({
      vi: `Không có tỉnh hay xã nào hiện nay mang mã "${area}".`,
      en: `No province or commune of today has the code "${area}".`,
    })
  }
}

function readSimulation(options: Options, misused: Terminal['misused']): Simulation {
  const whole = (name: string, least: number, most: number, otherwise?: number) => {
    const text = options[name] as string | undefined
    const value = text === undefined ? otherwise : /^\d{1,10}$/.test(text) ? Number(text) : undefined
    if (value !== undefined && value >= least && value <= most) return value
    throw misused({
      vi: `--${name} cần một số nguyên từ ${least} đến ${most}.`,
      en: `--${name} needs a whole number from ${least} to ${most}.`,
    })
  }
  const { exits = '1', from = FIRST_DAY, area = KHANH_HOA } = options as Record<string, string>
  if (!/^(0|1|[01]\.\d{1,3})$/.test(exits) || Number(exits) > 1)
    throw misused({ vi: '--exits cần một số từ 0 đến 1.', en: '--exits needs a number from 0 to 1.' })
  const isDay = /^20\d\d-\d\d-\d\d$/.test(from) && new Date(`${from}T00:00Z`).toJSON()?.startsWith(from)
  if (!isDay)
    throw misused({
      vi: '--from cần một ngày, ví dụ 2026-01-05.',
      en: '--from needs a day, like 2026-01-05.',
    })
  return {
    people: whole('people', 1, 20_000_000),
    days: whole('days', 1, 366),
    seed: whole('seed', 0, 2 ** 31 - 1, 1),
    area,
    from,
    exits: Number(exits),
    outbreak: whole('outbreak', 0, 10_000, 0),
  }
}
