/** Types of `generate.js`. */
import type { GraphQLSchema } from 'graphql';

/** @param texts one operation each */
export function operationTypes(schema: GraphQLSchema, texts: readonly string[]): string;
