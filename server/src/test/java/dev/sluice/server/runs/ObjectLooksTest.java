package dev.sluice.server.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.plan.FieldSuggestions;
import dev.sluice.engine.plan.ObjectCheck;
import dev.sluice.server.actors.Actor;
import dev.sluice.server.connections.Connection;
import dev.sluice.server.connections.ConnectionStream;
import dev.sluice.server.connections.DestinationObjects.Tried;
import dev.sluice.server.definitions.ConnectorKind;
import dev.sluice.server.jobs.Job;
import dev.sluice.server.jobs.JobKind;
import dev.sluice.server.jobs.JobStatus;
import dev.sluice.server.jobs.Limits;
import dev.sluice.server.schemas.Schemas;
import dev.sluice.server.schemas.SourceSamples.Mapped;
import dev.sluice.server.store.Dialect;
import dev.sluice.server.store.Json;
import dev.sluice.server.store.TestStore;
import dev.sluice.spi.catalog.Catalog;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.type.Field;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A table that is there already: what it takes is told, tried without writing, and sent by a job. */
class ObjectLooksTest {
    private static final StreamId USERS = StreamId.of("users");
    private static final String MAPPED = """
        {"destinationObjectName": "main.contacts", "matchingKey": ["email"], "mappedFields": [
          {"to": "email", "field": "email"}, {"to": "share", "expression": "120 / (id % 4)"},
          {"to": "origin", "constant": "sample"}]}\
        """;

    private final TestStore opened = TestStore.open(Dialect.SQLITE);
    private final Workshop workshop = new Workshop(opened.store(), Limits.USUAL);
    private final ObjectLooks objects = workshop.objects(Duration.ofSeconds(30));

    @TempDir
    Path directory;

    @BeforeEach
    void prepare() throws SQLException {
        sql("CREATE TABLE contacts (email text NOT NULL PRIMARY KEY, share integer NOT NULL, origin text) STRICT");
    }

    @AfterEach
    void close() {
        workshop.close();
        opened.close();
    }

    private String path() {
        return directory.resolve("crm.sqlite").toString();
    }

    private long sql(String statement) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + path());
                var running = connection.createStatement()) {
            return running.execute(statement) ? running.getResultSet().getLong(1) : 0;
        }
    }

    private static ConnectionStream stream(String settings) {
        return new ConnectionStream(USERS, true, "full_refresh_upsert", new Json(settings));
    }

    @Test
    void aMappingIsToldTriedAndRun() throws SQLException {
        Actor source = workshop.actor(ConnectorKind.SOURCE, "sample", Map.of("count", 40));
        Actor crm = workshop.actor(ConnectorKind.DESTINATION, "sqlite", Map.of("path", path()));
        assertThat(objects.of(crm.id(), "main.contacts"))
                .extracting(operation -> ObjectCheck.method(operation.method()))
                .contains("insert", "upsert", "update");
        workshop.look(source, JobKind.DISCOVER);
        Catalog catalog = opened.store()
                .read(transaction -> new Schemas(Clock.systemUTC()).newest(transaction, source.id()))
                .orElseThrow()
                .catalog();
        assertThat(objects.suggest(crm.id(), catalog.find(USERS).orElseThrow(), "main.contacts", "upsert"))
                .contains(new FieldSuggestions.Suggestion("email", "email", 1));
        assertThat(objects.check(crm.id(), catalog, List.of(stream(MAPPED)))).isEmpty();
        assertThat(objects.check(crm.id(), catalog, List.of(stream(MAPPED.replace("\"share\"", "\"shares\"")))))
                .singleElement()
                .satisfies(refused -> assertThat(refused.mistakes())
                        .extracting(mistake -> mistake.problem().code())
                        .containsExactly("E_OBJECT_FIELD", "E_OBJECT_REQUIRED"));

        Tried tried = objects.preview(source.id(), crm.id(), stream(MAPPED), 8);
        assertThat(tried.sent()).extracting(Field::name).containsExactly("email", "share", "origin");
        assertThat(tried.rows()).hasSize(8);
        assertThat(tried.rows().getFirst().sent()).endsWith("120", "sample");
        assertThat(tried.rows().get(3).rejection())
                .as("the fourth row divides by zero")
                .isNotNull()
                .extracting(rejection -> rejection.field())
                .isEqualTo("share");
        assertThat(sql("SELECT count(*) FROM contacts"))
                .as("nothing is written")
                .isZero();

        Connection connection = workshop.connection(source, crm, stream(MAPPED));
        Mapped sample = workshop.samples(Duration.ofSeconds(30)).ofConnection(connection.id(), USERS, 3);
        assertThat(sample.after().fields()).extracting(Field::name).containsExactly("email", "share", "origin");
        Job job = workshop.run(connection, JobKind.SYNC, Json.EMPTY);
        assertThat(workshop.lastAttempt(job).failure()).isNull();
        assertThat(job.status()).isEqualTo(JobStatus.SUCCEEDED);
        assertThat(sql("SELECT count(*) FROM contacts WHERE origin = 'sample'")).isEqualTo(30);
        assertThat(job.totals().rejected()).isEqualTo(10);
    }
}
