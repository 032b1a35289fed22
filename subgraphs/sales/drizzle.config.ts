export default {
  dialect: 'postgresql',
  schema: './**/*.tables.ts',
  schemaFilter: ['sales'],
  out: './migrations',
};
