import Type from 'typebox'

const waiting = {
  batches: Type.Integer(),
  people: Type.Integer(),
  late: Type.Integer({ description: 'Batches.' }),
}
const drafts = {
  toRelease: Type.Integer({ description: 'Wait for the reader: somebody else asks for a second officer.' }),
  own: Type.Integer({ description: "The reader's own, which wait for somebody else." }),
}

export const Desk = Type.Object(
  {
    toCall: Type.Integer({ description: 'People to call today with whom nobody has spoken today.' }),
    ending: Type.Integer({
      description: 'People whose watch ends today, or should have ended and waits for something.',
    }),
    handOvers: Type.Object(waiting, {
      description: 'What was handed over to the units within reach and waits for a receipt.',
    }),
    handedOn: Type.Object(waiting, {
      description: 'What the units within reach sent and others have not received yet.',
    }),
    notices: Type.Object({
      ...drafts,
      toWithdraw: Type.Integer({ description: 'Published, with a line that rests on nothing any more.' }),
    }),
    warnings: Type.Object(drafts),
  },
  { title: 'Desk' },
)
export type Desk = Type.Static<typeof Desk>
