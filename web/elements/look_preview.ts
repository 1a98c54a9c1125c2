const CHROMA_MAX = 0.19
const RADII: Record<string, string> = { square: "2px", soft: "10px", round: "16px" }

/** Dresses the page in the look that is being chosen, before it is saved. Sets the custom properties of /look.css, no others,
 *  so what one sees keeps the contrast it will have.
 *    <look-preview><form> … name="accent" (a colour), name="font", name="radius" … </form></look-preview> */
export class LookPreview extends HTMLElement {
  connectedCallback() {
    this.addEventListener("input", this.#changed)
  }

  disconnectedCallback() {
    this.removeEventListener("input", this.#changed)
    for (const name of ["hue", "chroma", "radius", "font"]) document.documentElement.style.removeProperty(`--look-${name}`)
  }

  #changed = (event: Event) => {
    const { name, value } = event.target as HTMLInputElement
    const set = (property: string, to: string) => document.documentElement.style.setProperty(`--look-${property}`, to)
    if (name === "accent") {
      const { chroma, hue } = polar(value)
      set("chroma", String(Math.min(chroma, CHROMA_MAX)))
      set("hue", String(hue))
    }
    if (name === "font") set("font", `var(--font-${value})`)
    if (name === "radius") set("radius", RADII[value] ?? "10px")
  }
}

/** Hue and chroma of "#rrggbb" in oklch. Source: Björn Ottosson, "A perceptual color space for image processing", 2020. */
function polar(hex: string) {
  const part = (from: number) => parseInt(hex.slice(from, from + 2), 16) / 255
  const linear = (x: number) => (x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4)
  const [r, g, b] = [linear(part(1)), linear(part(3)), linear(part(5))]
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
  const along = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s
  const across = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s
  return { chroma: Math.hypot(along, across), hue: ((Math.atan2(across, along) * 180) / Math.PI + 360) % 360 }
}
