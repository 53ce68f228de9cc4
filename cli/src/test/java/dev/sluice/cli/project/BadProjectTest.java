package dev.sluice.cli.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Project files that somebody got wrong: one clear error each, with its place. */
class BadProjectTest {
    private static final String ENDS = "source: {connector: a}\ndestination: {connector: b}\n";

    @TempDir
    Path directory;

    static Stream<Arguments> mistakes() {
        return Stream.of(
                bad("", "1:1", "is empty"),
                bad("- a\n", "1:1", "a project file is a group of settings"),
                bad("sources: [\n", "2:1", "not valid YAML"),
                bad("sources:\n\tshop: {}\n", "2:1", "not valid YAML"),
                bad("sources:\n  a: {connector: x}\n  a: {connector: y}\n", "3:3", "`a` is there twice"),
                bad("sorces: {}\n", "1:1", "`sorces` is not a setting of a project file"),
                bad("version: 2\n", "1:10", "project files of version 1"),
                bad("sources:\n  s: {conector: x}\n", "2:7", "`conector` is not a setting of a source"),
                bad("sources:\n  s: {config: {}}\n", "2:6", "the source s needs `connector`"),
                bad(
                        "sources:\n  s: {connector: {svn: img}}\n",
                        "2:18",
                        "a connector is a name, or one of command, docker, pypi, npm, or the manifest of a source"),
                bad("sources:\n  s: {connector: {docker: img, npm: x}}\n", "2:18", "a connector is a name"),
                bad("destinations:\n  d: {connector: {manifest: m.yaml}}\n", "2:18", "a connector is a name"),
                bad("sources:\n  s: {connector: [x]}\n", "2:18", "`connector` takes a text"),
                bad("sources:\n  '$s': {connector: x}\n", "2:3", "the name of a source"),
                bad("connections:\n  c: {source: s, destination: d}\n", "2:15", "there is no source s"),
                bad(ENDS + "namespace: sorce\n", "3:12", "`sorce` is not a value of `namespace`"),
                bad(ENDS + "namespace: {custom: 'x${HOME}'}\n", "3:21", "one reference"),
                bad(ENDS + "intent: apend\n", "3:9", "`apend` is not a value of `intent`"),
                bad(ENDS + "schemaChanges: ignor\n", "3:16", "`ignor` is not a value of `schemaChanges`"),
                bad(ENDS + "backfill: maybe\n", "3:11", "`maybe` is not a value of `backfill`"),
                bad(ENDS + "retries: often\n", "3:10", "`retries` takes a number from 0 to 1000"),
                bad(ENDS + "timeouts: {run: 3 weeks}\n", "3:17", "`run` takes a duration"),
                bad(ENDS + "timeouts: {sorce: 3h}\n", "3:12", "`sorce` is not a setting of `timeouts`"),
                bad(ENDS + "schedule: {crn: x}\n", "3:12", "`crn` is not a setting of a schedule"),
                bad(
                        ENDS + "streams: {t: {mode: incremental_apend}}\n",
                        "3:21",
                        "`incremental_apend` is not a sync mode"),
                bad(ENDS + "streams: {t: {mapers: []}}\n", "3:15", "`mapers` is not a setting of a stream"),
                bad(ENDS + "streams: {t: {mappers: {hash: e}}}\n", "3:24", "takes a list"),
                bad(ENDS + "streams: {t: {mappers: [{hsah: e}]}}\n", "3:26", "there is no mapper `hsah`"),
                bad(ENDS + "streams: {t: {mappers: [{hash: e, remove: f}]}}\n", "3:25", "a mapper has one kind"),
                bad(ENDS + "streams: {t: {mappers: [{hash: {method: MD5}}]}}\n", "3:32", "needs `field`"),
                bad(ENDS + "streams: {t: {mappers: [{hash: {field: e, method: MD7}}]}}\n", "3:51", "MD7"),
                bad(ENDS + "streams: {t: {mappers: [{encrypt: {field: e, algorithm: DES}}]}}\n", "3:57", "DES"),
                bad(ENDS + "streams: {t: {mappers: [{filter: {field: e}}]}}\n", "3:34", "compares `field`"),
                bad(ENDS + "streams: {t: {mappers: [{filter: {field: e, like: f}}]}}\n", "3:45", "`like`"),
                bad(ENDS + "streams: {t: {mappers: [{filter: {and: []}}]}}\n", "3:40", "no condition"),
                bad(ENDS + "streams: {t: {mappers: [{select: {field: e, keep: []}}]}}\n", "3:34", "names nothing"),
                bad(ENDS + "streams: {t: {fields: {include: [a], exclude: [b]}}}\n", "3:23", "either"),
                bad(ENDS + "streams: {t: {primaryKey: a, primary_key: b}}\n", "3:30", "the same setting"),
                bad(ENDS + "streams: [t, t]\n", "3:14", "the stream t is there twice"),
                bad(ENDS + "lossy: maybe\n", "3:8", "`maybe` is not a value of `lossy`"),
                bad("sources: {s: {connector: x, config: {d: !!binary aGk=}}}\n", "1:41", "does not use"),
                bad("? [a]\n: b\n", "1:3", "a name has to be a text"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void namesThePlaceAndTheMistake(String text, String place, String message) throws IOException {
        Problem problem = problem(text.getBytes(StandardCharsets.UTF_8));

        assertThat(problem.where()).isEqualTo("shop.yaml:" + place);
        assertThat(problem.message()).contains(message);
        assertThat(problem.kind()).isEqualTo(ProblemKind.CONFIG);
    }

    @Test
    void proposesWhatWasMeant() throws IOException {
        assertThat(problem("sorces: {}\n".getBytes(StandardCharsets.UTF_8)).fix())
                .isEqualTo("did you mean `sources`?");
        assertThat(problem((ENDS + "streams: {t: {mode: incremental_apend}}\n").getBytes(StandardCharsets.UTF_8))
                        .fix())
                .isEqualTo("did you mean `incremental_append`?");
    }

    @Test
    void doesNotQuoteTheLineOfASyntaxErrorBecauseItMayHoldASecret() throws IOException {
        Problem problem = problem("a: {password: hunter22, b: ]\n".getBytes(StandardCharsets.UTF_8));
        assertThat(problem.toString()).doesNotContain("hunter22");
    }

    @Test
    void refusesAliasesThatMultiply() throws IOException {
        StringBuilder bomb = new StringBuilder("sources:\n  l0: &l0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 9; i++) {
            bomb.append("  l" + i + ": &l" + i + " [");
            for (int j = 0; j < 10; j++) {
                bomb.append(j == 0 ? "" : ", ").append("*l").append(i - 1);
            }
            bomb.append("]\n");
        }
        assertThat(problem(bomb.toString().getBytes(StandardCharsets.UTF_8)).message())
                .contains("more than 100000 values");
    }

    @Test
    void refusesAValueThatContainsItself() throws IOException {
        assertThat(problem("sources: &a\n  s: *a\n".getBytes(StandardCharsets.UTF_8))
                        .message())
                .contains("nested");
    }

    @Test
    void refusesDeepNesting() throws IOException {
        assertThat(problem("[".repeat(200_000).getBytes(StandardCharsets.UTF_8)).message())
                .contains("40 levels");
    }

    @Test
    void refusesLargeFilesAndFilesThatAreNoText() throws IOException {
        assertThat(problem(("# " + "x".repeat(1 << 20)).getBytes(StandardCharsets.UTF_8))
                        .why())
                .contains("1 MiB");
        assertThat(problem(new byte[] {'a', ':', ' ', (byte) 0xff}).why()).contains("UTF-8");
        assertThat(problem("a: \u0001\n".getBytes(StandardCharsets.UTF_8)).why())
                .contains("character");
    }

    private Problem problem(byte[] text) throws IOException {
        Path file = directory.resolve("shop.yaml");
        Files.write(file, text);
        return ProjectTest.problemOf(() -> Project.read(file, "shop.yaml"));
    }

    private static Arguments bad(String text, String place, String message) {
        return Arguments.of(text, place, message);
    }
}
