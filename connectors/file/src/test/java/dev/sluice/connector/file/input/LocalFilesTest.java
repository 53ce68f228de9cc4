package dev.sluice.connector.file.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of the file system: which ones match, and which version of one is read. */
class LocalFilesTest {
    @TempDir
    private Path folder = Path.of("");

    private LocalFiles files(String relative) {
        return new LocalFiles(folder + "/" + relative, 100);
    }

    private Path write(String relative, String text) throws IOException {
        Path path = folder.resolve(relative);
        Files.createDirectories(path.getParent());
        return Files.writeString(path, text);
    }

    private List<String> names(String pattern) {
        return files(pattern).list().stream()
                .map(file -> file.name().substring(folder.toString().length() + 1))
                .toList();
    }

    private static Problem problemOf(Callable<?> action) {
        try {
            throw new AssertionError("there was no problem but " + action.call());
        } catch (ProblemException failure) {
            return failure.problem();
        } catch (Exception other) {
            throw new AssertionError(other);
        }
    }

    @Test
    void aPatternFindsFilesByNameAndInOrder() throws IOException {
        for (String name : List.of("b.csv", "a.csv", "deep/er/c.csv", "deep/a.txt", ".hidden.csv", ".sluice/x.csv")) {
            write(name, "x");
        }
        assertThat(names("*.csv")).containsExactly("a.csv", "b.csv");
        assertThat(names("**/*.csv")).containsExactly("a.csv", "b.csv", "deep/er/c.csv");
        assertThat(names("*.json")).isEmpty();
    }

    @Test
    void linksAreFollowedAndLoopsAreNot() throws IOException {
        write("real/a.csv", "x");
        Files.createSymbolicLink(folder.resolve("link"), folder.resolve("real"));
        Files.createSymbolicLink(folder.resolve("real/loop"), folder);
        assertThat(names("link/*.csv")).containsExactly("link/a.csv");
        assertThat(names("real/**/*.csv")).containsExactly("real/a.csv");
    }

    @Test
    void aFileWhoseNameLooksLikeAPatternIsMeantItself() throws IOException {
        write("a[1].csv", "x");
        write("a1.csv", "y");
        assertThat(LocalFiles.isPattern(folder + "/a[1].csv")).isFalse();
        assertThat(names("a[1].csv")).containsExactly("a[1].csv");
    }

    @Test
    void tooManyFilesAreRefused() throws IOException {
        for (int i = 0; i < 4; i++) {
            write(i + ".csv", "x");
        }
        Problem problem = problemOf(() -> new LocalFiles(folder + "/*.csv", 3).list());
        assertThat(problem.code()).isEqualTo("E_FILE_TOO_MANY");
    }

    @Test
    void whatIsNoFileIsTold() throws IOException {
        Files.createDirectory(folder.resolve("sub"));
        assertThat(problemOf(() -> files("absent.csv").list()).code()).isEqualTo("E_FILE_NOT_FOUND");
        assertThat(problemOf(() -> files("absent/*.csv").list()).code()).isEqualTo("E_FILE_NOT_FOUND");
        Problem directory = problemOf(() -> files("sub").list());
        assertThat(directory.code()).isEqualTo("E_FILE_IS_DIRECTORY");
        assertThat(directory.fix()).contains("/sub/*.csv");
        assertThat(problemOf(() -> files("a\0b").list()).kind()).isEqualTo(ProblemKind.CONFIG);
        assertThat(problemOf(() -> files("[a").list()).message()).contains("not closed");
    }

    @Test
    void aFileWithoutTheRightToReadIsTold() throws IOException {
        Path path = write("a.csv", "x");
        Files.setPosixFilePermissions(path, Set.of());
        Assumptions.assumeFalse(Files.isReadable(path), "this user may read everything");
        Problem problem = problemOf(() -> files("a.csv").list());
        assertThat(problem.code()).isEqualTo("E_FILE_DENIED");
        assertThat(problem.kind()).isEqualTo(ProblemKind.PERMISSION);
    }

