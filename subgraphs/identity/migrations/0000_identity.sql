CREATE TABLE "identity"."api_client" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"name" text COLLATE "de-x-icu" NOT NULL,
	"key_hash" text NOT NULL,
	"key_hint" text NOT NULL,
	"scopes" text[] NOT NULL,
	"budget" integer,
	"budget_refill" integer,
	"created_by" uuid,
	"revoked_at" timestamp with time zone,
	"status" text GENERATED ALWAYS AS (case when revoked_at is null then 'ACTIVE' else 'REVOKED' end) STORED NOT NULL
);
--> statement-breakpoint
CREATE TABLE "identity"."api_client_use" (
	"tenant_id" uuid NOT NULL,
	"client_id" uuid PRIMARY KEY NOT NULL,
	"last_used_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "identity"."company" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"name" text NOT NULL,
	"legal_name" text NOT NULL,
	"address" jsonb,
	"country" text DEFAULT 'DE' NOT NULL,
	"currency" text DEFAULT 'EUR' NOT NULL,
	"chart" text NOT NULL,
	"fiscal_year_start_month" integer DEFAULT 1 NOT NULL,
	"tax_number" text,
	"vat_id" text,
	"iban" text,
	"bic" text,
	"bank_name" text,
	"phone" text,
	"email" text,
	"website" text,
	"registration" text,
	"directors" text,
	"locale" text NOT NULL,
	CONSTRAINT "company_is_tenant" CHECK (id = tenant_id),
	CONSTRAINT "company_chart" CHECK (chart in ('SKR03','SKR04')),
	CONSTRAINT "company_year" CHECK (fiscal_year_start_month between 1 and 12)
);
--> statement-breakpoint
CREATE TABLE "identity"."invitation" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"email" text NOT NULL,
	"role_id" text NOT NULL,
	"invited_by" uuid NOT NULL,
	"token_hash" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"accepted_at" timestamp with time zone,
	"revoked_at" timestamp with time zone,
	"status" text GENERATED ALWAYS AS (case when accepted_at is not null then 'ACCEPTED' when revoked_at is not null then 'REVOKED' else 'OPEN' end) STORED NOT NULL
);
--> statement-breakpoint
CREATE TABLE "identity"."signing_key" (
	"kid" text PRIMARY KEY NOT NULL,
	"public_key" jsonb NOT NULL,
	"sealed_private_key" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"verifies_until" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "identity"."mail" (
	"id" uuid PRIMARY KEY NOT NULL,
	"recipient" text NOT NULL,
	"subject" text NOT NULL,
	"body" text NOT NULL,
	"state" text DEFAULT 'WAITING' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"due_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_error" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "mail_state" CHECK (state in ('WAITING','SENT','FAILED'))
);
--> statement-breakpoint
CREATE TABLE "identity"."password_reset" (
	"hash" text PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"used_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "identity"."preference" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"user_id" uuid NOT NULL,
	"key" text NOT NULL,
	"value" jsonb NOT NULL,
	"shared" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE TABLE "identity"."role" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"name" text NOT NULL,
	"permissions" text[] NOT NULL
);
--> statement-breakpoint
CREATE TABLE "identity"."failed_sign_in" (
	"key" text PRIMARY KEY NOT NULL,
	"failures" integer NOT NULL,
	"last_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "identity"."refresh_token" (
	"hash" text PRIMARY KEY NOT NULL,
	"session_id" uuid NOT NULL,
	"used_at" timestamp with time zone,
	"nonce" text
);
--> statement-breakpoint
CREATE TABLE "identity"."session" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"company_id" uuid NOT NULL,
	"user_agent" text NOT NULL,
	"ip" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_used_at" timestamp with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "identity"."membership" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text COLLATE "de-x-icu" NOT NULL,
	"email" text NOT NULL,
	"role_id" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "membership_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "identity"."user" (
	"id" uuid PRIMARY KEY NOT NULL,
	"email" text NOT NULL,
	"name" text NOT NULL,
	"locale" text NOT NULL,
	"password_hash" text NOT NULL,
	"last_company_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "user_email_unique" UNIQUE("email")
);
--> statement-breakpoint
CREATE TABLE "identity"."user_company" (
	"user_id" uuid NOT NULL,
	"company_id" uuid NOT NULL,
	"company_name" text NOT NULL,
	CONSTRAINT "user_company_user_id_company_id_pk" PRIMARY KEY("user_id","company_id")
);
--> statement-breakpoint
ALTER TABLE "identity"."api_client_use" ADD CONSTRAINT "api_client_use_client_id_api_client_id_fk" FOREIGN KEY ("client_id") REFERENCES "identity"."api_client"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "identity"."password_reset" ADD CONSTRAINT "password_reset_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "identity"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "identity"."refresh_token" ADD CONSTRAINT "refresh_token_session_id_session_id_fk" FOREIGN KEY ("session_id") REFERENCES "identity"."session"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "identity"."session" ADD CONSTRAINT "session_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "identity"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "identity"."membership" ADD CONSTRAINT "membership_id_user_id_fk" FOREIGN KEY ("id") REFERENCES "identity"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "identity"."user_company" ADD CONSTRAINT "user_company_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "identity"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "api_client_key" ON "identity"."api_client" USING btree ("tenant_id","key_hash");--> statement-breakpoint
CREATE INDEX "api_client_by_name" ON "identity"."api_client" USING btree ("tenant_id","name","id");--> statement-breakpoint
CREATE INDEX "api_client_by_creation" ON "identity"."api_client" USING btree ("tenant_id","created_at","id");--> statement-breakpoint
CREATE INDEX "invitation_by_creation" ON "identity"."invitation" USING btree ("tenant_id","created_at","id");--> statement-breakpoint
CREATE INDEX "invitation_by_email" ON "identity"."invitation" USING btree ("tenant_id","email","id");--> statement-breakpoint
CREATE INDEX "invitation_by_token" ON "identity"."invitation" USING btree ("tenant_id","token_hash");--> statement-breakpoint
CREATE INDEX "mail_waiting" ON "identity"."mail" USING btree ("due_at") WHERE state = 'WAITING';--> statement-breakpoint
CREATE INDEX "mail_by_age" ON "identity"."mail" USING btree ("created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "preference_key" ON "identity"."preference" USING btree ("tenant_id","user_id","key");--> statement-breakpoint
CREATE UNIQUE INDEX "role_name" ON "identity"."role" USING btree ("tenant_id","name");--> statement-breakpoint
CREATE INDEX "failed_sign_in_by_age" ON "identity"."failed_sign_in" USING btree ("last_at");--> statement-breakpoint
CREATE INDEX "refresh_token_of_session" ON "identity"."refresh_token" USING btree ("session_id");--> statement-breakpoint
CREATE INDEX "session_of_user" ON "identity"."session" USING btree ("user_id","last_used_at");--> statement-breakpoint
CREATE INDEX "session_of_company" ON "identity"."session" USING btree ("company_id");--> statement-breakpoint
CREATE INDEX "session_by_use" ON "identity"."session" USING btree ("last_used_at");--> statement-breakpoint
CREATE INDEX "membership_by_name" ON "identity"."membership" USING btree ("tenant_id","name","id");--> statement-breakpoint
CREATE INDEX "membership_by_email" ON "identity"."membership" USING btree ("tenant_id","email","id");--> statement-breakpoint
CREATE INDEX "membership_by_creation" ON "identity"."membership" USING btree ("tenant_id","created_at","id");--> statement-breakpoint
CREATE INDEX "membership_by_role" ON "identity"."membership" USING btree ("tenant_id","role_id");--> statement-breakpoint
CREATE INDEX "user_company_of_company" ON "identity"."user_company" USING btree ("company_id");