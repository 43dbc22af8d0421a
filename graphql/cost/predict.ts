/** How many requests to providers an operation will cost, from its text and variables alone. */
import {
	type DocumentNode,
	type FragmentDefinitionNode,
	GraphQLIncludeDirective,
	type GraphQLNamedType,
	type GraphQLSchema,
	GraphQLSkipDirective,
	Kind,
	type OperationDefinitionNode,
	type SelectionNode,
	type SelectionSetNode,
	getDirectiveValues,
	getNamedType,
	isCompositeType,
	isInterfaceType,
	isObjectType,
} from 'graphql';
import { getArgumentValues, getVariableValues } from 'graphql/execution/values';

import type { ProviderConnection } from '../providerConnections';
import { FIELD_COSTS } from './fieldCosts';

export interface Operation {
	readonly schema: GraphQLSchema;
	/** Valid for the schema. */
	readonly document: DocumentNode;
	readonly operation: OperationDefinitionNode;
	readonly variables: Readonly<Record<string, unknown>>;
	/** Those of the reader. */
	readonly connections: readonly ProviderConnection[];
}

/** What GraphQL's `Int` holds: pages of a size that will be refused are predicted all the same, and may cost any number. */
const MOST_REQUESTS = 2_147_483_647;

/** 0 for variables that do not fit: such an operation is refused before it costs anything. */
export function predictedRequests(asked: Operation): number {
	const { schema, operation } = asked;
	const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], asked.variables);
	const root = schema.getRootType(operation.operation);
	if (coerced === undefined || !root) return 0;
	const requests = new Prediction({ ...asked, variables: coerced }).ofSelections(operation.selectionSet, root, 1);
	return Math.min(requests, MOST_REQUESTS);
}

class Prediction {
	private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;

	constructor(private readonly asked: Operation) {
		this.fragments = new Map(
			asked.document.definitions.flatMap((node) =>
				node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node] as const] : [],
			),
		);
	}

	ofSelections({ selections }: SelectionSetNode, type: GraphQLNamedType, parents: number): number {
		return selections.reduce((sum, selection) => sum + this.ofSelection(selection, type, parents), 0);
	}

	private ofSelection(selection: SelectionNode, type: GraphQLNamedType, parents: number): number {
		if (this.isLeftOut(selection)) return 0;
		if (selection.kind === Kind.FIELD) return this.ofField(selection, type, parents);
		const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : this.fragments.get(selection.name.value);
		if (fragment === undefined) return 0;
		const name = fragment.typeCondition?.name.value;
		const narrowed = name === undefined ? type : this.asked.schema.getType(name);
		return narrowed === undefined ? 0 : this.ofSelections(fragment.selectionSet, narrowed, parents);
	}

	private ofField(node: Extract<SelectionNode, { kind: Kind.FIELD }>, type: GraphQLNamedType, parents: number): number {
		const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[node.name.value] : undefined;
		if (field === undefined) return 0;
		const { variables, connections } = this.asked;
		const cost = FIELD_COSTS[`${type.name}.${field.name}`];
		const { requests, children } =
			cost === undefined
				? { requests: 0, children: parents }
				: cost({ args: getArgumentValues(field, node, variables), parents, connections });
		const inner = getNamedType(field.type);
		if (node.selectionSet === undefined || !isCompositeType(inner)) return requests;
		return requests + this.ofSelections(node.selectionSet, inner, children);
	}

	private isLeftOut(selection: SelectionNode): boolean {
		const { variables } = this.asked;
		return (
			getDirectiveValues(GraphQLSkipDirective, selection, variables)?.['if'] === true ||
			getDirectiveValues(GraphQLIncludeDirective, selection, variables)?.['if'] === false
		);
	}
}
