import { expect, type Page } from '@playwright/test'
import { waitForCode } from './outbox.ts'

export interface Details {
  name: string
  birthYear: string
  sex: 'Nam' | 'Nữ'
  /** As somebody types it: without diacritics. */
  communeTyped: string
  commune: string
  address: string
}

/** On the page that asks for a phone: types it, waits for the message, types the code. */
export async function signIn(page: Page, phone: string) {
  await page.getByLabel('Số điện thoại').fill(phone)
  const since = Date.now()
  await page.getByRole('button', { name: 'Gửi mã cho tôi' }).click()
  await page.getByLabel('Mã trong tin nhắn').fill(await waitForCode(new URL(page.url()).origin, phone, since))
  await page.getByRole('button', { name: 'Xác nhận' }).click()
}

/** Finds a commune by what is typed, and takes it from the list. */
export async function chooseCommune(page: Page, label: string, typed: string, commune: string) {
  const box = page.getByRole('combobox', { name: label })
  await box.fill(typed)
  await page.getByRole('option', { name: commune }).click()
  await expect(box).toHaveValue(commune)
}

/** On the page that asks who one is. */
export async function giveDetails(page: Page, details: Details) {
  await chooseCommune(page, 'Xã, phường nơi ở', details.communeTyped, details.commune)
  await page.getByLabel('Họ và tên').fill(details.name)
  await page.getByLabel('Năm sinh').fill(details.birthYear)
  await page.getByRole('radio', { name: details.sex, exact: true }).check()
  await page.getByLabel('Địa chỉ').fill(details.address)
}

/** The same where no script runs: the server looks for the commune. */
export async function giveDetailsWithoutScript(page: Page, details: Details) {
  await page.getByLabel('Họ và tên').fill(details.name)
  await page.getByLabel('Năm sinh').fill(details.birthYear)
  await page.getByRole('radio', { name: details.sex, exact: true }).check()
  await page.getByLabel('Địa chỉ').fill(details.address)
  await page.getByRole('textbox', { name: 'Xã, phường nơi ở' }).fill(details.communeTyped)
  await page.getByRole('button', { name: 'Tìm' }).click()
  await page.getByRole('radio', { name: details.commune }).check()
}

/** Answers every question of the declaration with no, one screen after the other, up to the summary. */
export async function answerNo(page: Page, onQuestion: (number: number) => Promise<void> = async () => {}) {
  for (let number = 1; ; number++) {
    const count = page.getByText(new RegExp(`^Câu ${number} trên \\d+$`))
    await expect(count).toBeVisible()
    await onQuestion(number)
    await page.getByRole('radio', { name: 'Không', exact: true }).check()
    const isLast = /(\d+) trên \1/.test((await count.textContent()) ?? '')
    await page.getByRole('button', { name: 'Tiếp tục' }).click()
    if (isLast) return
  }
}
