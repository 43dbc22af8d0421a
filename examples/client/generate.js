// Writes `generated/operations.ts`: the sample queries, and the types of what each takes and gives, from the schema alone.
const {
	Kind,
	getNamedType,
	getNullableType,
	isAbstractType,
	isEnumType,
	isInputObjectType,
	isLeafType,
	isListType,
	isNonNullType,
	isRequiredInputField,
	parse,
	print,
	typeFromAST,
	validate,
} = require('graphql');

/** Everything else is text on the wire: amounts must not become floating point numbers. */
const SCALARS = { Int: 'number', Float: 'number', Boolean: 'boolean', JSONObject: 'Readonly<Record<string, unknown>>' };

/**
 * @param {import('graphql').GraphQLSchema} schema
 * @param {readonly string[]} texts one operation each
 * @returns {string} TypeScript
 */
function operationTypes(schema, texts) {
	const operations = texts.map((text) => new Operation(schema, parse(text))).sort((a, b) => (a.name < b.name ? -1 : 1));
	return [
		'// Generated from graphql/schema and examples/queries by `gulp clientTypes`.',
		'',
		'/** What each operation takes and gives. */',
		'export interface Operations {',
		...operations.map((operation) => indent(operation.types())),
		'}',
		'',
		'/** The operations as they are sent. */',
		'export const TEXTS: Readonly<Record<keyof Operations, string>> = {',
		...operations.map(({ name, text }) => indent(`${name}: \`${text}\`,`, '')),
		'};',
		'',
	].join('\n');
}

class Operation {
	constructor(schema, document) {
		const [mistake] = validate(schema, document);
		if (mistake !== undefined) throw mistake;
		this.schema = schema;
		this.text = print(document).replace(/[\\`$]/g, '\\$&');
		this.definition = document.definitions.find(({ kind }) => kind === Kind.OPERATION_DEFINITION);
		this.fragments = new Map(
			document.definitions.flatMap((node) => (node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node]] : [])),
		);
		this.name = this.definition.name.value;
	}

	types() {
		const data = this.shape(this.definition.selectionSet, this.schema.getQueryType());
		return `readonly ${this.name}: {\n${indent(`readonly variables: ${this.variables()};\nreadonly data: ${data};`)}\n};`;
	}

	variables() {
		const definitions = this.definition.variableDefinitions ?? [];
		return block(
			definitions.map(({ variable, type, defaultValue }) => {
				const given = typeFromAST(this.schema, type);
				const optional = !isNonNullType(given) || defaultValue !== undefined;
				return `readonly ${variable.name.value}${optional ? '?' : ''}: ${input(given)};`;
			}),
		);
	}

	/** An object with one member a field; one such object for each type that an abstract type may be. */
	shape(selectionSet, type) {
		const objects = isAbstractType(type) ? this.schema.getPossibleTypes(type) : [type];
		return objects.map((object) => block([...this.members(selectionSet, object).values()])).join(' | ');
	}

	/** By the name under which each is answered. */
	members({ selections }, type) {
		const members = new Map();
		for (const selection of selections) {
			if (selection.kind === Kind.FIELD) {
				const key = (selection.alias ?? selection.name).value;
				members.set(key, `readonly ${key}: ${this.output(selection, type)};`);
				continue;
			}
			const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? this.fragments.get(selection.name.value) : selection;
			if (!this.applies(fragment.typeCondition, type)) continue;
			for (const [key, member] of this.members(fragment.selectionSet, type)) members.set(key, member);
		}
		return members;
	}

	applies(condition, type) {
		const narrowed = condition === undefined ? type : this.schema.getType(condition.name.value);
		return narrowed === type || (isAbstractType(narrowed) && this.schema.isSubType(narrowed, type));
	}

	output(field, parent) {
		if (field.name.value === '__typename') return `'${parent.name}'`;
		const { type } = parent.getFields()[field.name.value];
		const named = getNamedType(type);
		return wrapped(type, isLeafType(named) ? leaf(named) : this.shape(field.selectionSet, named));
	}
}

function input(type) {
	const named = getNamedType(type);
	if (!isInputObjectType(named)) return wrapped(type, leaf(named));
	const fields = Object.values(named.getFields()).filter((field) => getNamedType(field.type) !== named);
	const members = fields.map((field) => {
		const optional = isRequiredInputField(field) ? '' : '?';
		return `readonly ${field.name}${optional}: ${input(field.type)};`;
	});
	return wrapped(type, block(members));
}

function leaf(type) {
	if (isEnumType(type))
		return type
			.getValues()
			.map(({ name }) => `'${name}'`)
			.join(' | ');
	return SCALARS[type.name] ?? 'string';
}

function wrapped(type, inner) {
	const own = getNullableType(type);
	const written = isListType(own) ? `readonly (${wrapped(own.ofType, inner)})[]` : inner;
	return isNonNullType(type) ? written : `${written} | null`;
}

function block(members) {
	return members.length === 0 ? 'Readonly<Record<string, never>>' : `{\n${indent(members.join('\n'))}\n}`;
}

function indent(text, by = '\t') {
	return text.replace(/^(?=.)/gm, by);
}

module.exports = { operationTypes };
