ALTER TABLE finance.journal_line ADD CONSTRAINT debit_or_credit
  CHECK ((debit > 0 AND credit = 0) OR (credit > 0 AND debit = 0));
--> statement-breakpoint
ALTER TABLE finance.period ADD CONSTRAINT period_state CHECK (state IN ('OPEN', 'SOFT_CLOSED', 'LOCKED') AND month BETWEEN 1 AND 12);
--> statement-breakpoint
ALTER TABLE finance.open_item ADD CONSTRAINT open_item_within
  CHECK (sign(open_amount) * sign(amount) >= 0 AND abs(open_amount) <= abs(amount));
--> statement-breakpoint
-- Partitions come with the first posting of a year. Runs as the owner; the callers may not create tables.
CREATE FUNCTION finance.ensure_partition(year integer) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = finance, pg_catalog AS $$
BEGIN
  IF to_regclass(format('finance.journal_line_%s', year)) IS NOT NULL THEN RETURN; END IF;
  IF year NOT BETWEEN 1900 AND 2200 THEN RAISE EXCEPTION 'Fiscal year % is out of range', year; END IF;
  PERFORM pg_advisory_xact_lock(hashtext('finance.ensure_partition'));
  EXECUTE format('CREATE TABLE IF NOT EXISTS finance.journal_entry_%1$s PARTITION OF finance.journal_entry FOR VALUES IN (%1$s)', year);
  EXECUTE format('CREATE TABLE IF NOT EXISTS finance.journal_line_%1$s PARTITION OF finance.journal_line FOR VALUES IN (%1$s)', year);
END $$;
--> statement-breakpoint
-- What the hash of an entry covers, as unambiguous text. The check of the chain uses the same two functions.
CREATE FUNCTION finance.entry_content(
  fiscal_year integer, sequence integer, posted_on date, recorded_at timestamptz, user_id uuid, entry_text text, reference text,
  source_type text, source_id uuid, reverses_id uuid, lines jsonb
) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN jsonb_build_array(fiscal_year, sequence, posted_on, extract(epoch FROM recorded_at), user_id, entry_text, reference,
    source_type, source_id, reverses_id, lines)::text;
--> statement-breakpoint
CREATE FUNCTION finance.line_content(
  account text, control_account text, debit numeric, credit numeric, tax_code text, tax_role text, line_text text
) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN jsonb_build_array(account, control_account, debit::numeric(19, 2)::text, credit::numeric(19, 2)::text, tax_code, tax_role, line_text);
--> statement-breakpoint
/*
 * Posts entries in the order given and answers their numbers in that order. Columns come as arrays of equal length, which cost
 * a tenth of JSON: first those of the entries, then those of the lines (`line_entries`: position of the entry, from 1).
 * Locks the head of each fiscal year, so postings of a company queue up, numbers have no gap and each hash follows its
 * predecessor. A rollback gives the numbers back.
 */
