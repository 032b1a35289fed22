CREATE TABLE "identity"."draft" (
	"tenant_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"form" text NOT NULL,
	"record_id" uuid,
	"record_version" integer,
	"title" text NOT NULL,
	"content" jsonb NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "draft_tenant_id_user_id_id_pk" PRIMARY KEY("tenant_id","user_id","id")
);
--> statement-breakpoint
CREATE INDEX "draft_by_change" ON "identity"."draft" USING btree ("tenant_id","user_id","updated_at","id");