// Holds answers of the API against its description, more strictly than the description itself: a member that is not described is a fault, too.
import Ajv from "ajv/dist/2020.js"
import addFormats from "ajv-formats"

const METHODS = ["get", "put", "post", "patch", "delete"]

/** Objects hold what is described and nothing else. */
function close(node) {
  if (Array.isArray(node)) return node.forEach(close)
  if (!node || typeof node !== "object") return
  if (node.properties && node.additionalProperties === undefined) node.additionalProperties = false
  Object.values(node).forEach(close)
}

export class Contract {
  /** How often each operation was seen with success, and each status at all. */
  succeeded = new Map()
  statuses = new Map()
  checked = 0
  #compiled = new Map()

  constructor(description) {
    this.description = structuredClone(description)
    this.faultKeys = new Set()
    close(this.description)
    this.ajv = new Ajv({ strict: false, allErrors: true, validateFormats: true })
    addFormats(this.ajv)
    this.ajv.addSchema(this.description, "torv")
    this.operations = Object.entries(this.description.paths).flatMap(([path, methods]) =>
      METHODS.filter((method) => methods[method]).map((method) => ({ method, path, operation: methods[method],
        parts: path.slice(1).split("/"), at: `#/paths/${path.replaceAll("~", "~0").replaceAll("/", "~1")}/${method}` })))
  }

  /** The operation of a request, literal paths before those with parameters; undefined when nothing describes it. */
  find(method, target) {
    const { pathname } = new URL(target, "http://any")
    const parts = pathname.replace(/^\/api\/v1\//, "").split("/")
    const fits = (each) => each.parts.length === parts.length && each.parts.every((part, n) => part.startsWith("{") || part === parts[n])
    const names = (each) => each.parts.filter((part) => part.startsWith("{")).length
    return this.operations.filter((each) => each.method === method.toLowerCase() && fits(each)).sort((a, b) => names(a) - names(b))[0]
  }

  #resolve(node, at) {
    while (node?.$ref) {
      at = node.$ref
      node = at.slice(2).split("/").reduce((inner, name) => inner[decodeURIComponent(name).replaceAll("~1", "/").replaceAll("~0", "~")], this.description)
    }
    return [node, at]
  }

  /** A schema, or the one among the components that it names. */
  resolved(schema) {
    return schema.$ref ? this.description.components.schemas[schema.$ref.split("/").at(-1)] : schema
  }

  /** What is wrong with `value` by the schema at a place of the description; empty when nothing is. */
  #faults(at, value) {
    if (!this.#compiled.has(at)) this.#compiled.set(at, this.ajv.compile({ $ref: `torv${encodeURI(at)}` }))
    const valid = this.#compiled.get(at)
    return valid(value) ? [] : valid.errors.map((e) => `${e.instancePath || "/"} ${e.message} ${JSON.stringify(e.params)}`)
  }

  /** Everything that is wrong with one answer, in words. `headers` have lower-case names; `sent` is the body of the request when it was JSON. */
  faults({ method, target, status, headers, body, sent }) {
    const found = this.find(method, target)
    if (!found) return status === 404 || status === 405 || method === "HEAD" ? [] : ["no operation describes it"]
    this.checked++
    const known = found.operation.responses
    const name = known[status] ? String(status) : `${String(status)[0]}XX`
    const [response, at] = this.#resolve(known[name], `${found.at}/responses/${name}`)
    if (!response) return [`status ${status} is not described`]
    this.#count(found.operation.operationId, status)
    return [...this.#headerFaults(response, at, headers), ...this.#bodyFaults(response, at, status, headers, body),
      ...(status < 300 ? this.#sentFaults(found, sent) : [])]
  }

  #count(operation, status) {
    if (status < 300) this.succeeded.set(operation, (this.succeeded.get(operation) ?? 0) + 1)
    this.statuses.set(status, (this.statuses.get(status) ?? 0) + 1)
  }

  #headerFaults(response, at, headers) {
    return Object.entries(response.headers ?? {}).flatMap(([name, node]) => {
      const [header, place] = this.#resolve(node, `${at}/headers/${name}`)
      const text = headers[name.toLowerCase()]
      if (text === undefined) return header.required ? [`header ${name} is missing`] : []
      const value = header.schema.type === "integer" ? Number(text) : text
      return this.#faults(`${place}/schema`, value).map((fault) => `header ${name}: ${fault}`)
    })
  }

  #bodyFaults(response, at, status, headers, body) {
    const type = (headers["content-type"] ?? "").split(";")[0]
    if (!response.content) return body ? [`a body that is not described: ${body.slice(0, 80)}`] : []
    if (!response.content[type]) return [`content type "${type}" is not described`]
    let value = body
    if (type !== "text/event-stream") try { value = JSON.parse(body) } catch { return ["the body is no JSON"] }
    const faults = this.#faults(`${at}/content/${type.replace("/", "~1")}/schema`, value)
    if (type === "application/problem+json") {
      if (value.status !== status) faults.push(`the problem says status ${value.status}`)
      if (value.type !== `urn:torv:fault:${value.key}`) faults.push(`the problem's type ${value.type} is not its key`)
      this.faultKeys.add(value.key)
    }
    return faults
  }

  /** What was taken must be what is described. */
  #sentFaults({ operation, at }, sent) {
    if (sent === undefined || !operation.requestBody?.content["application/json"]) return []
    return this.#faults(`${at}/requestBody/content/application~1json/schema`, sent).map((fault) => `took what is not described: ${fault}`)
  }

  /** Operations that were never called with success. */
  missing() {
    return this.operations.map(({ operation }) => operation.operationId).filter((id) => !this.succeeded.has(id))
  }
}
