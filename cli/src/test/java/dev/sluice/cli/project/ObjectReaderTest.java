package dev.sluice.cli.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.engine.connection.ObjectSettings;
import dev.sluice.engine.connection.StreamMode;
import dev.sluice.engine.connection.StreamSettings;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What project files say of rows that become objects. */
class ObjectReaderTest {
    @TempDir
    Path directory;

    @Test
    void readsWhereEachFieldComesFrom() throws IOException {
        StreamSettings stream = read("""
            object: crm.contacts
            mode: incremental_upsert
            matching: [email]
            nulls: keep
            map:
              email: mail
              name: {expression: "first || last", nulls: clear}
              origin: {constant: shop}
              rank: {constant: 7}
              active: {constant: true}
              phone: {field: phone}
            """);

        ObjectSettings objects = Objects.requireNonNull(stream.rows().object());
        assertThat(stream.mode()).isEqualTo(StreamMode.INCREMENTAL_APPEND_DEDUPED);
        assertThat(objects.object()).isEqualTo("crm.contacts");
        assertThat(objects.matching()).containsExactly("email");
        assertThat(objects.fields())
                .extracting(field -> field.to() + " = " + field.from().words() + ", " + field.nulls())
                .containsExactly(
                        "email = mail, KEEP",
                        "name = first || last, CLEAR",
                        "origin = constant shop, KEEP",
                        "rank = constant 7, KEEP",
                        "active = constant true, KEEP",
                        "phone = phone, KEEP");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "map: {a: b}|stands without an `object`",
                "{object: c, map: {a: {field: b, constant: c}}}|needs one origin",
                "{object: c, map: {a: {}}}|needs one origin",
                "{object: c, map: {a: {filed: b}}}|filed",
                "{object: c}|map",
                "{object: c, map: {a: b}, nulls: never}|nulls",
            })
    void saysWhatIsWrong(String stream, String words) {
        Problem problem =
                catchThrowableOfType(ProblemException.class, () -> read(stream)).problem();

        assertThat(problem.message() + " " + problem.why()).contains(words);
        assertThat(problem.where()).contains("sluice.yaml:");
    }

    private StreamSettings read(String stream) throws IOException {
        Path file = directory.resolve("sluice.yaml");
        Files.writeString(file, """
            source: {connector: postgres, config: {host: db}}
            destination: {connector: postgres, config: {host: crm}}
            streams:
              people:
            """ + stream.indent(4));
        return Project.read(file, "sluice.yaml").chosen((String) null).streams().getFirst();
    }
}
