package dev.sluice.dist.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.dist.product.Endpoints;
import dev.sluice.dist.product.ServerTest;
import dev.sluice.dist.product.Sluice;
import dev.sluice.testkit.fault.ChildProcess;
import dev.sluice.testkit.postgres.PostgresDatabase;
import dev.sluice.testkit.postgres.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows of a warehouse that become rows of tables of somebody else's, which have their own constraints. */
class ActivationTest {
    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init") // set before each test
    private PostgresDatabase warehouse;

    @SuppressWarnings("NullAway.Init") // set before each test
    private PostgresDatabase crm;

    @BeforeEach
    void prepare() {
        warehouse = PostgresServer.shared().createDatabase();
        crm = PostgresServer.shared().createDatabase();
        warehouse.execute(
                "CREATE TABLE customers (id int PRIMARY KEY, mail text, first text, last text, score text, tier text,"
                        + " at bigint NOT NULL)",
                "INSERT INTO customers SELECT n, 'c' || n || '@x.org', 'First' || n, 'Last' || n, n::text, 'gold', 1"
                        + " FROM generate_series(1, 1000) AS n");
        crm.execute(
                "CREATE SCHEMA crm",
                "CREATE TYPE crm.tier AS ENUM ('gold', 'silver')",
                "CREATE TABLE crm.contacts (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, email text NOT NULL"
                        + " UNIQUE, full_name varchar(40) NOT NULL, score int CHECK (score < 2000), tier crm.tier,"
                        + " origin text NOT NULL DEFAULT 'hand', phone text)",
                "INSERT INTO crm.contacts (email, full_name, phone) VALUES ('c1@x.org', 'By hand', '+41'),"
                        + " ('own@x.org', 'Not ours', null)");
    }

    @AfterEach
    void clear() {
        crm.close();
        warehouse.close();
    }

    private void project(String stream) throws IOException {
        Files.writeString(
                folder.resolve("sluice.yaml"),
                "source: " + Endpoints.postgres(Endpoints.login(warehouse)) + "\n"
                        + "destination: " + Endpoints.postgres(Endpoints.login(crm)) + "\n"
                        + "streams:\n  public.customers:\n" + stream.indent(4));
    }

    private static String mapping(String mode) {
        return """
            object: crm.contacts
            mode: %s
            cursor: at
            matching: [email]
            map:
              email: mail
              full_name: {expression: "first || ' ' || last"}
              score: score
              tier: tier
              origin: {constant: warehouse}
            """.formatted(mode);
    }

    @Test
    void rowsAreInsertedOrUpdatedAndWhatIsJustSoStaysUntouched() throws IOException {
        project(mapping("incremental_upsert"));
        Sluice.in(folder).run("sync").expect(0);

        assertThat(crm.query("SELECT count(*)::text FROM crm.contacts")).containsExactly(List.of("1001"));
        assertThat(crm.query("SELECT full_name, score::text, tier::text, origin, phone FROM crm.contacts"
                        + " WHERE email = 'c1@x.org'"))
                .as("what is mapped is written, what is not stays")
                .containsExactly(List.of("First1 Last1", "1", "gold", "warehouse", "+41"));
        assertThat(crm.query("SELECT full_name, origin FROM crm.contacts WHERE email = 'own@x.org'"))
                .containsExactly(List.of("Not ours", "hand"));

        String before = version();
        warehouse.execute(
                "UPDATE customers SET at = 2 WHERE id <= 500", "UPDATE customers SET tier = 'silver' WHERE id = 7");
        Sluice.Result second = Sluice.in(folder).run("sync", "-o", "json").expect(0);

        assertThat(second.out()).contains("\"rows_read\":500", "\"rows_unchanged\":499");
        assertThat(crm.query("SELECT count(*)::text FROM crm.contacts WHERE xmin::text <> '" + before + "'"))
                .as("only the row that differs was written")
                .isNotEmpty();
        assertThat(crm.query("SELECT tier::text FROM crm.contacts WHERE email = 'c7@x.org'"))
                .containsExactly(List.of("silver"));
    }

    private String version() {
        return String.valueOf(crm.query("SELECT xmin::text FROM crm.contacts WHERE email = 'c9@x.org'")
                .getFirst()
                .getFirst());
    }