CREATE FUNCTION finance.post_entries(
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
  sequence_now integer;
  hash_now text;
  contents jsonb[];
  sequences integer[] := array_fill(NULL::integer, ARRAY[cardinality(ids)]);
  previous text[] := array_fill(NULL::text, ARRAY[cardinality(ids)]);
  hashes text[] := array_fill(NULL::text, ARRAY[cardinality(ids)]);
  numbers text[] := array_fill(NULL::text, ARRAY[cardinality(ids)]);
BEGIN
  SELECT array_agg(content ORDER BY entry) INTO contents FROM (
    SELECT l.entry, jsonb_agg(line_content(l.account, l.control, l.debit, l.credit, l.tax_code, l.tax_role, l.text) ORDER BY l.position) AS content
    FROM unnest(line_entries, line_positions, accounts, control_accounts, debits, credits, tax_codes, tax_roles, line_texts)
      AS l (entry, position, account, control, debit, credit, tax_code, tax_role, text)
    GROUP BY l.entry
  ) lines;
  FOR of_year IN SELECT DISTINCT y FROM unnest(years) AS y ORDER BY y LOOP
    PERFORM finance.ensure_partition(of_year);
    INSERT INTO fiscal_year (tenant_id, year) VALUES (tenant, of_year) ON CONFLICT DO NOTHING;
    SELECT last_sequence, last_hash INTO sequence_now, hash_now FROM fiscal_year f WHERE f.tenant_id = tenant AND f.year = of_year FOR UPDATE;
    FOR i IN 1 .. cardinality(ids) LOOP
      CONTINUE WHEN years[i] <> of_year;
      sequence_now := sequence_now + 1;
      sequences[i] := sequence_now;
      numbers[i] := of_year || '-' || lpad(sequence_now::text, greatest(6, length(sequence_now::text)), '0');
      previous[i] := hash_now;
      hash_now := encode(sha256(convert_to(hash_now || entry_content(of_year, sequence_now, days[i], now_at, actor, texts[i],
        document_numbers[i], source_types[i], source_ids[i], reversed_ids[i], contents[i]), 'UTF8')), 'hex');
      hashes[i] := hash_now;
    END LOOP;
    -- Entries first, then their lines, then the head: the triggers let lines in only for entries beyond the head.
    INSERT INTO journal_entry (id, tenant_id, fiscal_year, sequence, number, posted_on, recorded_at, user_id, text, reference,
                               source_type, source_id, reverses_id, total, previous_hash, hash)
    SELECT e.id, tenant, of_year, e.sequence, e.number, e.day, now_at, actor, e.text, e.document_number, e.source_type, e.source_id,
           e.reversed_id, e.total, e.previous, e.hash
    FROM unnest(ids, years, days, texts, document_numbers, source_types, source_ids, reversed_ids, totals, sequences, numbers, previous, hashes)
      AS e (id, year, day, text, document_number, source_type, source_id, reversed_id, total, sequence, number, previous, hash)
    WHERE e.year = of_year;
    INSERT INTO journal_line (tenant_id, fiscal_year, entry_id, position, account, control_account, posted_on, debit, credit, tax_code, tax_role, text)
    SELECT tenant, of_year, ids[l.entry], l.position, l.account, l.control, days[l.entry], l.debit, l.credit, l.tax_code, l.tax_role, l.text
    FROM unnest(line_entries, line_positions, accounts, control_accounts, debits, credits, tax_codes, tax_roles, line_texts)
      AS l (entry, position, account, control, debit, credit, tax_code, tax_role, text)
    WHERE years[l.entry] = of_year;
    UPDATE fiscal_year f SET last_sequence = sequence_now, last_hash = hash_now WHERE f.tenant_id = tenant AND f.year = of_year;
  END LOOP;
  RETURN numbers;
END $$;
--> statement-breakpoint
-- The chain has no fork and no gap: each entry names the hash of the entry before it. Within the statement the rows are
-- compared with each other; only the first of a year looks into the table.
CREATE FUNCTION finance.check_chain() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  first record;
  predecessor text;
BEGIN
  IF EXISTS (
    SELECT FROM (
      SELECT sequence, previous_hash, lag(sequence) OVER w AS sequence_before, lag(hash) OVER w AS hash_before
      FROM new_rows WINDOW w AS (PARTITION BY tenant_id, fiscal_year ORDER BY sequence)
    ) n WHERE sequence_before IS NOT NULL AND (sequence <> sequence_before + 1 OR previous_hash IS DISTINCT FROM hash_before)
  ) THEN
    RAISE EXCEPTION 'JOURNAL_CHAIN_BROKEN: entries do not follow each other' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  FOR first IN SELECT DISTINCT ON (tenant_id, fiscal_year) * FROM new_rows ORDER BY tenant_id, fiscal_year, sequence LOOP
    SELECT hash INTO predecessor FROM finance.journal_entry
      WHERE tenant_id = first.tenant_id AND fiscal_year = first.fiscal_year AND sequence = first.sequence - 1;
    -- The first entry of a year follows an empty hash, and only it may.
    IF (first.sequence = 1) <> (predecessor IS NULL) OR first.previous_hash <> coalesce(predecessor, '') THEN
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
CREATE TRIGGER check_chain AFTER INSERT ON finance.journal_entry REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION finance.check_chain();
--> statement-breakpoint
-- Every entry balances and is complete when its lines arrive, in one statement; later lines are refused. Balances follow at once.
CREATE FUNCTION finance.check_lines() RETURNS trigger LANGUAGE plpgsql AS $$
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
      SELECT id FROM finance.journal_entry
      WHERE tenant_id = head.tenant_id AND fiscal_year = head.fiscal_year AND sequence > head.last_sequence
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
--> statement-breakpoint
CREATE TRIGGER check_lines AFTER INSERT ON finance.journal_line REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION finance.check_lines();
--> statement-breakpoint
-- First entry of a fiscal year whose hash, predecessor or number does not fit its content; null when the chain is intact.
-- Both sides of its join are read whole, and a nested loop over them would take minutes.
CREATE FUNCTION finance.first_broken_entry(of_year integer) RETURNS uuid LANGUAGE sql STABLE
SET search_path = finance, pg_catalog SET enable_nestloop = off AS $$
  WITH checked AS (
    SELECT e.id, e.sequence, e.hash, e.previous_hash,
      lag(e.hash, 1, '') OVER w AS hash_before,
      lag(e.sequence, 1, 0) OVER w AS sequence_before,
      encode(sha256(convert_to(e.previous_hash || entry_content(e.fiscal_year, e.sequence, e.posted_on, e.recorded_at, e.user_id, e.text,
        e.reference, e.source_type, e.source_id, e.reverses_id, l.content), 'UTF8')), 'hex') AS computed
    FROM journal_entry e
    LEFT JOIN (
      SELECT entry_id, jsonb_agg(line_content(account, control_account, debit, credit, tax_code, tax_role, text) ORDER BY position) AS content
      FROM journal_line WHERE fiscal_year = of_year AND tenant_id = kit.tenant() GROUP BY entry_id
    ) l ON l.entry_id = e.id
    WHERE e.fiscal_year = of_year AND e.tenant_id = kit.tenant()
    WINDOW w AS (ORDER BY e.sequence)
  ), broken AS (
    SELECT id, sequence FROM checked
    WHERE hash IS DISTINCT FROM computed OR previous_hash IS DISTINCT FROM hash_before OR sequence <> sequence_before + 1
    ORDER BY sequence LIMIT 1
  )
  SELECT coalesce(
    (SELECT id FROM broken),
    -- Entries cut off at the end are seen by the head.
    (SELECT '00000000-0000-0000-0000-000000000000'::uuid FROM fiscal_year f
     WHERE f.tenant_id = kit.tenant() AND f.year = of_year
       AND f.last_hash IS DISTINCT FROM coalesce((SELECT hash FROM checked ORDER BY sequence DESC LIMIT 1), ''))
  )
$$;
