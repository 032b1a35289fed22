export default {
  dialect: 'postgresql',
  schema: './**/*.tables.ts',
  schemaFilter: ['inventory'],
  out: './migrations',
};
