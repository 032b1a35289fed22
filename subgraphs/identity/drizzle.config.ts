export default {
  dialect: 'postgresql',
  schema: './**/*.tables.ts',
  schemaFilter: ['identity'],
  out: './migrations',
};
