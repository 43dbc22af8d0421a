/** Prints the schema to docs/schema.graphql, which is published and held against the last release: `gulp schema`. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { type GraphQLSchema, printSchema } from 'graphql';

import { buildSchema } from './schema';

export const PRINTED_SCHEMA = join(__dirname, '../docs/schema.graphql');

/** What the file must hold. */
export function printed(schema: GraphQLSchema): string {
	return `${printSchema(schema)}\n`;
}

if (require.main === module) writeFileSync(PRINTED_SCHEMA, printed(buildSchema()));
