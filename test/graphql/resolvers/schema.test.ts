/** The schema as a whole: described throughout, its ids and scalars true to what they stand for. */
import { readFileSync } from 'node:fs';

import fc from 'fast-check';
import {
	buildSchema as graphqlSchema,
	findBreakingChanges,
	isEnumType,
	isInputObjectType,
	isInterfaceType,
	isObjectType,
	isScalarType,
} from 'graphql';

import { type GlobalId, decodeGlobalId, encodeGlobalId } from '../../../graphql/globalId';
import { currencyScalar, decimalScalar, instantScalar } from '../../../graphql/resolvers/scalars';
import { PRINTED_SCHEMA, printed } from '../../../graphql/printSchema';
import { buildSchema } from '../../../graphql/schema';
import { Graph } from '../support/graph';
import { MemoryConnector } from '../support/memoryConnector';

it('describes every type, field, argument and value', () => {
	const bare: string[] = [];
	const look = (name: string, { description }: { description?: string | null | undefined }): void => {
		if (description === null || description === undefined || description === '') bare.push(name);
	};
	for (const type of Object.values(buildSchema().getTypeMap())) {
		if (type.name.startsWith('__') || ['Boolean', 'Int', 'String', 'ID', 'Float'].includes(type.name)) continue;
		look(type.name, type);
		if (isEnumType(type)) for (const value of type.getValues()) look(`${type.name}.${value.name}`, value);
		if (isInputObjectType(type))
			for (const field of Object.values(type.getFields())) look(`${type.name}.${field.name}`, field);
		if (!isObjectType(type) && !isInterfaceType(type)) continue;
		for (const field of Object.values(type.getFields())) {
			look(`${type.name}.${field.name}`, field);
			for (const arg of field.args) look(`${type.name}.${field.name}(${arg.name})`, arg);
		}
	}
	expect(bare).toEqual([]);
});

it('knows where every own scalar is specified, except those of graphql-scalars', () => {
	const scalars = Object.values(buildSchema().getTypeMap()).filter(isScalarType);
	const unspecified = scalars.filter(({ specifiedByURL }) => !specifiedByURL).map(({ name }) => name);
	expect(unspecified.sort()).toEqual(['Boolean', 'ID', 'Int', 'LocalDate', 'String']);
});

describe('the printed schema', () => {
	it('is the one that is served: print it again by `npx gulp schema`', () => {
		expect(readFileSync(PRINTED_SCHEMA, 'utf8')).toBe(printed(buildSchema()));
	});

	const released = graphqlSchema(readFileSync(PRINTED_SCHEMA.replace('.graphql', '.released.graphql'), 'utf8'));

	it('breaks nothing that clients of the last release rely on', () => {
		expect(findBreakingChanges(released, buildSchema())).toEqual([]);
	});

	it('is held against the last release by what clients see: a field taken away would break it', () => {
		const without = graphqlSchema(printed(buildSchema()).replace('  contentHash:', '  hashOfContent:'));
		expect(findBreakingChanges(released, without)).toMatchObject([{ description: 'Bill.contentHash was removed.' }]);
	});
});

it('shows each connection with what its provider offers', async () => {
	const fleet = new MemoryConnector({ connection: 'fleet', capabilities: { rateFields: null, rateFilters: null } });
	const { data, errors } = await new Graph([fleet]).ask(`{ connections { id provider capabilities {
		title operations { name request parameters source note } billFields { field offer } rateFields { field }
		accountFields { field offer } billFilters { filter support } rateFilters { filter } ordering announcesTotal
		maxPageSize accountRequired accounts documents billHistory { note } rateHistory { note } notes
	} } }`);
	expect(errors).toEqual([]);
	expect(data).toMatchObject({
		connections: [
			{
				id: 'fleet',
				provider: 'FLOLIVE',
				capabilities: {
					rateFields: null,
					rateFilters: null,
					billFields: expect.arrayContaining([{ field: 'total', offer: 'OFFERED' }]),
					billFilters: expect.arrayContaining([{ filter: 'states', support: 'PUSHED_DOWN' }]),
				},
			},
		],
	});
});

describe('an id of the graph', () => {
	const text = fc.string({ unit: 'binary' });
	const localId = fc.record({ scope: text, remoteId: text });
	const anyId: fc.Arbitrary<GlobalId> = fc.oneof(
		fc.record({ type: fc.constant('Bill' as const), connection: text, id: localId }),
		fc.record({ type: fc.constant('BillingAccount' as const), connection: text, remoteId: text }),
		fc.record({ type: fc.constant('Rate' as const), connection: text, id: localId, bill: fc.option(localId) }),
		fc.record({
			type: fc.constant('Document' as const),
			connection: text,
			document: fc.record({ scope: text, billId: text, documentId: text }),
		}),
	);

	it('names the same thing again, whatever characters a provider uses, and travels in a path', () => {
		const property = fc.property(anyId, (id) => {
			const encoded = encodeGlobalId(id);
			expect(encoded).toMatch(/^[\w-]+$/);
			expect(decodeGlobalId(encoded)).toEqual(id);
			expect(decodeGlobalId(` ${encoded}\r\n`)).toEqual(id);
		});
		fc.assert(property);
	});

	it('is none for any other text', () => {
		fc.assert(fc.property(fc.string(), (other) => decodeGlobalId(other) === null));
		const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
		for (const value of [[], ['Bill'], ['Bill', 'c', 's'], ['Other', 'c', 's', 'r'], ['Bill', 'c', 's', 1], {}]) {
			expect(decodeGlobalId(encoded(value))).toBeNull();
		}
		// The same thing written otherwise.
		expect(decodeGlobalId(Buffer.from('["Bill", "c", "", "1"]').toString('base64url'))).toBeNull();
	});
});

describe('a scalar', () => {
	it.each([
		['Decimal', decimalScalar, '1234.50', '1234.5'],
		['Decimal', decimalScalar, '-123456789012345678.123', '-123456789012345678.123'],
		['DateTimeISO', instantScalar, '2026-01-31T00:00:00+01:00', '2026-01-31T00:00:00+01:00'],
		['Currency', currencyScalar, 'eur', 'EUR'],
	])('%s reads what it means', (_name, scalar, written, read) => {
		expect(scalar.parseValue(written)).toBe(read);
	});

	it.each([
		['Decimal', decimalScalar, 1.5],
		['Decimal', decimalScalar, '1e3'],
		['Decimal', decimalScalar, ''],
		['Decimal', decimalScalar, '1,50'],
		['DateTimeISO', instantScalar, '2026-01-31'],
		['Currency', currencyScalar, 'EURO'],
	])('%s refuses what it cannot: %s', (name, scalar, written) => {
		expect(() => scalar.parseValue(written)).toThrow(`${name} must be`);
	});
});
