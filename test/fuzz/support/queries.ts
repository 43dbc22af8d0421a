/** Queries that fit the schema, made from a tape of numbers: fragments, variables, aliases and directives as they come. */
import {
	type GraphQLArgument,
	type GraphQLField,
	type GraphQLInputField,
	type GraphQLInputType,
	type GraphQLOutputType,
	type GraphQLSchema,
	getNamedType,
	getNullableType,
	isAbstractType,
	isEnumType,
	isInputObjectType,
	isLeafType,
	isListType,
	isNonNullType,
	isObjectType,
	isRequiredArgument,
	isRequiredInputField,
} from 'graphql';

export interface GeneratedQuery {
	readonly query: string;
	readonly variables: Readonly<Record<string, unknown>>;
}

/** Values by scalar, as they are written into variables. */
export type ScalarValues = Readonly<Record<string, readonly unknown[]>>;

/** Deeper and wider than a person writes, and within what the server lets anybody ask. */
const DEEPEST = 7;
const WIDEST = 4;
/** Input objects that hold each other. */
const DEEPEST_INPUT = 3;

/** The same tape gives the same query; a shorter one, a smaller query. */
export function queryFrom(schema: GraphQLSchema, scalars: ScalarValues, tape: readonly number[]): GeneratedQuery {
	return new QueryWriter(schema, scalars, tape).write();
}

class QueryWriter {
	private at = 0;
	private names = 0;
	private readonly fragments: string[] = [];
	private readonly declarations: string[] = [];
	private readonly variables: Record<string, unknown> = {};

	constructor(
		private readonly schema: GraphQLSchema,
		private readonly scalars: ScalarValues,
		private readonly tape: readonly number[],
	) {}

	write(): GeneratedQuery {
		const selections = this.selections(this.schema.getQueryType()!, 0);
		const declared = this.declarations.length === 0 ? '' : `(${this.declarations.join(', ')})`;
		return { query: [`query Q${declared} ${selections}`, ...this.fragments].join('\n'), variables: this.variables };
	}

	/** From 0 to `count - 1`; 0 once the tape is at its end. */
	private pick(count: number): number {
		return (this.tape[this.at++] ?? 0) % count;
	}

	private oneOf<T>(values: readonly T[]): T {
		return values[this.pick(values.length)]!;
	}

	/** Once in so many times. */
	private chance(times: number): boolean {
		return this.pick(times) === times - 1;
	}

	private newName(prefix: string): string {
		this.names += 1;
		return `${prefix}${this.names}`;
	}

	private selections(type: GraphQLOutputType, depth: number): string {
		const named = getNamedType(type);
		if (isAbstractType(named)) {
			const members = this.schema.getPossibleTypes(named);
			const chosen = members.filter(() => this.chance(2));
			return `{ __typename ${chosen.map((member) => this.spread(member.name, this.selections(member, depth))).join(' ')} }`;
		}
		if (!isObjectType(named)) return '';
		const fields = Object.values(named.getFields()).filter(
			(field) => depth < DEEPEST || isLeafType(getNamedType(field.type)),
		);
		if (fields.length === 0) return '{ __typename }';
		const chosen = new Set(Array.from({ length: 1 + this.pick(WIDEST) }, () => this.oneOf(fields)));
		const written = [...chosen].map((field) => this.field(field, depth));
		const body = `{ ${written.join(' ')} }`;
		return depth > 0 && this.chance(6) ? `{ ${this.spread(named.name, body)} }` : body;
	}

	/** In place, or as a fragment with a name. */
	private spread(type: string, body: string): string {
		if (this.chance(2)) return `... on ${type}${this.directive()} ${body}`;
		const name = this.newName('F');
		this.fragments.push(`fragment ${name} on ${type} ${body}`);
		return `...${name}${this.directive()}`;
	}

	private field(field: GraphQLField<unknown, unknown>, depth: number): string {
		const given = field.args.filter((argument) => isRequiredArgument(argument) || this.chance(2));
		const values = given.map((argument) => `${argument.name}: ${this.argument(argument)}`);
		// Fields with arguments are told apart, or two of one name could not stand in one answer.
		const alias = values.length > 0 || this.chance(10) ? `${this.newName('a')}: ` : '';
		const list = values.length === 0 ? '' : `(${values.join(', ')})`;
		return `${alias}${field.name}${list}${this.directive()} ${this.selections(field.type, depth + 1)}`;
	}

	private directive(): string {
		if (!this.chance(12)) return '';
		const condition = this.chance(2) ? String(this.chance(2)) : this.variable('Boolean!', this.chance(2));
		return ` @${this.oneOf(['include', 'skip'])}(if: ${condition})`;
	}

	private argument({ type }: GraphQLArgument): string {
		const value = this.value(type, 0);
		return this.chance(2) ? this.variable(String(type), value) : literal(value, type);
	}

	private variable(type: string, value: unknown): string {
		const name = this.newName('v');
		this.declarations.push(`$${name}: ${type}`);
		this.variables[name] = value;
		return `$${name}`;
	}

	private value(type: GraphQLInputType, depth: number): unknown {
		if (!isNonNullType(type) && this.chance(15)) return null;
		const nullable = getNullableType(type);
		if (isListType(nullable)) {
			return Array.from({ length: this.pick(4) }, () => this.value(nullable.ofType, depth));
		}
		if (isEnumType(nullable)) return this.oneOf(nullable.getValues()).name;
		if (!isInputObjectType(nullable)) return this.oneOf(this.scalars[nullable.name] ?? ['?']);
		const fields = Object.values(nullable.getFields()).filter(
			(field) => isRequiredInputField(field) || (this.chance(6) && (depth < DEEPEST_INPUT || !isDeep(field))),
		);
		return Object.fromEntries(fields.map(({ name, type: own }) => [name, this.value(own, depth + 1)]));
	}
}

function isDeep({ type }: GraphQLInputField): boolean {
	return isInputObjectType(getNamedType(type));
}

/** As it stands in the text of a query. */
function literal(value: unknown, type: GraphQLInputType): string {
	const nullable = getNullableType(type);
	if (value === null) return 'null';
	if (Array.isArray(value) && isListType(nullable)) {
		return `[${value.map((one) => literal(one, nullable.ofType)).join(', ')}]`;
	}
	if (isInputObjectType(nullable) && typeof value === 'object') {
		const fields = nullable.getFields();
		return `{ ${Object.entries(value)
			.map(([name, own]) => `${name}: ${literal(own, fields[name]!.type)}`)
			.join(', ')} }`;
	}
	return isEnumType(nullable) && typeof value === 'string' ? value : JSON.stringify(value);
}
