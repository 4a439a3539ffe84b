import { expect } from '@playwright/test'

type Message = { to: string; text: string; at: string }

/** What the SMS twin brought to this phone, newest first. */
export async function readMessages(url: string, phone: string): Promise<Message[]> {
  const answer = await fetch(`${url}/api/v1/demo/outbox`)
  const { items } = (await answer.json()) as { items: Message[] }
  return items.filter(({ to }) => to.replace(/\D/g, '').endsWith(phone.slice(1)))
}

/** The code that came to this phone since then. */
export async function waitForCode(url: string, phone: string, since: number): Promise<string> {
  let code: string | undefined
  await expect(async () => {
    const messages = await readMessages(url, phone)
    code = messages.find(({ at }) => Date.parse(at) >= since)?.text.match(/\b\d{6}\b/)?.[0]
    expect(code, `a code for ${phone}`).toBeDefined()
  }).toPass({ timeout: 10_000, intervals: [100] })
  return code!
}
