package dev.sluice.dist.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.dist.product.InProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that somebody edited after they were written differ from the source in exactly the rows that were edited. */
class VerifyFilesTest {
    private static final Pattern NAMED = Pattern.compile("(missing|extra|different|doubled) +goods +id=(-?\\d+)");

    @TempDir
    Path folder;

    @Test
    void namesTheRowsThatWereEditedAndAdvisesANewCopy() throws IOException {
        StringBuilder rows = new StringBuilder("id,name,price\n");
        for (int i = 1; i <= 400; i++) {
            rows.append(i)
                    .append(",good ")
                    .append(i)
                    .append(',')
                    .append(i * 5 / 4.0)
                    .append('\n');
        }
        Files.writeString(folder.resolve("goods.csv"), rows);
        Files.writeString(
                folder.resolve("sluice.yaml"),
                "source: {connector: file, config: {path: goods.csv}}\n"
                        + "destination: {connector: file, config: {path: lake/, format: jsonl}}\n"
                        + "streams: {goods: {mode: full_refresh_overwrite, primaryKey: [id]}}\n");
        InProcess.run(folder, "sync");
        assertThat(InProcess.run(folder, "verify")).contains("equal");

        edit();
        String found = InProcess.run(4, folder, "verify");
        assertThat(found).contains("cannot replace or delete single rows; copy it anew: `sluice sync`");
        InProcess.run(2, folder, "verify", "--repair");

        assertThat(NAMED.matcher(found).results().map(match -> match.group(1) + " " + match.group(2)))
                .containsExactlyInAnyOrder("different 5", "missing 7", "doubled 9");
        assertThat(InProcess.run(4, folder, "verify"))
                .as("a repair that was refused has changed nothing")
                .isEqualTo(found);
        InProcess.run(folder, "sync");
        assertThat(InProcess.run(folder, "verify")).contains("equal");
    }

    private void edit() throws IOException {
        Path written;
        try (Stream<Path> files = Files.list(folder.resolve("lake/goods"))) {
            written = files.findFirst().orElseThrow();
        }
        List<String> lines = Files.readAllLines(written);
        Files.write(
                written,
                lines.stream()
                        .flatMap(line -> {
                            if (line.contains("\"good 7\"")) {
                                return Stream.empty();
                            }
                            return line.contains("\"good 9\"")
                                    ? Stream.of(line, line)
                                    : Stream.of(line.replace("\"good 5\"", "\"good 55\""));
                        })
                        .toList());
    }
}
