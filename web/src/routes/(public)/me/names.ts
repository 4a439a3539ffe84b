/** `Nguyễn Thị L***`: enough to greet somebody on a screen that others see, too little to find them. */
export function maskName(name: string | null): string {
  const words = name?.split(' ') ?? []
  const last = words.pop()
  return last ? [...words, `${[...last][0]}***`].join(' ') : '***'
}
