CREATE TABLE "finance"."bank_transaction" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"bank_account" text NOT NULL,
	"booked_on" date NOT NULL,
	"value_on" date,
	"amount" numeric(19, 2) NOT NULL,
	"currency" text NOT NULL,
	"counterpart_name" text COLLATE "de-x-icu" NOT NULL,
	"counterpart_iban" text,
	"purpose" text NOT NULL,
	"end_to_end_id" text,
	"bank_reference" text,
	"statement" text,
	"import_key" text NOT NULL,
	"status" text NOT NULL,
	"partner_id" uuid,
	"note" text,
	"open_item_id" uuid,
	"journal_entry_id" uuid,
	CONSTRAINT "bank_transaction_matched" CHECK ((status = 'MATCHED') = (journal_entry_id is not null))
);
--> statement-breakpoint
CREATE UNIQUE INDEX "bank_transaction_once" ON "finance"."bank_transaction" USING btree ("tenant_id","bank_account","import_key");--> statement-breakpoint
CREATE INDEX "bank_transaction_by_day" ON "finance"."bank_transaction" USING btree ("tenant_id","booked_on","id");--> statement-breakpoint
CREATE INDEX "bank_transaction_by_amount" ON "finance"."bank_transaction" USING btree ("tenant_id","amount","id");--> statement-breakpoint
CREATE INDEX "bank_transaction_by_name" ON "finance"."bank_transaction" USING btree ("tenant_id","counterpart_name","id");--> statement-breakpoint
CREATE INDEX "bank_transaction_by_status" ON "finance"."bank_transaction" USING btree ("tenant_id","status","booked_on","id");--> statement-breakpoint
CREATE INDEX "bank_transaction_by_partner" ON "finance"."bank_transaction" USING btree ("tenant_id","partner_id","booked_on","id");
