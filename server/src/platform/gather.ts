import { isAway, isTransaction, type Sql } from './database.ts'

type Waiting<In, Out> = { item: In; resolve: (out: Out) => void; reject: (error: unknown) => void }

type Options<In> = {
  /** How much one run takes at most, by the weight of its items. */
  most?: number
  weight?: (item: In) => number
  /** With so much waiting, a second run works while the first waits for the database. */
  crowd?: number
}

/**
 * Group commit, and look-ups that are asked together: `work` takes whatever has gathered while the runs before it
 * were busy, and answers for each in order. There is no timer, so that who comes alone does not wait. When a run
 * over several fails, each is tried alone, so that one spoils no other. One run at a time, unless a `crowd` waits: two
 * would each take half as much, and each item would cost more (decision 0008).
 */
function gather<In, Out>(
  work: (items: readonly In[]) => Promise<readonly Out[]>,
  { most = 1000, weight = () => 1, crowd = Number.POSITIVE_INFINITY }: Options<In> = {},
) {
  let waiting: Waiting<In, Out>[] = []
  let load = 0
  let runs = 0

  function take() {
    let sum = 0
    const end = waiting.findIndex(({ item }, at) => {
      sum += weight(item)
      return at > 0 && sum > most
    })
    const taken = end < 0 ? waiting : waiting.slice(0, end)
    waiting = end < 0 ? [] : waiting.slice(end)
    for (const { item } of taken) load -= weight(item)
    return taken
  }

  async function answer(taken: readonly Waiting<In, Out>[]) {
    try {
      const outs = await work(taken.map(({ item }) => item))
      for (const [at, { resolve }] of taken.entries()) resolve(outs[at]!)
    } catch (error) {
      if (taken.length === 1 || isAway(error)) for (const { reject } of taken) reject(error)
      else for (const one of taken) await answer([one])
    }
  }

  async function run() {
    runs++
    // Whoever asked in the same turn is taken too.
    await null
    while (waiting.length > 0 && (runs === 1 || load >= crowd)) await answer(take())
    runs--
  }

  return (item: In) =>
    new Promise<Out>((resolve, reject) => {
      waiting.push({ item, resolve, reject })
      load += weight(item)
      if (runs === 0 || (runs === 1 && load >= crowd)) run()
    })
}

/** The same for each database: `ask(sql, item)`. An open transaction has one connection and does one thing at a time. */
export function gatherEach<In, Out>(
  work: (sql: Sql, items: readonly In[]) => Promise<readonly Out[]>,
  options: Options<In> = {},
) {
  const of = perDatabase((sql) =>
    gather(
      (items: readonly In[]) => work(sql, items),
      isTransaction(sql) ? { ...options, crowd: Number.POSITIVE_INFINITY } : options,
    ),
  )
  return (sql: Sql, item: In) => of(sql)(item)
}

/** One of its kind for each database (or, in tests, each open transaction, which takes one thing at a time). */
export function perDatabase<T>(make: (sql: Sql) => T) {
  const made = new WeakMap<object, T>()
  return (sql: Sql): T => {
    const known = made.get(sql)
    if (known) return known
    const fresh = make(sql)
    made.set(sql, fresh)
    return fresh
  }
}
