import type { IconName } from '#ui/icons.ts';

/** The chapters of the guide, in reading order; the areas of the app that each is about lead to it. */
export const topics = [
  { name: 'start', icon: 'dash', areas: ['/'] },
  { name: 'lists', icon: 'columns', areas: [] },
  { name: 'sales', icon: 'invoice', areas: ['/sales'] },
  { name: 'partners', icon: 'users', areas: ['/crm'] },
  { name: 'inventory', icon: 'box', areas: ['/inventory'] },
  { name: 'purchasing', icon: 'cart', areas: ['/purchasing'] },
  { name: 'finance', icon: 'book', areas: ['/finance'] },
  { name: 'tasks', icon: 'tasks', areas: ['/tasks', '/notifications'] },
  { name: 'files', icon: 'clip', areas: [] },
  { name: 'offline', icon: 'offline', areas: ['/outbox'] },
  { name: 'settings', icon: 'settings', areas: ['/settings'] },
  { name: 'trouble', icon: 'alert', areas: [] },
] as const satisfies readonly { name: string; icon: IconName; areas: readonly string[] }[];

export type TopicName = (typeof topics)[number]['name'];

/** A chapter: its title, one sentence on what it answers, and its text in Markdown. */
export interface Chapter {
  readonly title: string;
  readonly lead: string;
  readonly text: string;
}

export type Guide = Readonly<Record<TopicName, Chapter>>;

/** Which chapter is about an area of the app; the first one is about all others. */
export const topicOfArea: Readonly<Record<string, TopicName>> = Object.fromEntries(
  topics.flatMap(({ name, areas }) => areas.map((area) => [area, name])),
);
