// A person at a phone, whose time is counted: how long they would take, not how long the machine does.

/** Seconds. Typing: 36 words a minute (Palin et al., "How do people type on mobile devices?", 2019); the rest is generous. */
const PER_KEY = 60 / (36 * 5)
const PER_TAP = 1.5
const PER_SCREEN = 5

export class Hand {
  keys = 0
  taps = 0
  screens = 0

  constructor(page) {
    this.page = page
  }

  /** A screen that has to be read before one goes on. */
  look() {
    this.screens++
  }

  async open(url) {
    await this.page.goto(url)
    this.look()
  }

  async type(selector, words) {
    await this.page.fill(selector, words)
    this.taps++
    this.keys += words.length
  }

  async tap(target) {
    await (typeof target === "string" ? this.page.locator(target).first() : target).click()
    this.taps++
  }

  get seconds() {
    return Math.round(this.keys * PER_KEY + this.taps * PER_TAP + this.screens * PER_SCREEN)
  }
}
