CREATE TABLE toy.thing (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  kind text COLLATE "C" NOT NULL,
  size numeric(12, 2) NOT NULL,
  made_on date NOT NULL,
  seen_at timestamptz NOT NULL,
  note text COLLATE "C",
  ready boolean,
  count integer,
  colours text[] NOT NULL DEFAULT '{}',
  owner_id uuid
);
--> statement-breakpoint
CREATE TABLE toy.fact (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  words text NOT NULL
);
--> statement-breakpoint
CREATE TABLE toy.shared (
  name text PRIMARY KEY
);
