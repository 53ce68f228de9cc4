package dev.sluice.dist.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.dist.product.Endpoints;
import dev.sluice.dist.product.Sluice;
import dev.sluice.testkit.postgres.PostgresDatabase;
import dev.sluice.testkit.postgres.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows of a warehouse that become items of a real back office, which has required fields, unique ones, and formats. */
class BackOfficeTest {
    private static final int ROWS = 120;
    private static final int POISONED = ROWS / 10;

    @TempDir
    Path folder;

    private static final String CONTACTS = """
        {"collection": "contacts", "schema": {}, "meta": {}, "fields": [
          {"field": "email", "type": "string", "schema": {"is_primary_key": true, "is_nullable": false},
           "meta": {"required": true, "validation": {"email": {"_regex": "^[^@ ]+@[^@ ]+$"}}}},
          {"field": "name", "type": "string", "schema": {"is_nullable": false, "max_length": 30}, "meta": {"required": true}},
          {"field": "number", "type": "integer", "schema": {"is_unique": true}, "meta": {}},
          {"field": "stage", "type": "string", "schema": {}, "meta": {"interface": "select-dropdown",
           "options": {"choices": [{"text": "Lead", "value": "lead"}, {"text": "Customer", "value": "customer"}]}}},
          {"field": "born", "type": "date", "schema": {}, "meta": {}},
          {"field": "seen", "type": "timestamp", "schema": {}, "meta": {}},
          {"field": "balance", "type": "decimal", "schema": {"numeric_precision": 10, "numeric_scale": 2}, "meta": {}},
          {"field": "active", "type": "boolean", "schema": {"default_value": true}, "meta": {}}]}
        """;

    private static final List<String> WAREHOUSE = List.of(
            "CREATE TABLE customers (mail text PRIMARY KEY, first text, last text, number int, stage text, born date,"
                    + " seen timestamptz, balance numeric(10,2), active boolean)",
            "INSERT INTO customers SELECT 'c' || n || '@x.org', 'First', 'Last' || n, n, CASE WHEN n % 2 = 0 THEN"
                    + " 'lead' ELSE 'customer' END, date '1980-01-01' + n, timestamptz '2026-01-02 03:04:05+00' + n *"
                    + " interval '1 hour', n + 0.25, n % 3 = 0 FROM generate_series(1, " + ROWS + ") AS n",
            // No address, a number that another has, a name that is too long, a stage that there is not: by turns.
            "UPDATE customers SET mail = 'nobody' || number WHERE number % 40 = 5",
            "UPDATE customers SET number = number - 1 WHERE number % 40 = 15",
            "UPDATE customers SET last = repeat('x', 40) WHERE number % 40 = 25",
            "UPDATE customers SET stage = 'unknown' WHERE number % 40 = 35");

    private static final String SENT = "SELECT mail, first || ' ' || last, number, stage, born, seen, balance, active"
            + " FROM customers ORDER BY mail COLLATE \"C\"";
    private static final String THERE =
            "SELECT email, name, number, stage, born, seen, balance, active FROM contacts ORDER BY email COLLATE \"C\"";

    @Test
    void allButThePoisonedArriveAndAfterTheFixBothSidesAreEqualAndThenNothingIsSent() throws Exception {
        Path program = DirectusServer.program();
        assumeTrue(program != null, "Directus cannot be installed here: it needs Node 20 and the registry of npm");
        try (PostgresDatabase warehouse = PostgresServer.shared().createDatabase();
                PostgresDatabase office = PostgresServer.shared().createDatabase();
                DirectusServer directus = DirectusServer.start(program, office, folder)) {
            warehouse.execute(WAREHOUSE.toArray(String[]::new));
            directus.ask("POST", "/collections", CONTACTS);
            project(warehouse, directus);
            Sluice sluice = Sluice.in(folder);

            assertThat(sluice.run("plan").expect(0).out()).contains("objects are found by email");
            String first = sluice.run("sync", "-o", "json").expect(0).out();
            assertThat(first)
                    .contains("\"rows_loaded\":" + (ROWS - POISONED), "\"rows_rejected\":" + POISONED)
                    .doesNotContain(directus.token());
            assertThat(office.number("SELECT count(*) FROM contacts")).isEqualTo(ROWS - POISONED);
            assertThat(sluice.run("rejects", "list").expect(0).out())
                    .contains("FAILED_VALIDATION", "RECORD_NOT_UNIQUE", "VALUE_TOO_LONG", "NOT_ALLOWED");

            mend(directus);
            sluice.run("rejects", "replay").expect(0);
            assertThat(office.query(THERE)).as("both sides are equal").isEqualTo(warehouse.query(SENT));

            String written = "SELECT count(*) FROM directus_activity";
            long before = office.number(written);
            String second = sluice.run("sync", "-o", "json").expect(0).out();
            assertThat(second).contains("\"rows_unchanged\":" + ROWS, "\"rows_rejected\":0");
            assertThat(office.number(written))
                    .as("an unchanged run writes nothing")
                    .isEqualTo(before);
        }
    }

    private void project(PostgresDatabase warehouse, DirectusServer directus) throws Exception {
        Files.writeString(folder.resolve("sluice.yaml"), """
            source: %s
            destination: {connector: directus, config: {url: "%s", token: "%s"}}
            streams:
              public.customers:
                object: contacts
                mode: full_refresh_upsert
                matching: [email]
                map:
                  email: mail
                  name: {expression: "first || ' ' || last"}
                  number: number
                  stage: stage
                  born: born
                  seen: seen
                  balance: balance
                  active: active
            """.formatted(
                        Endpoints.postgres(Endpoints.login(warehouse)), directus.url(), directus.token()));
    }

    /** From now on the office takes what it did not. */
    private static void mend(DirectusServer directus) throws Exception {
        directus.ask("PATCH", "/fields/contacts/email", "{\"meta\": {\"validation\": null}}");
        directus.ask("PATCH", "/fields/contacts/name", "{\"type\": \"string\", \"schema\": {\"max_length\": 100}}");
        directus.ask("PATCH", "/fields/contacts/number", "{\"type\": \"integer\", \"schema\": {\"is_unique\": false}}");
        directus.ask(
                "PATCH",
                "/fields/contacts/stage",
                "{\"meta\": {\"options\": {\"choices\": [{\"value\": \"lead\"}, {\"value\": \"customer\"}, {\"value\":"
                        + " \"unknown\"}]}}}");
    }
}
