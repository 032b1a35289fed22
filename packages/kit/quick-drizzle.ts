import { type ResolveFnOutput, registerHooks } from 'node:module';

// To be imported before anything that imports drizzle-orm, by `node --import` where that is done statically. Its manifest
// names every file in 175 kB, and Node reads all of it again for each of its 500 files and for each import of one: two of the
// three seconds in which a process loads the domains. Its files lie where the import says, and an entry point stays where it
// was found first; the workspace has one version of it.

const found = new Map<string, ResolveFnOutput>();

registerHooks({
  resolve(specifier, context, next) {
    if (/^drizzle-orm(\/|$)/.test(specifier) && context.conditions.includes('import')) {
      const place = found.get(specifier) ?? { ...next(specifier, context), shortCircuit: true };
      found.set(specifier, place);
      return place;
    }
    const { parentURL } = context;
    if (!parentURL?.includes('/node_modules/drizzle-orm/') || !/^\.\.?\/.*\.js$/.test(specifier)) {
      return next(specifier, context);
    }
    return { url: new URL(specifier, parentURL).href, format: 'module', shortCircuit: true };
  },
});
