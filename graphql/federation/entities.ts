/** `_entities`: what other subgraphs refer to, through the same loaders as everything else. */
import { GraphQLError, GraphQLScalarType, Kind, valueFromASTUntyped } from 'graphql';

import type { GraphContext } from '../context';
import { badUserInput } from '../errors';
import { decodeIdOf } from '../globalId';
import { type GraphNode, loadAccount, loadBill, typeOfNode } from '../resolvers/node';

interface Representation {
	readonly __typename: string;
	readonly id?: unknown;
}

/** @param sdl the subgraph's own */
export function subgraphResolvers(sdl: string) {
	return {
		_Any: representationScalar,
		_Entity: { __resolveType: typeOfNode },
		Query: {
			_service: () => ({ sdl }),
			_entities: (
				_root: unknown,
				{ representations }: { representations: readonly Representation[] },
				context: GraphContext,
			) => representations.map((representation) => loadEntity(representation, context)),
		},
	};
}

async function loadEntity({ __typename, id }: Representation, context: GraphContext): Promise<GraphNode> {
	const text = typeof id === 'string' ? id : '';
	switch (__typename) {
		case 'Bill':
			return loadBill(decodeIdOf('Bill', text, 'representations'), context);
		case 'BillingAccount':
			return loadAccount(decodeIdOf('BillingAccount', text, 'representations'), context);
		default:
			throw badUserInput('representations', `names ${__typename}, which is no entity of this subgraph`);
	}
}

const representationScalar = new GraphQLScalarType<Representation, never>({
	name: '_Any',
	parseValue: representation,
	parseLiteral: (node, variables) =>
		representation(node.kind === Kind.OBJECT ? valueFromASTUntyped(node, variables) : null),
});

function representation(value: unknown): Representation {
	if (typeof value === 'object' && value !== null && '__typename' in value && typeof value.__typename === 'string') {
		return { ...value, __typename: value.__typename };
	}
	throw new GraphQLError('A representation must be an object with __typename');
}
