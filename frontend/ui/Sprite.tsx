import { icons } from './icons.ts';

const symbols = Object.entries(icons)
  .map(([name, shapes]) => `<symbol id="icon-${name}" viewBox="0 0 16 16">${shapes}</symbol>`)
  .join('');

/** The shapes that `Icon` shows. They stand in the document, so that the first paint has them and no file is waited for. */
export const Sprite = () => (
  <svg aria-hidden="true" style={{ display: 'none' }} dangerouslySetInnerHTML={{ __html: symbols }} />
);
