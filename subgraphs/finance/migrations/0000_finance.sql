CREATE TABLE "finance"."account" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"number" text NOT NULL,
	"name" text NOT NULL,
	"name_en" text NOT NULL,
	"kind" text NOT NULL,
	"type" text NOT NULL,
	"hgb_position" text,
	"default_tax_code" text,
	"automatic" boolean DEFAULT false NOT NULL,
	"partner_id" uuid,
	"active" boolean DEFAULT true NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "account_number" UNIQUE("tenant_id","number"),
	CONSTRAINT "account_partner" UNIQUE("tenant_id","partner_id","kind")
);
--> statement-breakpoint
CREATE TABLE "finance"."account_day" (
	"tenant_id" uuid NOT NULL,
	"fiscal_year" integer NOT NULL,
	"personal" boolean NOT NULL,
	"account" text NOT NULL,
	"posted_on" date NOT NULL,
	"debit" numeric(19, 2) NOT NULL,
	"credit" numeric(19, 2) NOT NULL,
	CONSTRAINT "account_day_tenant_id_fiscal_year_personal_account_posted_on_pk" PRIMARY KEY("tenant_id","fiscal_year","personal","account","posted_on")
);
--> statement-breakpoint
CREATE TABLE "finance"."fiscal_year" (
	"tenant_id" uuid NOT NULL,
	"year" integer NOT NULL,
	"last_sequence" integer DEFAULT 0 NOT NULL,
	"last_hash" text DEFAULT '' NOT NULL,
	CONSTRAINT "fiscal_year_tenant_id_year_pk" PRIMARY KEY("tenant_id","year")
);
--> statement-breakpoint
CREATE TABLE "finance"."journal_entry" (
	"id" uuid NOT NULL,
	"tenant_id" uuid NOT NULL,
	"fiscal_year" integer NOT NULL,
	"sequence" integer NOT NULL,
	"number_key" bigint GENERATED ALWAYS AS (fiscal_year::bigint * 1000000000 + sequence) STORED NOT NULL,
	"number" text NOT NULL,
	"posted_on" date NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	"user_id" uuid,
	"text" text NOT NULL,
	"reference" text NOT NULL,
	"source_type" text NOT NULL,
	"source_id" uuid,
	"reverses_id" uuid,
	"total" numeric(19, 2) NOT NULL,
	"previous_hash" text NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "journal_entry_id_fiscal_year_pk" PRIMARY KEY("id","fiscal_year"),
	CONSTRAINT "journal_entry_sequence" UNIQUE("tenant_id","fiscal_year","sequence"),
	CONSTRAINT "journal_entry_source" UNIQUE("tenant_id","source_type","source_id","fiscal_year")
) PARTITION BY LIST (fiscal_year);
--> statement-breakpoint
CREATE TABLE "finance"."journal_line" (
	"tenant_id" uuid NOT NULL,
	"fiscal_year" integer NOT NULL,
	"entry_id" uuid NOT NULL,
	"position" smallint NOT NULL,
	"account" text NOT NULL,
	"control_account" text,
	"posted_on" date NOT NULL,
	"debit" numeric(19, 2) NOT NULL,
	"credit" numeric(19, 2) NOT NULL,
	"tax_code" text,
	"tax_role" text,
	"text" text,
	CONSTRAINT "journal_line_entry_id_fiscal_year_position_pk" PRIMARY KEY("entry_id","fiscal_year","position")
) PARTITION BY LIST (fiscal_year);
--> statement-breakpoint
CREATE TABLE "finance"."period" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"fiscal_year" integer NOT NULL,
	"month" smallint NOT NULL,
	"state" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "period_tenant_id_fiscal_year_month_pk" PRIMARY KEY("tenant_id","fiscal_year","month"),
	CONSTRAINT "period_id_unique" UNIQUE("id")
);
--> statement-breakpoint
CREATE TABLE "finance"."open_item" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"partner_id" uuid NOT NULL,
	"partner_name" text NOT NULL,
	"account" text NOT NULL,
	"entry_id" uuid NOT NULL,
	"source_type" text NOT NULL,
	"source_id" uuid NOT NULL,
	"reference" text NOT NULL,
	"posted_on" date NOT NULL,
	"due_on" date NOT NULL,
	"amount" numeric(19, 2) NOT NULL,
	"open_amount" numeric(19, 2) NOT NULL,
	"status" text NOT NULL,
	"dunning_level" integer DEFAULT 0 NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "open_item_source" UNIQUE("tenant_id","source_type","source_id","account")
);
--> statement-breakpoint
CREATE TABLE "finance"."settlement" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"open_item_id" uuid NOT NULL,
	"entry_id" uuid NOT NULL,
	"amount" numeric(19, 2) NOT NULL,
	"settled_on" date NOT NULL
);
--> statement-breakpoint
ALTER TABLE "finance"."settlement" ADD CONSTRAINT "settlement_open_item_id_open_item_id_fk" FOREIGN KEY ("open_item_id") REFERENCES "finance"."open_item"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "account_by_number" ON "finance"."account" USING btree ("tenant_id","number","id");--> statement-breakpoint
CREATE INDEX "account_by_name" ON "finance"."account" USING btree ("tenant_id","name","id");--> statement-breakpoint
CREATE INDEX "journal_entry_by_number" ON "finance"."journal_entry" USING btree ("tenant_id","number_key","id");--> statement-breakpoint
CREATE INDEX "journal_entry_by_day" ON "finance"."journal_entry" USING btree ("tenant_id","posted_on","id");--> statement-breakpoint
CREATE INDEX "journal_entry_by_total" ON "finance"."journal_entry" USING btree ("tenant_id","total","id");--> statement-breakpoint
CREATE INDEX "journal_entry_by_reference" ON "finance"."journal_entry" USING btree ("tenant_id","reference","id");--> statement-breakpoint
CREATE INDEX "journal_line_by_account" ON "finance"."journal_line" USING btree ("tenant_id","account","posted_on");--> statement-breakpoint
CREATE INDEX "open_item_by_due" ON "finance"."open_item" USING btree ("tenant_id","due_on","id");--> statement-breakpoint
CREATE INDEX "open_item_by_open" ON "finance"."open_item" USING btree ("tenant_id","open_amount","id");--> statement-breakpoint
CREATE INDEX "open_item_by_partner_name" ON "finance"."open_item" USING btree ("tenant_id","partner_name","id");--> statement-breakpoint
CREATE INDEX "open_item_by_status" ON "finance"."open_item" USING btree ("tenant_id","status","due_on","id");--> statement-breakpoint
CREATE INDEX "open_item_by_partner" ON "finance"."open_item" USING btree ("tenant_id","partner_id","due_on","id");--> statement-breakpoint
CREATE INDEX "open_item_by_reference" ON "finance"."open_item" USING btree ("tenant_id","reference","id");--> statement-breakpoint
CREATE INDEX "settlement_by_item" ON "finance"."settlement" USING btree ("tenant_id","open_item_id");