package dev.sluice.dist.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.sluice.dist.product.Sluice;
import dev.sluice.testkit.postgres.PostgresDatabase;
import dev.sluice.testkit.postgres.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each thing that goes wrong is told in one clear error with its exit code, and leaves nothing half-written. */
class FailuresTest {
    private static PostgresDatabase database;

    @TempDir
    Path folder;

    @BeforeAll
    static void prepare() {
        database = PostgresServer.shared().createDatabase();
        database.execute("CREATE TABLE orders (id int PRIMARY KEY)", "INSERT INTO orders VALUES (1), (2)");
    }

    @AfterAll
    static void release() {
        database.close();
    }

    @Test
    void aWrongPassword() {
        assertFails(6, "E_AUTH_REFUSED", "run", "--from", address("wrong", "127.0.0.1"), "--to", "duckdb:///x.db");
    }

    @Test
    void anUnknownHost() {
        String from = address(database.superuser().password(), "no-such-host.invalid");
        assertFails(3, "E_UNKNOWN_HOST", "run", "--from", from, "--to", "duckdb:///x.db");
    }

    @Test
    void aPortWhereNobodyListens() {
        assertFails(
                3,
                "E_UNREACHABLE",
                "run",
                "--from",
                "postgres://ann:secret@127.0.0.1:1/shop",
                "--to",
                "duckdb:///x.db");
    }

    @Test
    void aMissingTable() {
        Sluice.Result result = assertFails(
                2,
                "E_STREAM_NOT_FOUND",
                "run",
                "--from",
                address(),
                "--streams",
                "public.order",
                "--to",
                "duckdb:///x.db");
        assertThat(result.err()).contains("did you mean public.orders?");
    }

    @Test
    void aMissingFile() {
        assertFails(2, "E_FILE_NOT_FOUND", "run", "--from", "missing.csv", "--to", "duckdb:///x.db");
    }

    @Test
    void anUnreadableFile() throws IOException {
        Path file = folder.resolve("secret.csv");
        Files.writeString(file, "id\n1\n");
        assumeThat(file.toFile().setReadable(false) && !Files.isReadable(file))
                .as("root reads every file")
                .isTrue();
        assertFails(6, "E_FILE_DENIED", "run", "--from", "secret.csv", "--to", "duckdb:///x.db");
    }

    @Test
    void malformedYaml() throws IOException {
        Files.writeString(folder.resolve("sluice.yaml"), "sources:\n  shop: [1, 2\nconnections: {}\n");
        Sluice.Result result = assertFails(2, "E_PROJECT", "sync");
        assertThat(result.err()).contains("sluice.yaml:3:");
    }

    @Test
    void aFullDisk() throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        assumeThat(command("mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", disk.toString()))
                .as("a small file system can be mounted here")
                .isZero();
        try {
            Files.writeString(folder.resolve("big.csv"), bigCsv());
            Sluice.Result result = Sluice.in(folder).run("run", "--from", "big.csv", "--to", "disk/x.duckdb");
            assertThat(result.code()).as(result.err()).isEqualTo(3);
            assertThat(result.err()).contains("disk is full").doesNotContain("\tat ");

            assertThat(command("mount", "-o", "remount,size=200m", disk.toString()))
                    .isZero();
            Sluice.Result again = Sluice.in(folder).run("run", "--from", "big.csv", "--to", "disk/x.duckdb");
            again.expect(0);
            assertThat(again.out()).contains("100,000");
        } finally {
            command("umount", disk.toString());
        }
    }

    private static String bigCsv() {
        StringBuilder csv = new StringBuilder("id,a,b\n");
        for (int i = 0; i < 100_000; i++) {
            csv.append(i)
                    .append(',')
                    .append(Long.toHexString(i * 0x9E3779B97F4A7C15L))
                    .append(',');
            csv.append(Long.toHexString(i * 0xC2B2AE3D27D4EB4FL)).append('\n');
        }
        return csv.toString();
    }

    private static int command(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor(30, TimeUnit.SECONDS) ? process.exitValue() : -1;
    }

    private Sluice.Result assertFails(int exitCode, String code, String... arguments) {
        Sluice.Result result = Sluice.in(folder).run(arguments);
        result.expect(exitCode);
        assertThat(result.err())
                .contains("(" + code + ")")
                .doesNotContain("\tat ")
                .doesNotContain("Exception")
                .doesNotContain(database.superuser().password());
        assertThat(folder.resolve("x.db")).as("nothing half-written").doesNotExist();
        return result;
    }

    private static String address() {
        return address(database.superuser().password(), database.host());
    }

    private static String address(String password, String host) {
        return "postgres://%s:%s@%s:%d/%s"
                .formatted(database.superuser().user(), password, host, database.port(), database.name());
    }
}
