/** What is measured of how a page feels: milliseconds, except the layout shift, which has no unit. */
export const vitalNames = ['TTFB', 'FCP', 'LCP', 'INP', 'CLS'] as const;
export type VitalName = (typeof vitalNames)[number];
export type Vitals = Partial<Readonly<Record<VitalName, number>>>;

/** Up to here a value is good, and beyond the second figure poor, as web.dev has it for the 75th percentile. */
export const vitalLimits: Readonly<Record<VitalName, readonly [good: number, poor: number]>> = {
  TTFB: [800, 1800],
  FCP: [1800, 3000],
  LCP: [2500, 4000],
  INP: [200, 500],
  CLS: [0.1, 0.25],
};

/** What cannot be: a page that took longer was asleep. */
export const vitalMax: Readonly<Record<VitalName, number>> = {
  TTFB: 120_000,
  FCP: 120_000,
  LCP: 120_000,
  INP: 120_000,
  CLS: 100,
};

export interface RouteVitals {
  /** The route as it stands in the tree of pages, such as `/sales/orders/[id]`. */
  readonly route: string;
  readonly visits: number;
  /** The 75th percentile of the latest visits, by name; absent while nothing was told. */
  readonly p75: Vitals;
}

/** What pages read of the figures of their process. */
export interface VitalsSeen {
  readonly since: Date;
  byRoute(): RouteVitals[];
}

/** Pages are bundled apart from the server around them; both find the figures of their process here. */
const place = Symbol.for('valeo.web-vitals');
const holder = globalThis as { [place]?: VitalsSeen };

export const shareVitals = (vitals: VitalsSeen): void => {
  holder[place] = vitals;
};
export const sharedVitals = (): VitalsSeen | undefined => holder[place];
