package dev.sluice.cli.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.connection.StreamSettings;
import dev.sluice.engine.map.MapperSetting;
import dev.sluice.engine.map.MapperSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What project files say of mappers, each in all its forms. */
class MapperReaderTest {
    @TempDir
    Path directory;

    @Test
    void readsEachKindInItsForms() throws IOException {
        StreamSettings stream = read("""
            source: {connector: postgres, config: {host: db}}
            destination: {connector: duckdb, config: {path: lake.db}}
            streams:
              people:
                fields: {include: [id, email, phone], hash: phone}
                mappers:
                  - hash: email
                  - hash: [a, b]
                  - hash: {field: c, method: SHA-512, suffix: _x, key: "${PEPPER}"}
                  - rename: {field: city, to: town}
                  - remove: [notes, photo]
                  - encrypt: {field: iban, algorithm: AES, key: "${AES_KEY}"}
                  - encrypt: {field: iban2, algorithm: AES, key: "00", mode: CBC, suffix: _e}
                  - encrypt: {field: ssn, algorithm: RSA, publicKey: "${file:key.pem}", padding: OAEP}
                  - filter: country = 'CH' and age >= 18
                  - compute: {field: total, value: price * quantity}
                  - compute: {field: name, value: trim(name), replace: true}
                  - select: {field: address, keep: [city, geo.lat]}
            """).getFirst();

        assertThat(stream.rows().mappers())
                .extracting(setting -> setting.spec().words())
                .containsExactly(
                        "hash phone as phone_hashed (SHA-256)",
                        "hash email as email_hashed (SHA-256)",
                        "hash a as a_hashed (SHA-256)",
                        "hash b as b_hashed (SHA-256)",
                        "hash c as c_x (keyed SHA-512)",
                        "rename city to town",
                        "remove notes",
                        "remove photo",
                        "encrypt iban as iban_encrypted (AES/GCM/NoPadding)",
                        "encrypt iban2 as iban2_e (AES/CBC/PKCS5Padding)",
                        "encrypt ssn as ssn_encrypted (RSA with OAEP)",
                        "keep rows where country = 'CH' and age >= 18",
                        "compute total = price * quantity",
                        "replace name = trim(name)",
                        "keep of address only city, geo.lat");
        assertThat(stream.rows().mappers()).extracting(MapperSetting::place).contains("test.yaml:7:9");
    }

    @Test
    void readsConditions() throws IOException {
        List<StreamSettings> streams = read("""
            source: {connector: postgres, config: {host: db}}
            destination: {connector: duckdb, config: {path: lake.db}}
            streams:
              a: {mappers: [{filter: {field: n, equals: 5}}]}
              b: {mappers: [{filter: {and: [{field: n, atLeast: 1}, {not: {field: m, isNull: true}}]}}]}
              c: {mappers: [{filter: {or: [{field: n, in: [1, 2]}, {field: m, notEquals: x}]}}]}
              d: {mappers: [{filter: {not: [{field: n, less: 1}, {field: n, greater: 2}]}}]}
            """);

        assertThat(streams)
                .extracting(stream -> stream.rows().mappers().getFirst().spec().words())
                .containsExactly(
                        "keep rows where n = '5'",
                        "keep rows where (n >= '1' and not (m is null))",
                        "keep rows where (n in ('1', '2') or m <> 'x')",
                        "keep rows where not (n < '1' or n > '2')");
    }

    @Test
    void resolvesSecretsAndTellsOfThem() throws IOException {
        Project project = project("""
            source: {connector: postgres, config: {host: db}}
            destination: {connector: duckdb, config: {path: lake.db}}
            streams:
              a:
                mappers:
                  - hash: {field: b, key: "${PEPPER}-1"}
                  - hash: {field: c, key: plain text}
            """);
        List<String> told = new ArrayList<>();
        References references = new References(Map.of("PEPPER", "black pepper"), directory, told::add);

        List<MapperSetting> mappers = project.chosen((String) null)
                .streams(references)
                .getFirst()
                .rows()
                .mappers();

        assertThat(told).contains("black pepper", "black pepper-1", "plain text");
        assertThat(mappers)
                .extracting(setting -> setting.spec().toString())
                .allMatch(text -> text.contains("******") && !text.contains("pepper") && !text.contains("plain"));
        assertThat(mappers.getFirst().spec())
                .isEqualTo(project("""
                    source: {connector: postgres, config: {host: db}}
                    destination: {connector: duckdb, config: {path: lake.db}}
                    streams: {a: {mappers: [{hash: {field: b, key: black pepper-1}}]}}
                    """)
                        .chosen((String) null)
                        .streams()
                        .getFirst()
                        .rows()
                        .mappers()
                        .getFirst()
                        .spec());
        assertThat(mappers.getFirst().spec()).isInstanceOf(MapperSpec.Hash.class);
    }

    private List<StreamSettings> read(String text) throws IOException {
        return project(text).chosen((String) null).streams();
    }

    private Project project(String text) throws IOException {
        Path file = directory.resolve("test.yaml");
        Files.writeString(file, text);
        return Project.read(file, "test.yaml");
    }
}
