/** What most peers do: a request, a row, a commit. A bare server with a pool, less than any real one does, beside ours. */
import { createServer } from 'node:http'
import { json } from 'node:stream/consumers'
import { connect } from '../server/src/platform/database.ts'

const POOL = 16

const sql = connect(process.env.DATABASE_URL!, POOL)
await sql`
  create table peer_scans (
    id uuid primary key, place_id integer not null, person_id integer not null, direction smallint not null,
    at timestamptz not null, received_at timestamptz not null)`

type Sent = { id: string; placeId: number; personId: number; direction: number; at: string }

const server = createServer(async (request, reply) => {
  const { id, placeId, personId, direction, at } = (await json(request)) as Sent
  await sql`
    insert into peer_scans (id, place_id, person_id, direction, at, received_at)
    values (${id}, ${placeId}, ${personId}, ${direction}, ${at}, now())`
  const answer = JSON.stringify({ accepted: 1 })
  reply.writeHead(200, { 'content-type': 'application/json', 'content-length': answer.length }).end(answer)
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  process.send?.(typeof address === 'object' ? address?.port : undefined)
})

process.once('SIGTERM', async () => {
  server.closeAllConnections()
  server.close()
  await sql.end({ timeout: 1 })
  process.exit(0)
})