    @Test
    void aFileIsReadFromAnyByte() throws IOException {
        write("a.csv", "0123456789");
        LocalFiles files = files("a.csv");
        SourceFile file = files.list().getFirst();
        assertThat(file.size()).isEqualTo(10);
        try (InputStream input = files.open(file, 4)) {
            assertThat(new String(input.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("456789");
        }
        assertThat(new String(files.head(file, 3), StandardCharsets.UTF_8)).isEqualTo("012");
        assertThat(files.find(file)).contains(file);
    }

    /** What may happen to a file between the look at it and the reading of it. */
    private interface Change {
        void apply(Path path) throws IOException;
    }

    private void notices(String what, Change change) throws IOException {
        Path path = write("changing.csv", "0123456789".repeat(2000));
        LocalFiles files = files("changing.csv");
        SourceFile file = files.list().getFirst();
        FileTime modified = Files.getLastModifiedTime(path);
        files.requireUnchanged(file);
        change.apply(path);
        if (Files.exists(path)) {
            // Programs that copy files give them their old time again.
            Files.setLastModifiedTime(path, modified);
        }
        assertThatThrownBy(() -> files.requireUnchanged(file))
                .as(what)
                .isInstanceOfSatisfying(ProblemException.class, failure -> {
                    assertThat(failure.problem().code()).isEqualTo("E_FILE_CHANGED");
                    assertThat(failure.problem().kind()).isEqualTo(ProblemKind.TRANSIENT);
                    assertThat(failure.problem().why()).isNotBlank();
                });
        assertThatThrownBy(() -> files.open(file, 0)).as(what).isInstanceOf(ProblemException.class);
        assertThat(files.find(file)).as(what).isNotEqualTo(Optional.of(file));
    }

    @Test
    void eachChangeOfAFileIsNoticed() throws IOException {
        notices("it grew", path -> Files.writeString(path, "more", StandardOpenOption.APPEND));
        notices("it was cut", path -> Files.writeString(path, "0123"));
        notices("it is gone", Files::delete);
        String middle = "0123456789".repeat(900) + "ABCDEFGHIJ".repeat(200) + "0123456789".repeat(900);
        notices("it was written to in the middle, with the size and the time that it had", path -> {
            Files.writeString(path, middle);
        });
        notices("it was replaced by another of its size and time", path -> {
            Path other = write("other", middle);
            Files.move(other, path, StandardCopyOption.REPLACE_EXISTING);
        });
    }

    @Test
    void theDigestTellsVersionsOfOneSizeAndTimeApart() throws IOException {
        Path path = write("a.csv", "x".repeat(20_000));
        FileTime time = FileTime.fromMillis(1_700_000_000_000L);
        Files.setLastModifiedTime(path, time);
        SourceFile before = files("a.csv").list().getFirst();
        Files.writeString(path, "y" + "x".repeat(19_999));
        Files.setLastModifiedTime(path, time);
        SourceFile after = files("a.csv").list().getFirst();
        assertThat(after.size()).isEqualTo(before.size());
        assertThat(after.modified()).isEqualTo(before.modified());
        assertThat(after.tag()).isNotEqualTo(before.tag());
    }

    @Test
    void changedRightsAreNoNewContent() throws IOException {
        Path path = write("a.csv", "x");
        SourceFile before = files("a.csv").list().getFirst();
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw-rw-"));
        SourceFile after = files("a.csv").list().getFirst();
        assertThat(after.tag()).isEqualTo(before.tag());
        assertThat(after.modified()).isEqualTo(before.modified());
    }

    @Test
    void aTildeIsTheHomeDirectory() throws IOException {
        String home = System.getProperty("user.home");
        System.setProperty("user.home", folder.toString());
        try {
            write("a.csv", "x");
            assertThat(new LocalFiles("~/*.csv", 10).list())
                    .extracting(SourceFile::name)
                    .containsExactly(folder + "/a.csv");
        } finally {
            System.setProperty("user.home", home);
        }
    }
}
