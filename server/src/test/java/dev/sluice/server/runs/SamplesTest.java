package dev.sluice.server.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.server.actors.Actor;
import dev.sluice.server.connections.Connection;
import dev.sluice.server.connections.ConnectionStream;
import dev.sluice.server.definitions.ConnectorKind;
import dev.sluice.server.jobs.Limits;
import dev.sluice.server.schemas.SourceSamples.Mapped;
import dev.sluice.server.schemas.SourceSamples.Sample;
import dev.sluice.server.store.Dialect;
import dev.sluice.server.store.Json;
import dev.sluice.server.store.TestStore;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.type.Field;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first rows of a stream are shown as they are, as mappers make them, and not for longer than anybody waits. */
class SamplesTest {
    private static final StreamId USERS = StreamId.of("users");

    private final TestStore opened = TestStore.open(Dialect.SQLITE);
    private final Workshop workshop = new Workshop(opened.store(), Limits.USUAL);
    private final Samples samples = workshop.samples(Duration.ofSeconds(30));

    @TempDir
    Path directory;

    @AfterEach
    void close() {
        workshop.close();
        opened.close();
    }

    private Actor source() {
        return workshop.actor(ConnectorKind.SOURCE, "sample", Map.of("count", 100));
    }

    @Test
    void showsTheFirstRowsAsTheyAre() {
        Sample sample = samples.ofSource(source().id(), USERS, 3);

        assertThat(sample.fields()).extracting(Field::name).contains("id", "email");
        assertThat(sample.rows())
                .hasSize(3)
                .allSatisfy(row -> assertThat(row).hasSize(sample.fields().size()));
        assertThat(sample.rows()).extracting(row -> row.getFirst()).containsExactly("1", "2", "3");
        assertThat(sample.problems()).isEmpty();
    }

    @Test
    void showsWhatMappersMakeOfThem() {
        Actor lake = workshop.actor(
                ConnectorKind.DESTINATION,
                "sqlite",
                Map.of("path", directory.resolve("lake.sqlite").toString()));
        Connection connection = workshop.connection(
                source(),
                lake,
                new ConnectionStream(
                        USERS,
                        true,
                        "full_refresh_overwrite",
                        new Json(
                                "{\"mappers\":[{\"type\":\"hashing\",\"mapperConfiguration\":{\"targetField\":\"email\",\"method\":\"SHA-256\",\"fieldNameSuffix\":\"_hashed\"}}]}")));

        Mapped mapped = samples.ofConnection(connection.id(), USERS, 2);

        assertThat(mapped.before().fields())
                .extracting(Field::name)
                .contains("email")
                .doesNotContain("email_hashed");
        assertThat(mapped.after().fields())
                .extracting(Field::name)
                .contains("email_hashed")
                .doesNotContain("email");
        assertThat(mapped.after().rows()).hasSize(2);
    }

    @Test
    void saysThatAStreamIsNotThere() {
        Actor source = source();

        assertThatThrownBy(() -> samples.ofSource(source.id(), StreamId.of("nobody"), 3))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        failure -> assertThat(failure.problem().code()).isEqualTo("E_STREAM_NOT_FOUND"));
    }

    @Test
    void waitsForNobodyForLong() {
        Actor source = source();

        assertThatThrownBy(() -> workshop.samples(Duration.ZERO).ofSource(source.id(), USERS, 3))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        failure -> assertThat(failure.problem().code()).isEqualTo("E_SAMPLE_TIMEOUT"));
    }
}
