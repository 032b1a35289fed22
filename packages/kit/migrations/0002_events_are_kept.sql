-- What the relay published, in the order in which it did, kept for a while: a reader whose connection broke goes on where it was.
CREATE TABLE kit.event (
  position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  outbox_id bigint NOT NULL,
  tenant_id uuid NOT NULL,
  type text NOT NULL,
  op text NOT NULL,
  entity_ids uuid[],
  at timestamptz NOT NULL,
  told_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
--> statement-breakpoint
CREATE INDEX event_of_type ON kit.event (tenant_id, type, position);
--> statement-breakpoint
CREATE INDEX event_age ON kit.event (told_at);
--> statement-breakpoint
-- As before; but an upsert that inserted nothing tells of nothing, where its trigger sees the rows.
CREATE OR REPLACE FUNCTION kit.table_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = kit, pg_catalog AS $$
DECLARE
  tenant uuid := kit.tenant();
  is_empty boolean := false;
BEGIN
  -- Work for the whole installation, such as clearing up, belongs to no company.
  IF tenant IS NULL THEN RETURN NULL; END IF;
  IF tg_op = 'DELETE' THEN
    SELECT NOT EXISTS (SELECT FROM old_rows) INTO is_empty;
  ELSIF tg_nargs = 2 THEN
    SELECT NOT EXISTS (SELECT FROM new_rows) INTO is_empty;
  END IF;
  IF is_empty OR kit.tell(tg_argv[0], tenant) THEN RETURN NULL; END IF;
  INSERT INTO kit.outbox (tenant_id, type, op, user_id, request_id)
  VALUES (tenant, tg_argv[0] || '.' || tg_argv[1], 'updated',
          nullif(current_setting('app.user_id', true), '')::uuid, coalesce(current_setting('app.request_id', true), ''));
  RETURN NULL;
END $$;
