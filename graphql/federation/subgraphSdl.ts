/** What makes the graph a subgraph of Apollo Federation 2, in SDL. */

/** Belongs to the subgraph's own SDL: its entities, and the types that other subgraphs may have too. */
export const SUBGRAPH_SDL = `
extend schema
	@link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])

extend type Bill @key(fields: "id")
extend type BillingAccount @key(fields: "id")
extend type Money @shareable
extend type PageInfo @shareable
`;

/** What a server must know to serve it; a router knows it already. Apollo Federation subgraph specification, v2.9. */
export const SUBGRAPH_MACHINERY = `
directive @link(url: String!, as: String, for: link__Purpose, import: [link__Import]) repeatable on SCHEMA
directive @key(fields: federation__FieldSet!, resolvable: Boolean = true) repeatable on OBJECT | INTERFACE
directive @shareable repeatable on OBJECT | FIELD_DEFINITION

scalar link__Import
scalar federation__FieldSet
enum link__Purpose {
	SECURITY
	EXECUTION
}

"An entity by its key: an object with \`__typename\` and \`id\`."
scalar _Any

"What other subgraphs may refer to."
union _Entity = Bill | BillingAccount

"This subgraph."
type _Service {
	"Its SDL."
	sdl: String!
}

extend type Query {
	"Entities by their keys, for a federation router; null in the place of each that cannot be had."
	_entities(representations: [_Any!]!): [_Entity]!
	"This subgraph, for a federation router."
	_service: _Service!
}
`;
