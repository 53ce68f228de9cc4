package dev.sluice.dist.system;

import dev.sluice.testkit.fault.ChildProcess;
import dev.sluice.testkit.postgres.PostgresDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Directus as it is published, a back office for tables that have rules, with its data in a database of a test. Its packages stay in
 * the cache of the user.
 */
final class DirectusServer implements AutoCloseable {
    /** The last ones that run on the Node that distributions have. */
    private static final String VERSION = "11.1.0";

    private static final String DAY = "2026-11-20";
    private static final int INSTALL_SECONDS = 150;
    private static final String COMPLETE = "complete";

    /** What it can do without here: other databases and stores of files, mail, its page, and scripts in flows. */
    private static final List<String> NOT_NEEDED = List.of(
            "@aws-sdk/client-ses",
            "@directus/app",
            "@directus/extensions-sdk",
            "@directus/storage-driver-azure",
            "@directus/storage-driver-cloudinary",
            "@directus/storage-driver-gcs",
            "@directus/storage-driver-s3",
            "@directus/storage-driver-supabase",
            "@keyv/redis",
            "isolated-vm",
            "mysql2",
            "nodemailer-mailgun-transport",
            "nodemailer-sendgrid",
            "oracledb",
            "sqlite3",
            "tedious");

    private static final String TOKEN = "canary-directus-token-51d0";

    private final HttpClient client = HttpClient.newHttpClient();
    private final String url;
    private final ChildProcess process;

    private DirectusServer(String url, ChildProcess process) {
        this.url = url;
        this.process = process;
    }

    /** Starts it with its tables in an empty database. */
    static DirectusServer start(Path program, PostgresDatabase database, Path folder) throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        String url = "http://127.0.0.1:" + port;
        Map<String, String> settings = Map.ofEntries(
                Map.entry("DB_CLIENT", "pg"),
                Map.entry("DB_HOST", database.host()),
                Map.entry("DB_PORT", Integer.toString(database.port())),
                Map.entry("DB_DATABASE", database.name()),
                Map.entry("DB_USER", database.superuser().user()),
                Map.entry("DB_PASSWORD", database.superuser().password()),
                Map.entry("SECRET", "canary-directus-secret-0f77"),
                Map.entry("ADMIN_EMAIL", "admin@example.com"),
                Map.entry("ADMIN_PASSWORD", "canary-directus-password-aa31"),
                Map.entry("ADMIN_TOKEN", TOKEN),
                Map.entry("HOST", "127.0.0.1"),
                Map.entry("PORT", Integer.toString(port)),
                Map.entry("PUBLIC_URL", url),
                Map.entry("TELEMETRY", "false"),
                Map.entry("NO_UPDATE_NOTIFIER", "1"),
                Map.entry("SERVE_APP", "false"),
                Map.entry("TZ", "UTC"));
        run(program, "bootstrap", folder, settings).requireSuccess();
        ChildProcess process = run(program, "start", folder, settings);
        process.awaitLine(line -> line.contains("Server started"));
        return new DirectusServer(url, process);
    }

    private static ChildProcess run(Path program, String command, Path folder, Map<String, String> settings) {
        ProcessBuilder builder = ChildProcess.prepare(List.of("node", program.toString(), command));
        builder.environment().putAll(settings);
        return ChildProcess.start(builder.directory(folder.toFile()));
    }

    /** Its program, installed if it is not there; null where Node or its registry is out of reach. */
    static @Nullable Path program() throws IOException, InterruptedException {
        String told = Objects.requireNonNullElse(System.getenv("XDG_CACHE_HOME"), "");
        Path caches = told.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(told);
        String all = VERSION + DAY + NOT_NEEDED;
        Path folder = Files.createDirectories(caches.resolve("sluice/clients"))
                .resolve("directus-"
                        + UUID.nameUUIDFromBytes(all.getBytes(StandardCharsets.UTF_8))
                                .toString()
                                .substring(0, 8));
        Path program = folder.resolve("node_modules/directus/cli.js");
        try (FileChannel channel = FileChannel.open(
                        folder.resolveSibling("lock-of-directus"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            Objects.requireNonNull(lock);
            boolean there = Files.exists(folder.resolve(COMPLETE));
            return there || install(folder) ? program : null;
        }
    }

    private static boolean install(Path folder) throws IOException, InterruptedException {
        Path nothing = Files.createDirectories(folder.resolve("nothing"));
        Files.writeString(nothing.resolve("package.json"), "{\"name\": \"nothing\", \"version\": \"1.0.0\"}");
        Files.writeString(nothing.resolve("index.js"), "module.exports = {};");
        String without = NOT_NEEDED.stream()
                .map(name -> "\"" + name + "\": \"file:./nothing\"")
                .collect(Collectors.joining(", "));
        Files.writeString(
                folder.resolve("package.json"),
                "{\"private\": true, \"dependencies\": {\"directus\": \"" + VERSION + "\"}, \"overrides\": {" + without
                        + "}}");
        try {
            Process npm = new ProcessBuilder(
                            "npm",
                            "install",
                            "--silent",
                            "--no-progress",
                            "--no-audit",
                            "--no-fund",
                            "--ignore-scripts",
                            "--prefer-offline",
                            "--before",
                            DAY)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("npm.log").toFile())
                    .start();
            boolean ended = npm.waitFor(INSTALL_SECONDS, TimeUnit.SECONDS);
            npm.destroyForcibly();
            if (!ended || npm.exitValue() != 0) {
                return false;
            }
        } catch (IOException missing) {
            return false; // there is no npm
        }
        Files.writeString(folder.resolve(COMPLETE), VERSION);
        return true;
    }

    /** Where it is. */
    String url() {
        return url;
    }

    /** What it is asked with. */
    String token() {
        return TOKEN;
    }

    /** Asks it for something that has to go well. */
    void ask(String method, String path, String body) throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(URI.create(url + path))
                        .header("Authorization", "Bearer " + TOKEN)
                        .header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new AssertionError(method + " " + path + ": " + answer.statusCode() + " " + answer.body());
        }
    }

    @Override
    public void close() {
        process.close();
        client.close();
    }
}
