package dev.sluice.connector.file.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.connector.file.input.SourceFile;
import dev.sluice.spi.runtime.Config;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a position remembers of files. */
class DeliveredTest {
    private static final StreamFiles STREAM = StreamFiles.open(
            "/data/*.csv",
            SourceOptions.read(Config.of(Map.of("path", "x.csv"))).limits());

    private static SourceFile file(String name, long modified) {
        return new SourceFile("/data/" + name, 10, modified, "tag", "stamp");
    }

    @Test
    void itSurvivesBeingWritten() {
        SourceFile file = file("a \"b\" é.csv", 5);
        Delivered delivered = Delivered.nothing().with(STREAM, List.of(file));
        Delivered again = Delivered.ofJson(delivered.toJson());
        assertThat(again.contains("a \"b\" é.csv", file)).isTrue();
        assertThat(again.contains("a \"b\" é.csv", file("a \"b\" é.csv", 6))).isFalse();
        assertThat(again.knows("b.csv")).isFalse();
        assertThat(again.toJson()).isEqualTo(delivered.toJson());
    }

    @Test
    void whatTheFileSystemNotesBesideTheContentMakesNoFileNew() {
        Delivered delivered = Delivered.nothing().with(STREAM, List.of(file("a.csv", 5)));
        SourceFile touched = new SourceFile("/data/a.csv", 10, 5, "tag", "another stamp");
        assertThat(delivered.contains("a.csv", touched)).isTrue();
    }

    @Test
    void namesAreRelativeSoThatTheDirectoryMayBeNamedInAnotherWay() {
        assertThat(STREAM.keyOf(file("deep/a.csv", 1))).isEqualTo("deep/a.csv");
    }

    @Test
    void ofFilesThatAreGoneTheOldestAreForgottenInTheEnd() {
        List<SourceFile> many = IntStream.range(0, 10_002)
                .mapToObj(i -> file("f" + i + ".csv", i))
                .toList();
        Delivered delivered = Delivered.nothing().with(STREAM, many).with(STREAM, List.of(file("new.csv", 1)));
        assertThat(delivered.knows("new.csv")).isTrue();
        assertThat(delivered.knows("f10001.csv")).isTrue();
        assertThat(delivered.knows("f2.csv")).isTrue();
        assertThat(delivered.knows("f1.csv")).isFalse();
        assertThat(delivered.knows("f0.csv")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "[]", "{}", "{\"files\": 1}", "{\"files\": {\"a\": [1, 2, 3, 4]}}"})
    void whatIsNoPositionIsRefused(String json) {
        assertThatThrownBy(() -> Delivered.ofJson(json)).isInstanceOf(IllegalArgumentException.class);
    }
}
