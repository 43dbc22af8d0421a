/** Limits on the text of a question, before anything is done for it: one rule beside those of the specification. */
import {
	type ASTVisitor,
	type DocumentNode,
	type FieldNode,
	type FragmentDefinitionNode,
	GraphQLError,
	Kind,
	type SelectionSetNode,
	type ValidationContext,
	type ValidationRule,
} from 'graphql';

import type { LimitsConfig } from './limitsConfig';

type DocumentLimits = Pick<LimitsConfig, 'depth' | 'aliases' | 'directives' | 'duplicates'>;

/** Each limit is told once, whatever goes beyond it. */
export function documentLimits(limits: DocumentLimits): ValidationRule {
	return (context): ASTVisitor => {
		const exceeded = reporter(context);
		let aliases = 0;
		let directives = 0;
		return {
			Field({ alias }) {
				if (alias !== undefined && ++aliases > limits.aliases) exceeded('aliases', limits.aliases);
			},
			Directive() {
				if (++directives > limits.directives) exceeded('directives', limits.directives);
			},
			SelectionSet({ selections }) {
				const times = mostFrequent(selections.filter((selection) => selection.kind === Kind.FIELD).map(keyOf));
				if (times > limits.duplicates) exceeded('repetitions of a field', limits.duplicates);
			},
			Document(document) {
				if (depthOf(document, limits.depth) > limits.depth) exceeded('levels of fields', limits.depth);
			},
		};
	};
}

function reporter(context: ValidationContext): (what: string, limit: number) => void {
	const told = new Set<string>();
	return (what, limit) => {
		if (told.has(what)) return;
		told.add(what);
		context.reportError(new GraphQLError(`The query has more than ${limit} ${what}`));
	};
}

function keyOf({ alias, name }: FieldNode): string {
	return (alias ?? name).value;
}

function mostFrequent(names: readonly string[]): number {
	const counts = new Map<string, number>();
	for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
	return Math.max(0, ...counts.values());
}

/**
 * The deepest field, fragments followed; each fragment is measured once. Introspection is left out: it asks no provider,
 * and the specification's own rule keeps it from going round in circles.
 */
function depthOf({ definitions }: DocumentNode, limit: number): number {
	const fragments = new Map(
		definitions.flatMap((node) => (node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node] as const] : [])),
	);
	const measured = new Map<FragmentDefinitionNode, number>();
	const ofFragment = (fragment: FragmentDefinitionNode): number => {
		const known = measured.get(fragment);
		if (known !== undefined) return known;
		// A fragment within itself ends here; another rule refuses it.
		measured.set(fragment, 0);
		const depth = ofSelections(fragment.selectionSet);
		measured.set(fragment, depth);
		return depth;
	};
	const ofSelections = (set: SelectionSetNode | undefined): number => {
		let deepest = 0;
		for (const selection of set?.selections ?? []) {
			if (deepest > limit) break;
			if (selection.kind === Kind.FIELD) {
				const isIntrospection = selection.name.value === '__schema' || selection.name.value === '__type';
				if (!isIntrospection) deepest = Math.max(deepest, 1 + ofSelections(selection.selectionSet));
			} else if (selection.kind === Kind.INLINE_FRAGMENT) {
				deepest = Math.max(deepest, ofSelections(selection.selectionSet));
			} else {
				const fragment = fragments.get(selection.name.value);
				if (fragment !== undefined) deepest = Math.max(deepest, ofFragment(fragment));
			}
		}
		return deepest;
	};
	return Math.max(
		0,
		...definitions.map((node) => (node.kind === Kind.OPERATION_DEFINITION ? ofSelections(node.selectionSet) : 0)),
	);
}
