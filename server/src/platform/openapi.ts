import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger'

type Node = Record<string, unknown>

/**
 * Shapes that carry a title become `components.schemas`, so that the contract names them once.
 * The same title with another shape would be two truths, and stops the start.
 */
function nameShapes(api: Node): Node {
  const schemas: Record<string, unknown> = {}
  const visit = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(visit)
    if (typeof node !== 'object' || node === null) return node
    const copy = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, visit(value)]))
    const { title, ...shape } = copy
    if (typeof title !== 'string' || !('type' in shape || 'anyOf' in shape)) return copy
    if (schemas[title] && JSON.stringify(schemas[title]) !== JSON.stringify(shape))
      throw new Error(`Two shapes are called ${title}`)
    schemas[title] = shape
    return { $ref: `#/components/schemas/${title}` }
  }
  const { info, components, ...rest } = api
  const named = visit(rest) as Node
  return { openapi: '3.1.0', info, ...named, components: { ...(components as Node), schemas } }
}

export const document: FastifyDynamicSwaggerOptions = {
  openapi: {
    openapi: '3.1.0',
    info: {
      title: 'La Chan',
      version: '1',
      description:
        'The one API of La Chan. `x-permission` names what the caller must be allowed to do, `x-scope` to what it applies. Errors are application/problem+json with a stable code.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer' },
        cookie: { type: 'apiKey', in: 'cookie', name: 'lachan_session' },
      },
    },
    security: [{ bearer: [] }, { cookie: [] }],
  },
  transformObject: (found) =>
    nameShapes(('openapiObject' in found ? found.openapiObject : {}) as Node) as never,
}