    @Test
    void eachRowThatTheTableRefusesIsRejectedAloneAndCanBeSentAgain() throws IOException {
        warehouse.execute(
                "UPDATE customers SET score = '5000' WHERE id = 10", // the table refuses it
                "UPDATE customers SET score = 'many' WHERE id = 20", // no number
                "UPDATE customers SET tier = 'iron' WHERE id = 30", // not among the values of the type
                "UPDATE customers SET last = repeat('x', 50) WHERE id = 40", // too long
                "UPDATE customers SET mail = NULL WHERE id = 50"); // nothing to find it by
        project(mapping("full_refresh_upsert"));

        Sluice.Result first = Sluice.in(folder).run("sync", "-o", "json").expect(0);

        assertThat(first.out()).contains("\"rows_read\":1000", "\"rows_loaded\":995", "\"rows_rejected\":5");
        assertThat(crm.query("SELECT count(*)::text FROM crm.contacts WHERE origin = 'warehouse'"))
                .containsExactly(List.of("995"));
        Sluice.Result listed = Sluice.in(folder).run("rejects", "list").expect(0);
        assertThat(listed.out()).contains("REFUSED", "CANNOT_CONVERT", "NOT_ALLOWED", "REQUIRED");
        Sluice.Result shown = Sluice.in(folder).run("rejects", "show").expect(0);
        assertThat(shown.out()).contains("contacts_score_check", "c10@x.org");

        assertThat(shown.out())
                .as("as it came, and as it was mapped")
                .contains("\"first\":\"First10\"", "sent: {\"email\":\"c10@x.org\",\"full_name\":\"First10 Last10\"");

        project(mapping("full_refresh_upsert").replace("score: score", "score: {constant: 7}"));
        Sluice.in(folder).run("rejects", "replay", "--code", "CANNOT_CONVERT").expect(0);
        assertThat(crm.query("SELECT score::text FROM crm.contacts WHERE email = 'c20@x.org'"))
                .as("mapped anew from its source row")
                .containsExactly(List.of("7"));
        project(mapping("full_refresh_upsert").replace("first || ' ' || last", "first"));
        assertThat(Sluice.in(folder)
                        .run("rejects", "replay", "--code", "REFUSED")
                        .code())
                .as("the table still refuses one of them")
                .isEqualTo(4);
        assertThat(crm.query("SELECT full_name FROM crm.contacts WHERE email = 'c40@x.org'"))
                .as("refused by the table, and mapped anew")
                .containsExactly(List.of("First40"));
        assertThat(Sluice.in(folder).run("rejects", "show", "--code", "REFUSED").out())
                .as("what was sent the last time")
                .contains("sent: {\"email\":\"c10@x.org\",\"full_name\":\"First10\"");

        crm.execute("ALTER TABLE crm.contacts DROP CONSTRAINT contacts_score_check");
        assertThat(Sluice.in(folder)
                        .run("rejects", "replay", "--code", "REFUSED", "--dry-run")
                        .out())
                .as("what only the table can refuse is not known before")
                .contains("1 of 1 record would arrive");
        Sluice.in(folder).run("rejects", "replay", "--code", "REFUSED");
        assertThat(crm.query("SELECT score::text FROM crm.contacts WHERE email = 'c10@x.org'"))
                .containsExactly(List.of("5000"));
    }

    @Test
    void whatTheTableDoesNotTakeIsToldBeforeAnythingIsSent() throws IOException {
        project(mapping("full_refresh_upsert").replace("  full_name:", "  fullname:"));
        assertThat(Sluice.in(folder).run("plan").expect(2).err()
                        + Sluice.in(folder).run("plan").out())
                .contains("crm.contacts has no field fullname", "did you mean full_name?");

        project(mapping("full_refresh_upsert").replaceAll("  full_name:.*\n", ""));
        Sluice.Result missing = Sluice.in(folder).run("sync").expect(2);
        assertThat(missing.err()).contains("nothing is mapped to the field full_name", "takes no object without it");

        project(mapping("full_refresh_upsert").replace("[email]", "[phone]"));
        assertThat(Sluice.in(folder).run("sync").expect(2).err())
                .contains("objects cannot be found by phone", "the system finds them by email");

        project(mapping("full_refresh_overwrite"));
        assertThat(Sluice.in(folder).run("sync").expect(2).err())
                .contains("cannot be written in the mode full_refresh_overwrite", "full_refresh_mirror");
        assertThat(crm.query("SELECT count(*)::text FROM crm.contacts")).containsExactly(List.of("2"));
    }

    @Test
    void aPreviewShowsWhatWouldBeSentAndAServerSendsTheSame() throws IOException {
        warehouse.execute("DELETE FROM customers WHERE id > 3", "UPDATE customers SET score = 'many' WHERE id = 2");
        project(mapping("full_refresh_upsert").replace("score: score", "score: {field: score, nulls: keep}"));
        Sluice.Result preview = Sluice.in(folder).run("preview").expect(0);
        assertThat(preview.out())
                .contains("full_name", "First1 Last1", "warehouse")
                .doesNotContain("First2");
        assertThat(preview.out() + preview.err()).contains("the field score");

        try (ChildProcess server = Sluice.in(folder).start("server", "--port", "0", "--data", "data")) {
            Sluice sluice = Sluice.in(folder).with("SLUICE_SERVER", ServerTest.address(server));
            Files.copy(folder.resolve("sluice.yaml"), folder.resolve("right.yaml"));
            project(mapping("full_refresh_upsert").replaceAll("  full_name:.*\n", ""));
            assertThat(sluice.run("apply", "sluice.yaml", "--yes").expect(2).err())
                    .contains("nothing is mapped to the field full_name");
            Files.move(
                    folder.resolve("right.yaml"), folder.resolve("sluice.yaml"), StandardCopyOption.REPLACE_EXISTING);
            sluice.run("apply", "sluice.yaml", "--yes").expect(0);
            sluice.run("diff", "sluice.yaml", "--exit-code").expect(0);
            sluice.run("export", "--out", "exported.yaml").expect(0);
            assertThat(Files.readString(folder.resolve("exported.yaml")))
                    .contains("object: crm.contacts", "email: mail", "expression: first", "nulls: keep");
        }
    }

