import { type GraphQLSchema, isAbstractType, isInterfaceType, isObjectType } from 'graphql';

/** Answers "is an object of this type also one of that type" from a table that fills as questions come. */
export type TypeTest = (typename: string, condition: string) => boolean;

export function typeTest(schema: GraphQLSchema): TypeTest {
  const known = new Map<string, Map<string, boolean>>();
  const decide = (typename: string, condition: string): boolean => {
    if (typename === condition) return true;
    const type = schema.getType(typename);
    const wanted = schema.getType(condition);
    return isAbstractType(wanted) && (isObjectType(type) || isInterfaceType(type)) && schema.isSubType(wanted, type);
  };
  return (typename, condition) => {
    let row = known.get(condition);
    if (!row) {
      row = new Map();
      known.set(condition, row);
    }
    let answer = row.get(typename);
    if (answer === undefined) {
      answer = decide(typename, condition);
      row.set(typename, answer);
    }
    return answer;
  };
}
