/** How many requests to providers an operation will cost, from its text and variables alone. */
import {
	type DocumentNode,
	type FieldNode,
	type FragmentDefinitionNode,
	GraphQLIncludeDirective,
	type GraphQLField,
	type GraphQLNamedType,
	type GraphQLSchema,
	GraphQLSkipDirective,
	Kind,
	type OperationDefinitionNode,
	type SelectionNode,
	type SelectionSetNode,
	getDirectiveValues,
	getNamedType,
	isInterfaceType,
	isObjectType,
} from 'graphql';
import { getArgumentValues, getVariableValues } from 'graphql/execution/values';

import type { ProviderConnection } from '../providerConnections';
import { FIELD_COSTS, type FieldCost } from './fieldCosts';

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

/** Of documents that are asked again, which Apollo keeps parsed: those selections of a set that may cost anything. */
const costlySelections = new WeakMap<SelectionSetNode, readonly SelectionNode[]>();

class Prediction {
	private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;

	constructor(private readonly asked: Operation) {
		this.fragments = new Map(
			asked.document.definitions.flatMap((node) =>
				node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node] as const] : [],
			),
		);
	}

	ofSelections(set: SelectionSetNode, type: GraphQLNamedType, parents: number): number {
		return this.costlyIn(set, type).reduce((sum, selection) => sum + this.ofSelection(selection, type, parents), 0);
	}

	/** Most fields cost nothing, and nothing below them does. */
	private costlyIn(set: SelectionSetNode, type: GraphQLNamedType): readonly SelectionNode[] {
		const known = costlySelections.get(set);
		if (known !== undefined) return known;
		const costly = set.selections.filter((selection) => this.mayCost(selection, type));
		costlySelections.set(set, costly);
		return costly;
	}

	private mayCost(selection: SelectionNode, type: GraphQLNamedType): boolean {
		const below = this.below(selection, type);
		if (below !== null && this.costlyIn(below.set, below.type).length > 0) return true;
		return selection.kind === Kind.FIELD && FIELD_COSTS[`${type.name}.${selection.name.value}`] !== undefined;
	}

	private ofSelection(selection: SelectionNode, type: GraphQLNamedType, parents: number): number {
		if (this.isLeftOut(selection)) return 0;
		const { requests, children } =
			selection.kind === Kind.FIELD ? this.ofField(selection, type, parents) : { requests: 0, children: parents };
		const below = this.below(selection, type);
		return below === null ? requests : requests + this.ofSelections(below.set, below.type, children);
	}

	private ofField(node: FieldNode, type: GraphQLNamedType, parents: number): FieldCost {
		const field = fieldOf(type, node);
		const cost = FIELD_COSTS[`${type.name}.${node.name.value}`];
		if (field === undefined || cost === undefined) return { requests: 0, children: parents };
		const { variables, connections } = this.asked;
		return cost({ args: getArgumentValues(field, node, variables), parents, connections });
	}

	/** What is selected of what a selection gives, and of which type that is; null where nothing is. */
	private below(selection: SelectionNode, type: GraphQLNamedType): Below | null {
		if (selection.kind === Kind.FIELD) {
			const { selectionSet: set } = selection;
			const field = fieldOf(type, selection);
			return set === undefined || field === undefined ? null : { set, type: getNamedType(field.type) };
		}
		const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : this.fragments.get(selection.name.value);
		if (fragment === undefined) return null;
		const name = fragment.typeCondition?.name.value;
		const narrowed = name === undefined ? type : this.asked.schema.getType(name);
		return narrowed === undefined ? null : { set: fragment.selectionSet, type: narrowed };
	}

	private isLeftOut(selection: SelectionNode): boolean {
		const { variables } = this.asked;
		return (
			getDirectiveValues(GraphQLSkipDirective, selection, variables)?.['if'] === true ||
			getDirectiveValues(GraphQLIncludeDirective, selection, variables)?.['if'] === false
		);
	}
}

interface Below {
	readonly set: SelectionSetNode;
	readonly type: GraphQLNamedType;
}

function fieldOf(type: GraphQLNamedType, { name }: FieldNode): GraphQLField<unknown, unknown> | undefined {
	return isObjectType(type) || isInterfaceType(type) ? type.getFields()[name.value] : undefined;
}