    @Test
    void anUpdateMakesNoObjectsAndADeleteTakesOnlyWhatItNames() throws IOException {
        project(mapping("full_refresh_update"));
        Sluice.Result updated = Sluice.in(folder).run("sync", "-o", "json").expect(0);
        assertThat(updated.out()).contains("\"rows_loaded\":1,", "\"rows_rejected\":999", "NOT_FOUND");
        assertThat(crm.query("SELECT full_name FROM crm.contacts ORDER BY id"))
                .containsExactly(List.of("First1 Last1"), List.of("Not ours"));

        project("""
            object: crm.contacts
            mode: full_refresh_delete
            matching: [email]
            map: {email: mail}
            """);
        Files.delete(folder.resolve(".sluice").resolve("sluice.db")); // another wish under the same name begins anew
        Sluice.in(folder).run("sync").expect(0);
        assertThat(crm.query("SELECT full_name FROM crm.contacts")).containsExactly(List.of("Not ours"));
    }

    @Test
    void anInsertThatIsKilledGoesOnAndInsertsNoRowTwice() throws IOException {
        project(mapping("full_refresh_insert").replaceAll("matching:.*\n", ""));
        crm.execute("DELETE FROM crm.contacts", "ALTER TABLE crm.contacts DROP CONSTRAINT contacts_email_key");
        for (String cut : List.of("before-object-commit", "after-commit", "before-publish", "after-publish")) {
            Sluice.in(folder).cutAt(cut).run("sync").expect(Sluice.KILLED);
        }
        Sluice.in(folder).run("sync").expect(0);
        assertThat(crm.query("SELECT count(*)::text, count(DISTINCT email)::text FROM crm.contacts"))
                .containsExactly(List.of("1000", "1000"));
    }

    @Test
    void whoseStateIsGoneIsNotLetToInsertEverythingOnceMore() throws IOException {
        project(mapping("full_refresh_insert").replaceAll("matching:.*\n", ""));
        Sluice.in(folder).run("sync").expect(0);
        Files.delete(folder.resolve(".sluice").resolve("sluice.db"));

        assertThat(Sluice.in(folder).run("sync").err()).contains("E_OBJECT_INSERTED", "--take-over");
        assertThat(crm.query("SELECT count(*)::text FROM crm.contacts")).containsExactly(List.of("1001"));
    }

    @Test
    void rulesOfTheOwnerHoldAndTooManyRefusalsStop() throws IOException {
        crm.execute(
                "CREATE TABLE crm.tiers (name crm.tier PRIMARY KEY)",
                "INSERT INTO crm.tiers VALUES ('gold')",
                "ALTER TABLE crm.contacts ADD CONSTRAINT known_tier FOREIGN KEY (tier) REFERENCES crm.tiers"
                        + " DEFERRABLE INITIALLY DEFERRED",
                "CREATE FUNCTION crm.no_nines() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                        + " IF NEW.score = 999 THEN RAISE EXCEPTION 'nobody has 999'; END IF; RETURN NEW; END $$",
                "CREATE TRIGGER nines BEFORE INSERT ON crm.contacts FOR EACH ROW EXECUTE FUNCTION crm.no_nines()");
        warehouse.execute("UPDATE customers SET tier = 'silver' WHERE id = 5");
        project(mapping("full_refresh_upsert"));
        Sluice.Result upserted = Sluice.in(folder).run("sync", "-o", "json").expect(0);
        assertThat(upserted.out()).contains("\"rows_loaded\":998", "\"rows_rejected\":2");
        assertThat(Sluice.in(folder).run("rejects", "show").out()).contains("known_tier", "nobody has 999");

        crm.execute("DELETE FROM crm.contacts");
        project(mapping("full_refresh_update") + "rejects: {max: 10}\n");
        assertThat(Sluice.in(folder).run("sync").err()).contains("records were rejected, and");
        project(mapping("full_refresh_update"));
        Sluice.Result none = Sluice.in(folder).run("sync");
        assertThat(none.code()).as("no green tick").isNotZero();
        assertThat(none.err()).contains("E_ALL_REJECTED", "no object was written");
    }

    @Test
    void clearingForgetsWhatWasSentAndDeletesNothing() throws IOException {
        project(mapping("full_refresh_upsert"));
        Sluice.in(folder).run("sync").expect(0);
        Sluice.in(folder).run("clear", "--stream", "public.customers", "--yes");

        assertThat(crm.query("SELECT count(*)::text FROM crm.contacts")).containsExactly(List.of("1001"));
        assertThat(Sluice.in(folder).run("sync", "-o", "json").expect(0).out()).contains("\"rows_unchanged\":1000");
    }
}
