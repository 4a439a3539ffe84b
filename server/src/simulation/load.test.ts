import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { administer, inDatabase, startTestCluster, TEMPLATE } from '../../test/cluster.ts'
import { type Installation, openInstallation } from '../installation.ts'
import { peopleImport } from '../modules/people/index.ts'
import { placesImport } from '../modules/places/index.ts'
import { visitsImport } from '../modules/visits/index.ts'
import { readConfig } from '../platform/config.ts'
import { importCsv } from '../platform/csv-import.ts'
import { runSimulation } from './command.ts'

const cluster = process.env.TEST_CLUSTER_URL
  ? { url: process.env.TEST_CLUSTER_URL, stop: async () => {} }
  : await startTestCluster()
const folder = await mkdtemp(join(tmpdir(), 'lachan-simulation-'))
const opened: { name: string; installation: Installation }[] = []

after(async () => {
  for (const { name, installation } of opened) {
    await installation.stop()
    await administer(cluster.url, `drop database if exists ${name} with (force)`)
  }
  await cluster.stop()
  await rm(folder, { recursive: true })
})

async function openDatabase() {
  const name = `lachan_simulation_${randomBytes(6).toString('hex')}`
  await administer(cluster.url, `create database ${name} template ${TEMPLATE}`)
  const config = readConfig({
    DATABASE_URL: inDatabase(cluster.url, name),
    LACHAN_DATA: folder,
    LACHAN_KEY_FILE: join(folder, 'keys.json'),
    LACHAN_DEMO: 'off',
  })
  const installation = await openInstallation(config, () => {})
  opened.push({ name, installation })
  return installation
}

const terminal = {
  say: () => {},
  misused: ({ en }: { en: string }) => new Error(en),
  language: 'en' as const,
}
const options = { people: '300', days: '3', exits: '0.5', outbreak: '3', out: join(folder, 'loaded') }

test('what is loaded is what an import of the files makes', async () => {
  const loaded = await openDatabase()
  const written = await runSimulation(options, { ...terminal, installation: loaded })

  const files = join(folder, 'files')
  assert.deepEqual(await runSimulation({ ...options, out: files }, terminal), written)
  const imported = await openDatabase()
  const { sql, context } = imported
  const into = { sql, context, errors: undefined, language: 'en' as const, say: () => {} }
  await importCsv(peopleImport(), { ...into, input: join(files, 'people.csv') })
  await importCsv(placesImport(), { ...into, input: join(files, 'places.csv') })
  const counts = await importCsv(visitsImport({ createMissing: false }), {
    ...into,
    input: join(files, 'visits.csv'),
  })
  assert.deepEqual(counts, { read: written.visits, written: written.visits, repeated: 0, refused: 0 })

  const staysIn = ({ sql }: Installation) => sql`
    select person.ref as person, place.ref as place, arrived_at, left_at, length, source from (
      select place_id, person_id, arrived_at, left_at, length, source from visits
      union all select place_id, person_id, arrived_at, null, null, source from open_stays) as stay
    join people person on person.id = person_id join places place on place.id = place_id
    order by person.ref, arrived_at`
  assert.deepEqual([...(await staysIn(loaded))], [...(await staysIn(imported))])

  const truth = (path: string) => readFile(join(path, 'truth/infections.csv'), 'utf8')
  assert.equal(await truth(options.out), await truth(files))
  await assert.rejects(runSimulation(options, { ...terminal, installation: loaded }), /already/)
  await assert.rejects(
    runSimulation({ ...options, out: undefined }, { ...terminal, installation: loaded }),
    /--out needs/,
  )
})
