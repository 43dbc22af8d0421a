/** The questions that are asked of every server. */
import type { SandboxBooks } from './sandbox';
import type { Question } from './load';

export interface Shape {
	readonly name: string;
	/** For the page. */
	readonly title: string;
	readonly query: string;
	readonly variables: (books: SandboxBooks) => Readonly<Record<string, unknown>>;
}

const BILL = 'id provider remoteId number state billDate dueDate total { amount currency }';
const WITH_EVERYTHING = `${BILL}
	billingAccount { id name }
	documents { name mediaType path }
	rates(first: 100) { totalCount nodes { id name type net { amount currency } } }`;

const none = (): Readonly<Record<string, unknown>> => ({});

export const FLAGSHIP: Shape = {
	name: 'flagship',
	title: '50 bills of four providers, each with its account, rates and documents',
	query: `query Flagship { bills(first: 50) { nodes { ${WITH_EVERYTHING} } } }`,
	variables: none,
};

export const ONE_BILL: Shape = {
	name: 'one',
	title: 'one bill by its id, with its account, rates and documents',
	query: `query One($id: ID!) { bill(id: $id) { ${WITH_EVERYTHING} } }`,
	variables: ({ oneId }) => ({ id: oneId }),
};

export const DEEP_PAGE: Shape = {
	name: 'deep',
	title: 'the 50 bills behind the first 60',
	query: `query Deep($after: String!) { bills(first: 50, after: $after) { nodes { ${BILL} } } }`,
	variables: ({ deepCursor }) => ({ after: deepCursor }),
};

export const NODES: Shape = {
	name: 'nodes',
	title: '100 bills of four providers by their ids',
	query: `query Nodes($ids: [ID!]!) { nodes(ids: $ids) { ... on Bill { ${BILL} } } }`,
	variables: ({ nodeIds }) => ({ ids: nodeIds }),
};

export const FLAT: Shape = {
	name: 'flat',
	title: '500 bills, nothing but themselves',
	query: `query Flat { bills(first: 500) { nodes { ${BILL} } } }`,
	variables: none,
};

export function graphqlQuestion({ name, query }: Shape, variables: Readonly<Record<string, unknown>>): Question {
	const operationName = name.charAt(0).toUpperCase() + name.slice(1);
	return { method: 'POST', path: '/graphql', body: JSON.stringify({ operationName, query, variables }) };
}

/** Of the endpoint without GraphQL: an address a shape. */
export function plainQuestion({ name }: Shape, variables: Readonly<Record<string, unknown>>): Question {
	return { method: 'POST', path: `/${name}`, body: JSON.stringify(variables) };
}
