import { m } from '#paraglide/messages.js'

/** What stands in place of the console until its script draws it: the frame of a desk, and a word. */
export const waiting = () => `<div class="waiting">
      <p class="name">Lá Chắn</p>
      <div class="rail"></div>
      <div class="sheet">
        <p class="word" role="status">${m.console_waiting()}</p>
        <noscript><p>${m.console_no_script()}</p></noscript>
        <div></div><div></div><div></div>
      </div>
    </div>`
