/** One value of a figure, with what tells it apart from the others. */
export interface Reading {
  labels?: Readonly<Record<string, string>>;
  value: number;
}

/** A figure as the metrics show it; it costs nothing until somebody asks for the metrics. */
export interface Figure {
  /** As it is scraped. */
  name: string;
  /** One sentence for whoever sees it in a dashboard. */
  help: string;
  type: 'counter' | 'gauge';
  /** The names of the labels of its readings; their values come from a bounded set. */
  labels?: readonly string[];
  read: () => readonly Reading[];
}
