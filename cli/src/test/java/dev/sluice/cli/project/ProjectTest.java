package dev.sluice.cli.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.engine.connection.ConnectionRules;
import dev.sluice.engine.connection.FieldSelection;
import dev.sluice.engine.connection.Intent;
import dev.sluice.engine.connection.NamespaceRule;
import dev.sluice.engine.connection.RejectLimit;
import dev.sluice.engine.connection.RejectRules;
import dev.sluice.engine.connection.RejectRules.Policy;
import dev.sluice.engine.connection.RejectRules.Strict;
import dev.sluice.engine.connection.RetryLimits;
import dev.sluice.engine.connection.RunLimits;
import dev.sluice.engine.connection.SchemaRule;
import dev.sluice.engine.connection.StreamMode;
import dev.sluice.engine.connection.StreamSettings;
import dev.sluice.engine.shelf.RejectFormat;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProjectTest {
    private static final String LONG = """
        sources:
          shop:
            connector: postgres
            config: {host: db.example, port: 5432, password: "${SHOP_PASSWORD}", ssl: true}
        destinations:
          lake:
            connector: duckdb
            config: {path: shop.duckdb}
        connections:
          shop-to-lake:
            source: shop
            destination: lake
            schedule: {cron: "0 0 * * * ?", timezone: UTC}
            namespace: {custom: "raw_${SOURCE_NAMESPACE}"}
            prefix: p_
            tags: [finance]
            schemaChanges: propagate_columns
            streams:
              public.orders: {mode: incremental_append_deduped, cursor: updated_at, primaryKey: [id]}
              public.customers: {mode: full_refresh_overwrite, fields: {exclude: [notes]}, as: clients, lossy: accept}
              'log.*':
        """;

    @TempDir
    Path directory;

    @Test
    void readsTheFormOfManyConnections() throws IOException {
        ConnectionEntry connection = read(LONG).chosen((String) null);

        assertThat(connection.name()).isEqualTo("shop-to-lake");
        assertThat(connection.source().connector()).isEqualTo("postgres");
        assertThat(connection.naming())
                .isEqualTo(new ConnectionEntry.Naming(new NamespaceRule.Custom("raw_${SOURCE_NAMESPACE}"), "p_"));
        assertThat(connection.streams())
                .extracting(StreamSettings::pattern)
                .containsExactly("public.orders", "public.customers", "log.*");
        StreamSettings orders = connection.streams().getFirst();
        assertThat(orders.mode()).isEqualTo(StreamMode.INCREMENTAL_APPEND_DEDUPED);
        assertThat(String.valueOf(orders.cursor())).isEqualTo("updated_at");
        assertThat(orders.primaryKey()).extracting(Object::toString).containsExactly("id");
        StreamSettings customers = connection.streams().get(1);
        assertThat(customers.fields()).isEqualTo(new FieldSelection.Exclude(List.of("notes")));
        assertThat(customers.alias()).isEqualTo("clients");
        assertThat(customers.rows().lossyAccepted()).isTrue();
        assertThat(connection.automation().notes()).singleElement().asString().contains("schedule");
    }

    @Test
    void readsTheFormOfOneConnection() throws IOException {
        ConnectionEntry connection = read("""
            version: 1
            connection: shop
            source: {connector: postgres, config: {host: db}}
            destination: {connector: duckdb, config: {path: ./shop.db}}
            intent: replicate
            schema_changes: pause
            backfill: true
            retries: 2
            timeouts: {source: 30min, run: 2d}
            streams:
              - name: public.orders
                mode: incremental_dedup
                primary_key: [id]
                cursor: updated_at
              - public.customers
            namespace: {mode: custom, format: "raw_${SOURCE_NAMESPACE}"}
            """).chosen((String) null);

        assertThat(connection.name()).isEqualTo("shop");
        assertThat(connection.naming().namespace()).isInstanceOf(NamespaceRule.Custom.class);
        assertThat(connection.streams())
                .extracting(StreamSettings::pattern)
                .containsExactly("public.orders", "public.customers");
        assertThat(connection.streams().getFirst().primaryKey()).hasSize(1);
        RunLimits limits = new RunLimits(
                RetryLimits.of(2), Duration.ofMinutes(30), RunLimits.USUAL.destinationSilence(), Duration.ofDays(2));
        assertThat(connection.rules())
                .isEqualTo(new ConnectionRules(
                        Intent.REPLICATE, false, SchemaRule.PAUSE, true, limits, RejectRules.USUAL));
    }

    @Test
    void readsWhatBecomesOfRecordsThatCannotBeMoved() throws IOException {
        ConnectionEntry connection = read("""
            source: {connector: a}
            destination: {connector: b}
            rejects: {policy: quarantine, max: 100, maxPercent: 0.5}
            strict: fail
            streams:
              usual:
              marked: {rejects: annotate, strict: false}
              few: {rejects: {max: 3}, strict: true}
              none: {rejects: stop}
            """).chosen((String) null);

        RejectLimit limit = new RejectLimit(100L, 0.5);
        assertThat(connection.rules().rejects()).isEqualTo(new RejectRules(Policy.QUARANTINE, limit, Strict.FAIL));
        assertThat(connection.streams())
                .extracting(stream -> stream.rows().rejects())
                .containsExactly(
                        null,
                        new RejectRules(Policy.ANNOTATE, limit, Strict.OFF),
                        new RejectRules(Policy.QUARANTINE, new RejectLimit(3L, 0.5), Strict.REJECT),
                        new RejectRules(Policy.STOP, limit, Strict.FAIL));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rejects: keep | `keep` is not a value of `rejects`",
                "rejects: {most: 3} | `most` is not a setting of `rejects`",
                "rejects: {notify: -1} | `notify` takes a number of records",
                "rejects: {max: -1} | `max` takes a number of records",
                "rejects: {maxPercent: 101} | `maxPercent` takes a number from 0 to 100",
                "strict: maybe | `maybe` is not a value of `strict`",
                "rejects: annotate, strict: true | `rejects: annotate` and `strict` contradict each other"
            })
    void refusesRulesForRejectedRecordsThatMeanNothing(String setting, String message) {
        String text = "source: {connector: a}\ndestination: {connector: b}\nstreams: {s: {" + setting + "}}\n";

        assertThat(problemOf(() -> read(text)).message()).isEqualTo(message);
    }

    @Test
    void readsWhereRejectedRecordsGoAsFiles() throws IOException {
        String ends = "source: {connector: a}\ndestination: {connector: b}\n";
        RejectShelf inline = read(ends + "rejects: {notify: 3, store: {connector: file}, format: jsonl}\n")
                .chosen((String) null)
                .rejects();
        assertThat(inline)
                .isNotNull()
                .satisfies(shelf -> assertThat(shelf.format()).isEqualTo(RejectFormat.JSONL))
                .satisfies(shelf -> assertThat(shelf.destination().connector()).isEqualTo("file"));
        assertThat(read(ends).chosen((String) null).rejects()).isNull();
        assertThat(problemOf(() -> read(ends + "rejects: {format: csv}\n")).message())
                .isEqualTo("`format` is that of files, and no `store` says where they go");
        assertThat(problemOf(() -> read(ends + "rejects: {store: nowhere}\n")).message())
                .isEqualTo("there is no destination nowhere");
    }

    @Test
    void takesAllStreamsWhenNoneIsNamed() throws IOException {
        String bare = "source: {connector: a}\ndestination: {connector: b}\n";
        assertThat(read(bare).chosen((String) null).streams()).containsExactly(StreamSettings.of("*"));
        assertThat(read(bare + "streams: '*'\n").chosen((String) null).streams())
                .containsExactly(StreamSettings.of("*"));
    }

    @Test
    void aConnectorMayBeAProgramThatComesFromElsewhere() throws IOException {
        Project project = read("""
            sources:
              people:
                connector: {command: [./source, "${FAST}"]}
                config: {key: "${KEY}"}
            """);
        EndpointEntry people = project.sources().get("people");
        assertThat(Objects.requireNonNull(people).connector()).isEqualTo("airbyte");
        References references = new References(Map.of("FAST", "--fast", "KEY", "k-1"), directory, secret -> {});
        assertThat(people.config(references).values())
                .isEqualTo(Map.of("command", List.of("./source", "--fast"), "config", Map.of("key", "k-1")));
    }

    @Test
    void resolvesReferencesOnlyWhenTheyAreNeededAndTellsOfSecrets() throws IOException {
        EndpointEntry shop = read(LONG).chosen((String) null).source();
        List<String> secrets = new ArrayList<>();
        References references = new References(Map.of("SHOP_PASSWORD", "hunter22"), directory, secrets::add);

        assertThat(shop.config(references).values())
                .containsExactly(
                        Map.entry("host", "db.example"),
                        Map.entry("port", 5432L),
                        Map.entry("password", "hunter22"),
                        Map.entry("ssl", true));
        assertThat(secrets).containsExactly("hunter22");
    }

    @Test
    void namesTheVariableThatIsMissing() throws IOException {
        EndpointEntry shop = read(LONG).chosen((String) null).source();
        Problem problem = problemOf(() -> shop.config(new References(Map.of(), directory, secret -> {})));

        assertThat(problem.code()).isEqualTo("E_VARIABLE_MISSING");
        assertThat(problem.message()).isEqualTo("the environment variable SHOP_PASSWORD is not set");
        assertThat(problem.where()).isEqualTo("sluice.yaml:4:54");
    }

    @Test
    void choosesConnectionsByName() throws IOException {
        Project project = read(LONG);
        assertThat(project.chosen(List.of("shop-to-lake"))).hasSize(1);
        assertThat(problemOf(() -> project.chosen("shop-to-lak")).fix()).isEqualTo("did you mean shop-to-lake?");
        assertThat(problemOf(() -> read("sources: {}").chosen(List.of())).message())
                .contains("no connection");
        assertThat(project.baseName()).isEqualTo("sluice");
    }

    @Test
    void saysThatThereIsNoSuchFile() {
        Problem problem = problemOf(() -> Project.read(directory.resolve("none.yaml"), "none.yaml"));
        assertThat(problem.message()).isEqualTo("there is no such project file");
        assertThat(problem.kind()).isEqualTo(ProblemKind.CONFIG);
        assertThat(problemOf(() -> Project.read(directory, "dir")).why()).isEqualTo("it is a directory");
    }

    private Project read(String text) throws IOException {
        Path file = directory.resolve("sluice.yaml");
        Files.writeString(file, text);
        return Project.read(file, "sluice.yaml");
    }

    static Problem problemOf(ThrowingCallable action) {
        Problem[] caught = new Problem[1];
        assertThatThrownBy(action)
                .isInstanceOfSatisfying(ProblemException.class, thrown -> caught[0] = thrown.problem());
        return caught[0];
    }

    @Test
    void aManifestDefinesTheConnectorOfASource() throws IOException {
        Path file = Files.writeString(directory.resolve("sluice.yaml"), """
            sources:
              hn: {connector: {manifest: hn.yaml}, config: {a: 1}}
              shop: {connector: postgres}
            """);
        Project project = Project.read(file, "sluice.yaml");
        assertThat(Objects.requireNonNull(project.sources().get("hn")).manifest())
                .contains("hn.yaml");
        assertThat(Objects.requireNonNull(project.sources().get("shop")).manifest())
                .isEmpty();
    }
}
