-- Most entries of the journal come from no document: their source need not be looked for. The order of the list, by day and then
-- by number, is that of an index.
ALTER TABLE "finance"."journal_entry" DROP CONSTRAINT "journal_entry_source";--> statement-breakpoint
DROP INDEX "finance"."journal_entry_by_day";--> statement-breakpoint
CREATE UNIQUE INDEX "journal_entry_of_source" ON "finance"."journal_entry" USING btree ("tenant_id","source_type","source_id","fiscal_year") WHERE source_id is not null;--> statement-breakpoint
CREATE INDEX "journal_entry_by_day_and_number" ON "finance"."journal_entry" USING btree ("tenant_id","posted_on","number_key","id");
--> statement-breakpoint
/*
 * Posts entries as before, with less to do one after the other: what the hash of an entry covers is put together for all entries
 * of a year in one statement, and only the hashing goes from entry to entry.
 */
CREATE OR REPLACE FUNCTION finance.post_entries(
  ids uuid[], years integer[], days date[], texts text[], document_numbers text[], source_types text[], source_ids uuid[],
  reversed_ids uuid[], totals numeric[],
  line_entries integer[], line_positions integer[], accounts text[], control_accounts text[], debits numeric[], credits numeric[],
  tax_codes text[], tax_roles text[], line_texts text[]
) RETURNS text[] LANGUAGE plpgsql SET search_path = finance, pg_catalog AS $$
DECLARE
  tenant uuid := kit.tenant();
  actor uuid := nullif(current_setting('app.user_id', true), '')::uuid;
  now_at timestamptz := clock_timestamp();
  of_year integer;
  sequence_before integer;
  hash_before text;
  hash_now text;
  places integer[];
  contents text[];
  hashes text[];
  year_numbers text[];
  numbers text[] := array_fill(NULL::text, ARRAY[cardinality(ids)]);
BEGIN
  FOR of_year IN SELECT DISTINCT y FROM unnest(years) AS y ORDER BY y LOOP
    PERFORM finance.ensure_partition(of_year);
    INSERT INTO fiscal_year (tenant_id, year) VALUES (tenant, of_year) ON CONFLICT DO NOTHING;
    SELECT last_sequence, last_hash INTO sequence_before, hash_before FROM fiscal_year f WHERE f.tenant_id = tenant AND f.year = of_year FOR UPDATE;
    SELECT array_agg(place), array_agg(content), array_agg(of_year || '-' || lpad(sequence::text, greatest(6, length(sequence::text)), '0'))
    INTO places, contents, year_numbers FROM (
      SELECT e.place, e.sequence, entry_content(of_year, e.sequence, e.day, now_at, actor, e.text, e.document_number, e.source_type, e.source_id,
        e.reversed_id, l.content) AS content
      FROM (
        SELECT *, sequence_before + row_number() OVER (ORDER BY place)::integer AS sequence
        FROM unnest(years, days, texts, document_numbers, source_types, source_ids, reversed_ids) WITH ORDINALITY
          AS e (year, day, text, document_number, source_type, source_id, reversed_id, place)
        WHERE year = of_year
      ) e
      LEFT JOIN (
        SELECT l.entry, jsonb_agg(line_content(l.account, l.control, l.debit, l.credit, l.tax_code, l.tax_role, l.text) ORDER BY l.position) AS content
        FROM unnest(line_entries, line_positions, accounts, control_accounts, debits, credits, tax_codes, tax_roles, line_texts)
          AS l (entry, position, account, control, debit, credit, tax_code, tax_role, text)
        GROUP BY l.entry
      ) l ON l.entry = e.place
      ORDER BY e.place
    ) entries;
    hashes := '{}';
    hash_now := hash_before;
    FOR i IN 1 .. cardinality(places) LOOP
      hash_now := encode(sha256(convert_to(hash_now || contents[i], 'UTF8')), 'hex');
      hashes[i] := hash_now;
      numbers[places[i]] := year_numbers[i];
    END LOOP;
    -- Entries first, then their lines, then the head: the triggers let lines in only for entries beyond the head.
    INSERT INTO journal_entry (id, tenant_id, fiscal_year, sequence, number, posted_on, recorded_at, user_id, text, reference,
                               source_type, source_id, reverses_id, total, previous_hash, hash)
    SELECT ids[c.place], tenant, of_year, sequence_before + c.position, c.number, days[c.place], now_at, actor, texts[c.place],
           document_numbers[c.place], source_types[c.place], source_ids[c.place], reversed_ids[c.place], totals[c.place], c.previous, c.hash
    FROM unnest(places, year_numbers, hash_before || hashes, hashes) WITH ORDINALITY AS c (place, number, previous, hash, position)
    WHERE c.place IS NOT NULL;
    INSERT INTO journal_line (tenant_id, fiscal_year, entry_id, position, account, control_account, posted_on, debit, credit, tax_code, tax_role, text)
    SELECT tenant, of_year, ids[l.entry], l.position, l.account, l.control, days[l.entry], l.debit, l.credit, l.tax_code, l.tax_role, l.text
    FROM unnest(line_entries, line_positions, accounts, control_accounts, debits, credits, tax_codes, tax_roles, line_texts)
      AS l (entry, position, account, control, debit, credit, tax_code, tax_role, text)
    WHERE years[l.entry] = of_year;
    UPDATE fiscal_year f SET last_sequence = sequence_before + cardinality(places), last_hash = hash_now WHERE f.tenant_id = tenant AND f.year = of_year;
  END LOOP;
  RETURN numbers;
