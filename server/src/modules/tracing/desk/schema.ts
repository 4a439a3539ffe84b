import Type from 'typebox'

export const Desk = Type.Object(
  {
    toCall: Type.Integer({ description: 'People to call today with whom nobody has spoken today.' }),
    ending: Type.Integer({
      description: 'People whose watch ends today, or should have ended and waits for something.',
    }),
    handOvers: Type.Object(
      { batches: Type.Integer(), people: Type.Integer(), late: Type.Integer({ description: 'Batches.' }) },
      { description: 'What was handed over to the units within reach and waits for a receipt.' },
    ),
    notices: Type.Integer({ description: 'Drafts that wait for a second officer.' }),
    warnings: Type.Integer({ description: 'Sendings that wait for a second officer.' }),
  },
  { title: 'Desk' },
)
export type Desk = Type.Static<typeof Desk>