END $$;
--> statement-breakpoint
/*
 * The two checks as before. What they look for in the journal they ask for in the order of the sequence: statistics that have
 * not seen a company expect no entry of it, so every index that begins with the company looks equally good, and one that holds
 * all entries of the company in another order was read whole for each posting. Only one index has the order.
 */
CREATE OR REPLACE FUNCTION finance.check_chain() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  first record;
  predecessor record;
BEGIN
  IF EXISTS (
    SELECT FROM (
      SELECT sequence, previous_hash, lag(sequence) OVER w AS sequence_before, lag(hash) OVER w AS hash_before
      FROM new_rows WINDOW w AS (PARTITION BY tenant_id, fiscal_year ORDER BY sequence)
    ) n WHERE sequence_before IS NOT NULL AND (sequence <> sequence_before + 1 OR previous_hash IS DISTINCT FROM hash_before)
  ) THEN
    RAISE EXCEPTION 'JOURNAL_CHAIN_BROKEN: entries do not follow each other' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  FOR first IN
    SELECT DISTINCT ON (tenant_id, fiscal_year) tenant_id, fiscal_year, sequence, previous_hash
    FROM new_rows ORDER BY tenant_id, fiscal_year, sequence
  LOOP
    SELECT sequence, hash INTO predecessor FROM finance.journal_entry
      WHERE tenant_id = first.tenant_id AND fiscal_year = first.fiscal_year AND sequence < first.sequence
      ORDER BY sequence DESC LIMIT 1;
    -- The first entry of a year follows an empty hash, and only it may.
    IF first.sequence <> coalesce(predecessor.sequence, 0) + 1 OR first.previous_hash <> coalesce(predecessor.hash, '') THEN
      RAISE EXCEPTION 'JOURNAL_CHAIN_BROKEN: an entry does not follow the last one of its fiscal year' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
  END LOOP;
  IF EXISTS (
    SELECT FROM new_rows n JOIN finance.period p ON p.tenant_id = n.tenant_id AND p.fiscal_year = n.fiscal_year
      AND p.month = extract(month FROM n.posted_on)
    WHERE p.state = 'LOCKED' OR (p.state = 'SOFT_CLOSED' AND coalesce(current_setting('app.post_in_closed', true), '') <> 'on')
  ) THEN
    RAISE EXCEPTION 'PERIOD_CLOSED: the period of an entry is closed' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION finance.check_lines() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  head record;
BEGIN
  IF EXISTS (SELECT FROM new_rows GROUP BY entry_id HAVING sum(debit) <> sum(credit) OR count(*) < 2) THEN
    RAISE EXCEPTION 'ENTRY_UNBALANCED: debit and credit of an entry differ' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  FOR head IN
    SELECT n.tenant_id, n.fiscal_year, f.last_sequence FROM (SELECT DISTINCT tenant_id, fiscal_year FROM new_rows) n
    LEFT JOIN finance.fiscal_year f ON f.tenant_id = n.tenant_id AND f.year = n.fiscal_year
  LOOP
    IF EXISTS (
      SELECT entry_id FROM new_rows WHERE tenant_id = head.tenant_id AND fiscal_year = head.fiscal_year
      EXCEPT
      (SELECT id FROM finance.journal_entry
       WHERE tenant_id = head.tenant_id AND fiscal_year = head.fiscal_year AND sequence > head.last_sequence ORDER BY sequence)
    ) THEN
      RAISE EXCEPTION 'ENTRY_SEALED: an entry takes no more lines' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
  END LOOP;
  INSERT INTO finance.account_day AS d (tenant_id, fiscal_year, personal, account, posted_on, debit, credit)
  SELECT tenant_id, fiscal_year, personal, account, posted_on, sum(debit), sum(credit) FROM (
    SELECT tenant_id, fiscal_year, control_account IS NOT NULL AS personal, account, posted_on, debit, credit FROM new_rows
    UNION ALL
    SELECT tenant_id, fiscal_year, false, control_account, posted_on, debit, credit FROM new_rows WHERE control_account IS NOT NULL
  ) movement GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5
  ON CONFLICT (tenant_id, fiscal_year, personal, account, posted_on)
    DO UPDATE SET debit = d.debit + excluded.debit, credit = d.credit + excluded.credit;
  RETURN NULL;
END $$;
